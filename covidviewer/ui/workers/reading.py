"""Reading slices off the GUI thread: the shown one first, then outwards from it, within the store's budget."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.texts import N_
from covidviewer.ui.workers.slice_store import Key, SliceStore, size_of
from covidviewer.ui.workers.thread_pool import StoppableThreadPool

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Series, Slice

log = logging.getLogger(__name__)

MOST_THREADS: Final = 8
SHARE_AHEAD: Final = 0.8
"""Of the store's budget that reading ahead may fill, so that it never drops what it has just read."""


class Reader(QObject):
    """A pool of threads that work down one list of wanted slices, which the GUI thread may replace at any time."""

    read = Signal(int, int, object)
    """Series key, index, Slice."""
    failed = Signal(int, int, object)
    """Series key, index, one sentence."""

    def __init__(self, store: SliceStore, parent: QObject | None = None, threads: int | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._pool = StoppableThreadPool("reader", threads or min(MOST_THREADS, max(2, os.cpu_count() or 2)))
        self._lock = Lock()
        self._wanted: deque[tuple[int, Series, int]] = deque()
        self._asides: dict[Key, Series] = {}
        self._reading: set[Key] = set()
        self._unreadable: dict[Key, str] = {}
        self._room = 0.0
        self._running = 0

    def want(self, key: int, series: Series, shown: int) -> None:
        """Read `shown` next, then asides, then its neighbours outwards; neighbours wanted before are dropped."""
        order = [(key, series, index) for index in outwards(shown, len(series))]
        with self._lock:
            asides = [(place[0], aside, place[1]) for place, aside in self._asides.items()]
            self._wanted = deque([order[0], *asides, *order[1:]])
            self._room = SHARE_AHEAD * self._store.budget_bytes
        reason = self._unreadable.get((key, shown))
        if reason is not None:
            self.failed.emit(key, shown, reason)
        self._start()

    def want_aside(self, key: int, series: Series, index: int) -> None:
        """Read one slice of another series soon, whatever is shown: for its thumbnail, or beside the shown one."""
        kept = self._store.get((key, index))
        if kept is not None:
            self.read.emit(key, index, kept)
            return
        with self._lock:
            self._asides[key, index] = series
            self._wanted.insert(min(1, len(self._wanted)), (key, series, index))
        reason = self._unreadable.get((key, index))
        if reason is not None:
            self.failed.emit(key, index, reason)
        self._start()

    def forget(self, key: int) -> None:
        """A series was closed: nothing of it is wanted or kept."""
        with self._lock:
            self._wanted = deque(item for item in self._wanted if item[0] != key)
            self._asides = {place: series for place, series in self._asides.items() if place[0] != key}
            self._unreadable = {place: why for place, why in self._unreadable.items() if place[0] != key}
        self._store.forget_series(key)

    def stop(self, milliseconds: int) -> bool:
        """Want nothing, and wait for what is being decoded; False when a decoder did not come back in time."""
        with self._lock:
            self._wanted.clear()
            self._asides.clear()
        return self._pool.stop(milliseconds)

    def _start(self) -> None:
        with self._lock:
            needed = min(self._pool.threads, len(self._wanted)) - self._running
            self._running += max(0, needed)
        for _ in range(needed):
            self._pool.begin(self._work)

    def _work(self) -> None:
        while True:
            item = self._next()
            if item is None:
                return
            key, series, index = item
            try:
                slice_ = series.read_slice(index)
            except CovidViewerError as error:
                self._tell_failed(key, index, str(error))
            except Exception:
                log.exception("Reading slice %d failed", index)
                self._tell_failed(key, index, N_("This slice could not be read; see the log for details."))
            else:
                self._keep(key, index, slice_)
            finally:
                with self._lock:
                    self._reading.discard((key, index))
                    self._asides.pop((key, index), None)

    def _next(self) -> tuple[int, Series, int] | None:
        with self._lock:
            while self._wanted:
                item = self._wanted.popleft()
                place = (item[0], item[2])
                kept = self._store.get(place)
                if kept is not None:
                    self._fill(kept)
                elif place not in self._reading and place not in self._unreadable:
                    self._reading.add(place)
                    return item
            self._running -= 1
            return None

    def _keep(self, key: int, index: int, slice_: Slice) -> None:
        self._store.put((key, index), slice_)
        with self._lock:
            self._fill(slice_)
        self.read.emit(key, index, slice_)

    def _fill(self, slice_: Slice) -> None:
        """A slice that is wanted is here: when the room is taken, only those of other series are wanted still."""
        self._room -= size_of(slice_)
        if self._room <= 0:
            self._wanted = deque(item for item in self._wanted if (item[0], item[2]) in self._asides)

    def _tell_failed(self, key: int, index: int, reason: str) -> None:
        self._unreadable[key, index] = reason
        self.failed.emit(key, index, reason)


def outwards(start: int, count: int) -> Iterator[int]:
    """`start`, then its neighbours by distance, onwards before back, each of 0..count-1 once."""
    yield start
    for distance in range(1, count):
        if start + distance < count:
            yield start + distance
        if start - distance >= 0:
            yield start - distance
