"""The person's own windows: a menu of them, kept in the settings, for slices in Hounsfield units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from covidviewer.services.formatting import MINUS
from covidviewer.services.user_files.settings import WindowPreset
from covidviewer.ui.actions.table import OWN
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.ui.main_window import MainWindow

MOST: int = 20
LONGEST_NAME: int = 40


class OwnWindows(QObject):
    """Fills its menu from the settings.

    Parameters
    ----------
    window
        Whose view and preferences are meant.
    menu
        Filled here.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, menu: QMenu) -> None:
        super().__init__(window)
        self._window = window
        self._menu = menu
        self._fill()

    @property
    def presets(self) -> tuple[WindowPreset, ...]:
        """In the order in which they were made."""
        return self._window.preferences.settings.presets

    def keep(self, name: str, centre: float, width: float) -> None:
        """Add one; another of the same name is replaced, and beyond `MOST` the oldest goes."""
        others = tuple(one for one in self.presets if one.name != name)
        self.change((*others, WindowPreset(name, centre, width))[-MOST:])

    def remove(self, name: str) -> None:
        """Forget one."""
        self.change(tuple(one for one in self.presets if one.name != name))

    def use_at(self, place: int) -> None:
        """Show the slice in the one at a place, if there is one."""
        if place < len(self.presets):
            self.use(self.presets[place])

    def use(self, preset: WindowPreset) -> None:
        """Show the slice in it."""
        slice_ = self._window.session.slice
        if slice_ is not None and slice_.units == "HU":
            from covidviewer.imaging.slices import Window

            self._window.view.set_window(Window(preset.centre, preset.width, name=preset.name))

    def change(self, presets: tuple[WindowPreset, ...]) -> None:
        """Have these, and no others."""
        self._window.preferences.change(presets=presets)
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        self._menu.clear()
        self._menu.setEnabled(bool(self.presets))
        for place, preset in enumerate(self.presets):
            words = preset_words(preset).replace("&", "&&")
            if place < len(OWN):
                action = self._window.board[OWN[place]]
                action.setText(words)
                self._menu.addAction(action)
            else:
                action = self._menu.addAction(words)
                action.triggered.connect(lambda _=False, preset=preset: self.use(preset))


def preset_words(preset: WindowPreset) -> str:
    """ "Liver 150 / 60", "Airways 1500 / −600" """
    centre = f"{preset.centre:g}".replace("-", MINUS)
    return tr("{name} {width:g} / {centre}", name=preset.name, width=preset.width, centre=centre)
