"""Tools and Help: settings, this computer, the model card, keys, what the score means."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from covidviewer.ui.actions.custom_presets import CustomPresets
from covidviewer.ui.workers.tag_reading import TagReader
from covidviewer.ui.workspace import Workspace


class AboutCommands(QObject):
    """Each opens a page that is not modal; the pages are imported when they are first asked for."""

    settings_changed = Signal()
    """They were confirmed."""

    def __init__(self, workspace: Workspace, custom_presets: CustomPresets, tags: TagReader) -> None:
        super().__init__(workspace.window)
        self._workspace, self._own_windows, self._tags = workspace, custom_presets, tags

    def settings(self) -> None:
        """Theme, language, device, engine, threads, cache."""
        from covidviewer.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._workspace, self._own_windows)
        dialog.accepted.connect(self.settings_changed)
        dialog.open()

    def model_card(self) -> None:
        """What the model is, the honest figure first."""
        from covidviewer.ui.dialogs.pages import show_model_card

        show_model_card(self._workspace.window, self._workspace.analysis)

    def meaning(self) -> None:
        """What the score can say and what it cannot."""
        from covidviewer.ui.dialogs.pages import show_meaning

        show_meaning(self._workspace.window, self._workspace.analysis)

    def tags(self) -> None:
        """The elements of the shown file."""
        from covidviewer.ui.dialogs.tags import TagsDialog

        TagsDialog(self._workspace, self._tags).show()

    def computer(self) -> None:
        """Engines and devices, which are right, which is used."""
        from covidviewer.ui.dialogs.computer import show_computer

        show_computer(self._workspace)

    def keys(self) -> None:
        """Every key and gesture, from the table."""
        from covidviewer.ui.dialogs.keys import KeysDialog

        KeysDialog(self._workspace.board.keys, self._workspace.window).show()

    def about(self) -> None:
        """Version, licence, what it is for."""
        from covidviewer.ui.dialogs.pages import show_about

        show_about(self._workspace.window)
