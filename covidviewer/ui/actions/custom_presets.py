"""The person's own windows: a menu of them, kept in the settings, for slices in Hounsfield units."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from covidviewer.services.user_files.settings import WindowPreset
from covidviewer.ui.actions.board import ActionBoard
from covidviewer.ui.actions.table import CUSTOM_PRESET_IDS
from covidviewer.ui.figures import MINUS
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.state.session import Session
from covidviewer.ui.translation import tr
from covidviewer.ui.view.image_view import ImageView

MOST: int = 20
LONGEST_NAME: int = 40


class CustomPresets(QObject):
    """Fills its menu from the settings.

    Parameters
    ----------
    menu
        Filled here, and the owner.
    board
        Holds the actions of the first of them.
    """

    changed = Signal()

    def __init__(
        self, menu: QMenu, board: ActionBoard, preferences: Preferences, session: Session, view: ImageView
    ) -> None:
        super().__init__(menu)
        self._menu, self._board = menu, board
        self._preferences, self._session, self._view = preferences, session, view
        self._fill()

    @property
    def presets(self) -> tuple[WindowPreset, ...]:
        """In the order in which they were made."""
        return self._preferences.settings.presets

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
        slice_ = self._session.slice
        if slice_ is not None and slice_.units == "HU":
            from covidviewer.imaging.slices import VoiWindow

            self._view.set_window(VoiWindow(preset.centre, preset.width, name=preset.name))

    def change(self, presets: tuple[WindowPreset, ...]) -> None:
        """Have these, and no others."""
        self._preferences.change(presets=presets)
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        self._menu.clear()
        self._menu.setEnabled(bool(self.presets))
        for place, preset in enumerate(self.presets):
            words = preset_text(preset).replace("&", "&&")
            if place < len(CUSTOM_PRESET_IDS):
                action = self._board[CUSTOM_PRESET_IDS[place]]
                action.setText(words)
                self._menu.addAction(action)
            else:
                action = self._menu.addAction(words)
                action.triggered.connect(lambda _=False, preset=preset: self.use(preset))


def preset_text(preset: WindowPreset) -> str:
    """ "Liver 150 / 60", "Airways 1500 / −600" """
    centre = f"{preset.centre:g}".replace("-", MINUS)
    return tr("{name} {width:g} / {centre}", name=preset.name, width=preset.width, centre=centre)
