"""The second view: another series beside the shown one, scrolled with it by position in the patient."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from covidviewer.ui.translation import tr
from covidviewer.ui.view.image_view import ImageView
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.imaging.series_alignment import Match
    from covidviewer.imaging.slices import Slice, VoiWindow
    from covidviewer.ui.state.session import OpenSeries
    from covidviewer.ui.view.measurements import Point
    from covidviewer.ui.view.view_transform import ViewTransform


class CompareView(QObject):
    """Owns the second view. GUI thread only.

    Parameters
    ----------
    restore
        Puts what was measured on a series before into it.
    """

    def __init__(self, workspace: Workspace, restore: Callable[[OpenSeries], None]) -> None:
        super().__init__(workspace.window)
        self._workspace, self._restore = workspace, restore
        self._session = workspace.session
        self.one: OpenSeries | None = None
        self.index = 0
        self.view: ImageView | None = None
        self._match: Match | None = None
        self._linked = True
        self._session.series_shown.connect(self._on_series)
        self._session.slice_wanted.connect(self._on_slice_wanted)
        self._session.slice_read.connect(self._on_read)
        self._session.slice_refused.connect(self._on_refused)
        self._session.list_changed.connect(self._on_list)
        workspace.view.window_changed.connect(self._on_main_window)

    # Commands

    def set_shown(self, wanted: bool) -> None:
        """A second view, or one alone."""
        main = self._session.shown
        if wanted and main is not None:
            self.view = self._made_view()
            self._workspace.centre.show_compare_view(self.view)
            self._show(self._neighbour(main))
        else:
            self._close()
        self._tell()

    def next_series(self) -> None:
        """The next series of the list in the second view, round and round."""
        opened = self._session.opened
        if self.one is not None:
            self._show(opened[(opened.index(self.one) + 1) % len(opened)])

    def swap(self) -> None:
        """The second view's series in the first, and the other way round."""
        main, one, index = self._session.shown, self.one, self.index
        if main is None or one is None:
            return
        here = main.index
        one.index = index
        self._match = None
        self._session.show_series(one)
        self._show(main, here)

    def set_linked(self, linked: bool) -> None:
        """Scroll together; from now on the two slices that are shown belong together."""
        self._linked = linked
        main = self._session.shown
        if linked and self._match is not None and main is not None:
            self._match = self._match.aligned(main.index, self.index)

    def show_texts(self) -> None:
        """Which corner texts are wanted has changed."""
        self._put_corners()

    def follow_view(self) -> None:
        """Brightness and texts were changed in the menus."""
        if self.view is not None:
            self.view.scene.texts = self._workspace.view.scene.texts
            self.view.set_inverted(self.one.inverted if self.one is not None else False)

    # Showing

    def _show(self, one: OpenSeries, index: int | None = None) -> None:
        from covidviewer.imaging.series_alignment import match

        main = self._session.shown
        if main is None or self.view is None:
            return
        self.one = one
        self._restore(one)
        self._match = match(main.series, one.series)
        if index is not None and self._match is not None:
            self._match = self._match.aligned(main.index, index)
        place = one.index if index is None else index
        self.view.scene.view_transform = one.view_transform
        self.view.scene.inverted = one.inverted
        self.view.scene.texts = self._workspace.view.scene.texts
        self._go(self._match.to_second(main.index) if self._match is not None else place)
        self._tell()

    def _go(self, index: int) -> None:
        one, view = self.one, self.view
        if one is None or view is None:
            return
        self.index = min(max(index, 0), len(one.series) - 1)
        found = self._session.fetch(one, self.index)
        if found is not None:
            self._put(found)

    def _put(self, slice_: Slice) -> None:
        one, view = self.one, self.view
        if one is None or view is None:
            return
        if one.window is None:
            from covidviewer.ui.view.voi_presets import first_window

            one.window = first_window(slice_)
        view.show_slice(slice_, one.window)
        view.scene.measurements = one.measurements.get(self.index, ())
        self._put_corners()

    def _put_corners(self) -> None:
        one, view = self.one, self.view
        if one is None or view is None or view.scene.slice is None:
            return
        from covidviewer.ui.view.corners import fixed_corners

        settings, slice_ = self._workspace.preferences.settings, view.scene.slice
        texts = (settings.show_patient, settings.overlay_fields)
        view.scene.corners = fixed_corners(slice_, one.series.title, self.index, len(one.series), *texts)
        view.update()

    def _made_view(self) -> ImageView:
        view = ImageView()
        view.setAccessibleName(tr("Second view"))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        view.stepped.connect(self._on_stepped)
        view.maximise_wanted.connect(self._workspace.board["alone"].trigger)
        view.window_changed.connect(self._on_own_window)
        view.view_transform_changed.connect(self._on_view_transform)
        view.probed.connect(self._on_probed)
        return view

    def _close(self) -> None:
        view, self.view = self.view, None
        self.one = self._match = None
        if view is not None:
            self._workspace.centre.show_compare_view(None)
            view.deleteLater()

    def _neighbour(self, main: OpenSeries) -> OpenSeries:
        """The series after the shown one, the one before the last, or itself when it is alone."""
        opened = self._session.opened
        place = opened.index(main)
        return opened[place + 1] if place + 1 < len(opened) else opened[max(0, place - 1)]

    def _tell(self) -> None:
        self._workspace.board.check("beside", self.view is not None)
        self._workspace.board.refresh()

    # What happens

    def _on_series(self, main: OpenSeries | None) -> None:
        if self.view is None:
            return
        if main is None:
            self.set_shown(False)
        else:
            self._show(self.one if self.one is not None else self._neighbour(main))

    def _on_slice_wanted(self, index: int) -> None:
        if self._match is not None and self._linked:
            self._go(self._match.to_second(index))

    def _on_stepped(self, steps: int) -> None:
        one = self.one
        if one is None:
            return
        self._go(self.index + steps)
        if self._match is not None and self._linked:
            index = self.index
            self._session.show_slice(self._match.to_first(index))
            self._go(index)

    def _on_read(self, key: int, index: int, slice_: Slice) -> None:
        if self.one is not None and (self.one.key, self.index) == (key, index):
            self._put(slice_)

    def _on_refused(self, key: int, index: int, reason: str) -> None:
        if self.view is not None and self.one is not None and (self.one.key, self.index) == (key, index):
            self.view.show_problem(tr(reason))

    def _on_list(self) -> None:
        if self.one is not None and self.one not in self._session.opened:
            main = self._session.shown
            if main is not None and main in self._session.opened:
                self._show(self._neighbour(main))
            else:
                self.one = self._match = None  # the next series is shown in a moment, and chooses

    def _on_main_window(self, window: VoiWindow) -> None:
        """One window for both where both are in Hounsfield units."""
        view, main = self.view, self._session.slice
        if view is None or self.one is None or main is None or view.scene.slice is None:
            return
        if view.scene.slice.units == main.units and view.scene.window != window:
            view.set_window(window)

    def _on_own_window(self, window: VoiWindow) -> None:
        main, view = self._session.slice, self.view
        if self.one is not None:
            self.one.window = window
        if main is None or view is None or view.scene.slice is None or view.scene.slice.units != main.units:
            return
        if self._workspace.view.scene.window != window:
            self._workspace.view.set_window(window)

    def _on_view_transform(self, view_transform: ViewTransform) -> None:
        if self.one is not None and self.one is not self._session.shown:
            self.one.view_transform = view_transform

    def _on_probed(self, point: Point | None) -> None:
        if self.view is not None:
            self._workspace.status.show_probe(self.view.scene.slice, point)
