"""Brings the planes on and takes them off: reads the series, puts the panes into the centre, keeps all in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from covidviewer.ui.translation import tr
from covidviewer.ui.workers.volume import VolumeThread
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.imaging.volume import Volume
    from covidviewer.ui.mpr.panes import MprPanes
    from covidviewer.ui.state.session import OpenSeries
    from covidviewer.ui.view.measurements import Point

MENU_NAME = "planes"
"""The action that switches the planes."""


class MprController(QObject):
    """Shows the planes of the series that is shown; another series puts them away."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.window)
        self._workspace = workspace
        self._session = workspace.session
        self._thread: VolumeThread | None = None
        self._wanted: OpenSeries | None = None
        self.panes: MprPanes | None = None
        self._session.series_shown.connect(self._on_series)
        self._session.slice_wanted.connect(self._on_slice_wanted)
        workspace.view.window_changed.connect(self._on_window)

    @property
    def reading(self) -> bool:
        """Whether a series is being read for its planes."""
        return self._thread is not None

    def set_shown(self, wanted: bool) -> None:
        """On or off."""
        if wanted:
            self._begin()
        else:
            self.cancel()
            self._put_away()

    def cancel(self) -> bool:
        """Stop reading; True when there was something to stop."""
        if self._thread is None:
            return False
        self._thread.cancel()
        return True

    def stop(self, milliseconds: int) -> bool:
        """End the reading; False when a decoder did not come back in time."""
        self.cancel()
        return self._thread is None or self._thread.wait(milliseconds)

    def step(self, steps: int) -> None:
        """Some slices on or back: in the pane that has the keyboard, else in the series."""
        panes = self.panes
        plane = panes.focused if panes is not None else None
        if panes is None or plane is None or plane == panes.volume.along[0]:
            self._session.step(steps)
        else:
            panes.go(plane, panes.at[plane] + steps)

    def reset(self) -> None:
        """The panes as they were first shown."""
        if self.panes is not None:
            self.panes.reset()
            self.follow_view()

    def follow_view(self) -> None:
        """Brightness and texts were changed in the menus."""
        if self.panes is not None:
            scene = self._workspace.view.scene
            self.panes.set_texts(scene.texts)
            self.panes.set_inverted(scene.inverted)

    def _begin(self) -> None:
        one = self._session.shown
        if one is None or self._thread is not None or self.panes is not None:
            return
        reason = self._why_not(one)
        if reason:
            self._workspace.banner.tell(reason)
            self._tell()
            return
        self._wanted = one
        self._thread = VolumeThread(one.key, one.series, self._session.store, self)
        self._thread.progressed.connect(self._on_progress)
        self._thread.made.connect(self._on_made)
        self._thread.refused.connect(self._workspace.banner.tell)
        self._thread.finished.connect(self._on_finished)
        self._on_progress(0, len(one.series))
        self._thread.start()
        self._tell()

    def _why_not(self, one: OpenSeries) -> str:
        from covidviewer.imaging.volume import volume_bytes, why_no_volume

        needed = volume_bytes(one.series)
        if needed > self._session.store.budget_bytes:
            return tr(
                "The planes of this series need {n} MB; increase the memory for slices in the settings.",
                n=needed // 1_000_000 + 1,
            )
        return tr(why_no_volume(one.series))

    def _on_progress(self, done: int, total: int) -> None:
        text = tr("Reading slice {done} of {total} for the planes", done=done, total=total)
        self._workspace.status.show_progress(text, done, total)

    def _on_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self._workspace.status.show_progress("", 0, 0)
        self._tell()

    def _on_made(self, volume: Volume) -> None:
        one = self._session.shown
        if one is None or self._thread is None or self._wanted is not one:
            return
        from covidviewer.ui.mpr.panes import MprPanes
        from covidviewer.ui.view.voi_presets import first_window

        middle = [size // 2 for size in volume.values.shape]
        middle[volume.along[0]] = volume.series_index(one.index)
        self.panes = panes = MprPanes(volume, (middle[0], middle[1], middle[2]))
        scene = self._workspace.view.scene
        panes.begin(one.window or first_window(volume.sample), scene.inverted, scene.texts)
        panes.moved.connect(self._on_moved)
        panes.window_changed.connect(self._workspace.view.set_window)
        panes.probed.connect(self._on_probed)
        self._workspace.centre.show_mpr(panes)
        self._tell()

    def _put_away(self) -> None:
        panes, self.panes = self.panes, None
        if panes is not None:
            self._workspace.centre.show_mpr(None)
            panes.deleteLater()
        self._tell()

    def _tell(self) -> None:
        self._workspace.board.check(MENU_NAME, self.panes is not None or self.reading)
        self._workspace.board.refresh()

    def _on_series(self, _: object) -> None:
        if self.panes is not None or self.reading:
            self.set_shown(False)

    def _on_slice_wanted(self, index: int) -> None:
        if self.panes is not None:
            volume = self.panes.volume
            self.panes.go(volume.along[0], volume.series_index(index))

    def _on_moved(self) -> None:
        one, panes = self._session.shown, self.panes
        if one is None or panes is None:
            return
        index = panes.volume.series_index(panes.at[panes.volume.along[0]])
        if index != one.index:
            self._session.show_slice(index)

    def _on_window(self, window: object) -> None:
        if self.panes is not None:
            self.panes.set_window(window)  # type: ignore[arg-type]

    def _on_probed(self, slice_: Slice | None, point: Point | None) -> None:
        self._workspace.status.show_probe(slice_, point)
