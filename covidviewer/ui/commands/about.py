"""Tools and Help: settings, this computer, the model card, keys, what the score means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from covidviewer.ui.main_window import MainWindow


class AboutCommands:
    """Each opens a page that is not modal; the pages are imported when they are first asked for."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def settings(self) -> None:
        """Theme, language, device, engine, threads, cache."""
        from covidviewer.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._window)
        dialog.accepted.connect(self._window.worth_keeping)
        dialog.open()

    def model_card(self) -> None:
        """What the model is, the honest figure first."""
        from covidviewer.ui.dialogs.pages import show_model_card

        show_model_card(self._window)

    def meaning(self) -> None:
        """What the score can say and what it cannot."""
        from covidviewer.ui.dialogs.pages import show_meaning

        show_meaning(self._window)

    def tags(self) -> None:
        """The elements of the shown file."""
        from covidviewer.ui.dialogs.tags import TagsDialog

        TagsDialog(self._window).show()

    def computer(self) -> None:
        """Engines and devices, which are right, which is used."""
        from covidviewer.ui.dialogs.computer import show_computer

        show_computer(self._window)

    def keys(self) -> None:
        """Every key and gesture, from the table."""
        from covidviewer.ui.dialogs.keys import KeysDialog

        KeysDialog(self._window.board.keys, self._window).show()

    def about(self) -> None:
        """Version, licence, what it is for."""
        from covidviewer.ui.dialogs.pages import show_about

        show_about(self._window)
