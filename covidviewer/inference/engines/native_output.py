"""Keeps what native libraries say to themselves off the program's standard output and error while they load.

LiteRT writes "INFO: ..." lines to both, past Python; `classify --json` promises a clean standard output.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

STREAMS = (1, 2)


@contextlib.contextmanager
def silence_native_output() -> Iterator[None]:
    """Send the process's standard output and error nowhere: briefly, since it holds for all threads."""
    saved = _set_aside()
    try:
        yield
    finally:
        _flush()
        for number, copy in saved.items():
            os.dup2(copy, number)
            os.close(copy)


def _set_aside() -> dict[int, int]:
    """Point both streams to the null device; returns copies of where they pointed. A windowed program has none."""
    _flush()
    saved: dict[int, int] = {}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in STREAMS:
        with contextlib.suppress(OSError):
            saved[number] = os.dup(number)
            os.dup2(nowhere, number)
    os.close(nowhere)
    return saved


def _flush() -> None:
    """Write out what Python and the C library still hold."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.flush()
    if os.name == "posix":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).fflush(None)
