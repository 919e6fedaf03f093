"""The image without panels and tool bar, and back as they were."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QToolBar, QWidget

from covidviewer.ui.workspace import Workspace


class HiddenPanels(QObject):
    """Remembers what it put away."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.window)
        self._window, self._board = workspace.window, workspace.board
        self._away: list[QWidget] = []

    def set_hidden(self, wanted: bool) -> None:
        """Put away what is around the image, or bring it back."""
        if wanted:
            parts = [*self._window.findChildren(QDockWidget), *self._window.findChildren(QToolBar)]
            self._away = [part for part in parts if part.isVisibleTo(self._window)]
        for part in self._away:
            part.setVisible(not wanted)
        if not wanted:
            self._away = []
        self._board.check("alone", wanted)
