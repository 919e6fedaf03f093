"""What is open and what is shown: the one place that knows, and tells. GUI thread only; reading happens elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from covidviewer.ui.view.view_transform import ViewTransform
from covidviewer.ui.workers.reading import Reader
from covidviewer.ui.workers.slice_store import SliceStore

if TYPE_CHECKING:
    from pathlib import Path

    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import Series, Slice, Unread, VoiWindow
    from covidviewer.inference.results import Result
    from covidviewer.ui.view.measurements import Measurement


@dataclass(eq=False)
class OpenSeries:
    """A series in the list, with what a person and the model have said of it.

    Attributes
    ----------
    key
        Unique while the program runs.
    index
        The slice shown, or last shown.
    window
        In force for the series; None before its first slice was shown.
    results
        By slice index, each for the box in `boxes` or the framing's own.
    boxes
        Where a person put the box, by slice index.
    measurements
        By slice index.
    key_images
        Indices of the slices that a person marked.
    origin
        The paths that a person gave, and it came of.
    """

    key: int
    series: Series
    index: int = 0
    window: VoiWindow | None = None
    inverted: bool = False
    view_transform: ViewTransform = field(default_factory=ViewTransform)
    results: dict[int, Result] = field(default_factory=dict)
    boxes: dict[int, Box] = field(default_factory=dict)
    measurements: dict[int, tuple[Measurement, ...]] = field(default_factory=dict)
    key_images: set[int] = field(default_factory=set)
    origin: tuple[Path, ...] = ()


class Session(QObject):
    """The open series, and which slice of which one is looked at."""

    list_changed = Signal()
    series_added = Signal(object)
    """OpenSeries, in the list now and not yet shown."""
    series_closed = Signal()
    """One or all were taken out of the list; another one is shown next."""
    unread_changed = Signal()
    series_shown = Signal(object)
    """OpenSeries, or None when the last one was closed."""
    previewed = Signal(object)
    """A Slice to look at while its series is still being opened, or None: there is none any more."""
    slice_wanted = Signal(int)
    """The shown index changed; its pixels may still be on their way."""
    slice_shown = Signal(object)
    """The shown slice's pixels are here."""
    slice_failed = Signal(object)
    """The shown slice cannot be read: one sentence."""
    slice_refused = Signal(int, int, object)
    """Series key, index, one sentence: any slice that could not be read."""
    slice_read = Signal(int, int, object)
    """Series key, index, Slice: any slice that was read, for thumbnails."""

    def __init__(self, cache_bytes: int, parent: QObject | None = None, threads: int | None = None) -> None:
        super().__init__(parent)
        self.store = SliceStore(cache_bytes)
        self.opened: list[OpenSeries] = []
        self.unread: list[Unread] = []
        self.shown: OpenSeries | None = None
        self.slice: Slice | None = None
        self._preview: Slice | None = None
        self.problem = ""
        """Why the shown slice cannot be read, one sentence, or ''."""
        self._keys = count(1)
        self._reader = Reader(self.store, self, threads)
        self._reader.read.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)

    def add(self, series: Sequence[Series], unread: Sequence[Unread], origin: Sequence[Path] = ()) -> None:
        """Put series into the list and show the one that was previewed, or the first.

        Unless another of them is shown by then.
        """
        added = [OpenSeries(next(self._keys), one, index=middle(one), origin=tuple(origin)) for one in series]
        self.opened.extend(added)
        if unread:
            self.unread.extend(unread)
            self.unread_changed.emit()
        if added:
            first = self._keep_preview(added) or added[0]
            self.list_changed.emit()
            for one in added:
                self._reader.want_aside(one.key, one.series, middle(one.series))
            for one in added:
                self.series_added.emit(one)
            if self.shown not in added:
                self.show_series(first)

    def preview(self, slice_: Slice) -> None:
        """Look at a slice of what is being opened, while nothing else is open."""
        if self.shown is None:
            self._preview = slice_
            self.previewed.emit(slice_)

    def end_preview(self) -> None:
        """What was previewed was not opened."""
        if self._preview is not None:
            self._preview = None
            self.previewed.emit(None)

    def _keep_preview(self, added: Sequence[OpenSeries]) -> OpenSeries | None:
        """The series that the previewed slice is of; the slice goes into the store."""
        previewed, self._preview = self._preview, None
        if previewed is not None:
            for one in added:
                for index, header in enumerate(one.series.headers):
                    if header.source == previewed.source:
                        self.store.put((one.key, index), previewed)
                        return one
        return None

    def show_series(self, one: OpenSeries) -> None:
        """Look at a series, at the slice where it was left."""
        if one is self.shown:
            return
        self.shown, self.slice, self.problem = one, None, ""
        self.series_shown.emit(one)
        self.show_slice(one.index)

    def show_slice(self, index: int) -> None:
        """Look at a slice of the shown series, the nearest one that there is."""
        one = self.shown
        if one is None:
            return
        one.index = min(max(index, 0), len(one.series) - 1)
        self.problem = ""
        self.slice_wanted.emit(one.index)
        found = self.store.get((one.key, one.index))
        if found is not None:
            self._show(found)
        else:
            self.slice = None
        self._reader.want(one.key, one.series, one.index)

    def step(self, slices: int) -> None:
        """Some slices on, or back."""
        if self.shown is not None:
            self.show_slice(self.shown.index + slices)

    def step_series(self, places: int) -> None:
        """The next series in the list, or the one before; the ends are ends."""
        if self.shown is not None:
            place = self.opened.index(self.shown) + places
            if 0 <= place < len(self.opened):
                self.show_series(self.opened[place])

    def close(self, one: OpenSeries) -> None:
        """Take a series out of the list and show its neighbour."""
        place = self.opened.index(one)
        self.opened.remove(one)
        self._reader.forget(one.key)
        self.series_closed.emit()
        self.list_changed.emit()
        if one is self.shown:
            self.shown, self.slice, self.problem = None, None, ""
            if self.opened:
                self.show_series(self.opened[min(place, len(self.opened) - 1)])
            else:
                self.series_shown.emit(None)

    def close_all(self) -> None:
        """Back to the empty window."""
        for one in self.opened:
            self._reader.forget(one.key)
        self.opened.clear()
        self.unread.clear()
        self.shown, self.slice, self.problem = None, None, ""
        self.series_closed.emit()
        self.list_changed.emit()
        self.unread_changed.emit()
        self.series_shown.emit(None)

    def fetch(self, one: OpenSeries, index: int) -> Slice | None:
        """A slice that is not the shown one: now, or later by `slice_read` or `slice_refused`."""
        found = self.store.get((one.key, index))
        if found is None:
            self._reader.want_aside(one.key, one.series, index)
        return found

    def stop(self, milliseconds: int) -> bool:
        """Read nothing more; False when a decoder did not come back in time."""
        return self._reader.stop(milliseconds)

    def _show(self, slice_: Slice) -> None:
        self.slice = slice_
        self.slice_shown.emit(slice_)

    def _on_read(self, key: int, index: int, slice_: Slice) -> None:
        self.slice_read.emit(key, index, slice_)
        if self.slice is None and self._is_shown(key, index):
            self._show(slice_)

    def _on_failed(self, key: int, index: int, reason: str) -> None:
        self._list_unread(key, index, reason)
        self.slice_refused.emit(key, index, reason)
        if self._is_shown(key, index):
            self.problem = reason
            self.slice_failed.emit(reason)

    def _list_unread(self, key: int, index: int, reason: str) -> None:
        """A file whose header was read and whose pixels cannot be: it was not read either."""
        path = next((one.series.headers[index].source.path for one in self.opened if one.key == key), None)
        if path is not None and all(known.path != path for known in self.unread):
            from covidviewer.imaging.slices import Unread

            self.unread.append(Unread(path, reason))
            self.unread_changed.emit()

    def _is_shown(self, key: int, index: int) -> bool:
        return self.shown is not None and (self.shown.key, self.shown.index) == (key, index)


def middle(series: Series) -> int:
    """Where a series is first looked at, and what its thumbnail shows: halfway, where a chest has most lung."""
    return len(series) // 2
