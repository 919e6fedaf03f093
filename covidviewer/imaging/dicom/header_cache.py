"""Files whose headers were parsed a moment ago: their pixels are reached without parsing again. Any thread.

A series is read twice, its headers first and its pixels when it is looked at; parsing is two fifths of both together.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from covidviewer.imaging.dicom.file import DicomFile

Key = tuple[Path, int, int]
"""Path, time of the last change in nanoseconds, size in bytes."""

BUDGET_BYTES = 48_000_000
"""About a thousand to two thousand slices of a CT scanner."""
PARSED_PER_BYTE = 24
"""Bytes of memory that a byte of header takes (measured on headers of four scanners: 18 to 23)."""


class RecentFiles:
    """At most `budget_bytes` of parsed headers; the least recently used go first.

    A file of one frame is given away with its first use, since its slice is kept by whoever asked; a file of several
    stays, so that a volume of 300 frames has its header parsed once.

    Parameters
    ----------
    open_file
        Parses a file that is not here, or has changed since.
    """

    def __init__(self, open_file: Callable[[Path], DicomFile], budget_bytes: int = BUDGET_BYTES) -> None:
        self._open = open_file
        self._budget = budget_bytes
        self._kept: OrderedDict[Key, DicomFile] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """What is taken now, as estimated from the headers' sizes."""
        return self._bytes

    def opened(self, path: Path) -> DicomFile:
        """Parse a file, and keep it for `taken`. Raises what `open_file` raises, and OSError."""
        key = key_of(path)
        file = self._parsed(path)
        self._keep(key, file)
        return file

    def taken(self, path: Path) -> DicomFile:
        """The file, parsed now unless it is here unchanged. Raises what `open_file` raises, and OSError."""
        key = key_of(path)
        with self._lock:
            kept = self._drop(key)
        file = kept if kept is not None else self._parsed(path)
        if file.frames > 1:
            self._keep(key, file)
        return file

    def _parsed(self, path: Path) -> DicomFile:
        with self._lock:  # a file that takes more than the budget alone gives way to the next before that is parsed
            while self._bytes > self._budget:
                self._drop(next(iter(self._kept)))
        return self._open(path)

    def _keep(self, key: Key, file: DicomFile) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = file
            self._bytes += size_of(file)
            while self._bytes > self._budget and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> DicomFile | None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= size_of(gone)
        return gone


def key_of(path: Path) -> Key:
    """What tells a file from the one that it was before."""
    state = path.stat()
    return path, state.st_mtime_ns, state.st_size


def size_of(file: DicomFile) -> int:
    """Bytes of memory, estimated."""
    return PARSED_PER_BYTE * file.pixels_at + (len(file.inflated) if file.inflated is not None else 0)
