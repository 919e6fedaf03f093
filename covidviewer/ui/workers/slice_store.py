"""Decoded slices within a memory budget: the least recently used go first. Any thread."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

Key = tuple[int, int]
"""(series key, slice index)."""


class SliceStore:
    """A bounded map from place to slice.

    Parameters
    ----------
    budget_bytes
        What the slices' values may take together. One slice is always kept, however large.
    """

    def __init__(self, budget_bytes: int) -> None:
        self._budget = budget_bytes
        self._kept: OrderedDict[Key, Slice] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """What is taken now."""
        return self._bytes

    @property
    def budget_bytes(self) -> int:
        """What may be taken."""
        return self._budget

    def get(self, key: Key) -> Slice | None:
        """The slice, marked as just used; None when it is not here."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return key in self._kept

    def put(self, key: Key, slice_: Slice) -> None:
        """Keep a slice, and drop the oldest ones while the budget is passed."""
        with self._lock:
            self._drop(key)
            self._kept[key] = slice_
            self._bytes += size_of(slice_)
            while self._bytes > self._budget and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))

    def forget_series(self, series_key: int) -> None:
        """Drop a closed series."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == series_key]:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= size_of(gone)


def size_of(slice_: Slice) -> int:
    """Bytes of its arrays."""
    return slice_.values.nbytes + (slice_.padding.nbytes if slice_.padding is not None else 0)
