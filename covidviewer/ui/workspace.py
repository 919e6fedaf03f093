"""What the parts of the window share: built once by the main window, and handed to whatever acts on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow

from covidviewer.ui.actions.board import ActionBoard
from covidviewer.ui.panels.banner import Banner
from covidviewer.ui.panels.centre import Centre
from covidviewer.ui.panels.status import StatusLine
from covidviewer.ui.state.analysis import Analysis
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.state.session import Session
from covidviewer.ui.theme.look import Look
from covidviewer.ui.view.image_view import ImageView


@dataclass(frozen=True)
class Workspace:
    """State, central widgets and actions. GUI thread only.

    Attributes
    ----------
    window
        Parent of dialogs and of background objects; nothing else of it is used but what Qt gives every window.
    look, preferences
        Theme and icons; the settings in force.
    session, analysis
        What is open and shown; what the model says of it.
    centre, status
        The middle of the window with the image view and the banner, and the line at its foot.
    board
        Every action; `board.refresh()` after anything that may change which of them make sense.
    """

    window: QMainWindow
    look: Look
    preferences: Preferences
    session: Session
    analysis: Analysis
    centre: Centre
    status: StatusLine
    board: ActionBoard

    @property
    def view(self) -> ImageView:
        """Where the shown slice is."""
        return self.centre.view

    @property
    def banner(self) -> Banner:
        """Where a sentence is put before the reader."""
        return self.centre.banner
