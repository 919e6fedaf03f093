"""The windows and look-up tables that the shown slice's file proposes: a menu of them, and the next one by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from covidviewer.ui.state.session import Session
from covidviewer.ui.translation import tr
from covidviewer.ui.view.image_view import ImageView

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice, VoiWindow

LONGEST_NAME = 40
"""Characters of a file's explanation that a menu shows."""


class FilePresets(QObject):
    """Fills its menu when it is opened.

    Parameters
    ----------
    menu
        Filled here, and the owner; off where there is nothing to choose.
    """

    def __init__(self, menu: QMenu, session: Session, view: ImageView) -> None:
        super().__init__(menu)
        self._menu, self._session, self._view = menu, session, view
        menu.setEnabled(False)
        menu.aboutToShow.connect(self.fill)
        session.slice_shown.connect(self._on_slice)
        session.series_shown.connect(lambda _: menu.setEnabled(False))

    def fill(self) -> None:
        """An entry for each proposal, the one in force marked."""
        self._menu.clear()
        slice_ = self._session.slice
        for proposal in slice_.windows if slice_ is not None else ():
            action = self._menu.addAction(window_text(proposal).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(proposal == self._view.scene.window)
            action.triggered.connect(lambda _=False, proposal=proposal: self._view.set_window(proposal))

    def _on_slice(self, slice_: Slice) -> None:
        self._menu.setEnabled(len(slice_.windows) > 1)


def next_window(slice_: Slice, shown: VoiWindow | None) -> VoiWindow:
    """The file's first proposal; the one after `shown`, where that is one of them; as first shown where there is none.

    Imported once NumPy may be.
    """
    if not slice_.windows:
        from covidviewer.ui.view.voi_presets import first_window

        return first_window(slice_)
    place = slice_.windows.index(shown) + 1 if shown in slice_.windows else 0
    return slice_.windows[place % len(slice_.windows)]


def window_text(window: VoiWindow) -> str:
    """ "Lung 1500 / -600", or "Bone curve, table of 4096" """
    name = window.name if len(window.name) <= LONGEST_NAME else window.name[: LONGEST_NAME - 1] + "…"
    if window.table is not None:
        return tr("{name}, table of {n} values", name=name or tr("Curve"), n=int(window.width))
    return tr("{name} {width:g} / {centre:g}", name=name, width=window.width, centre=window.centre).strip()
