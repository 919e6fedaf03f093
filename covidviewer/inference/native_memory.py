"""Memory that native libraries freed, given back to the system. Standard library only; any thread."""

from __future__ import annotations

import ctypes
import sys


def release_memory() -> None:
    """Give back what glibc keeps for later: tens of megabytes after a network was loaded or closed.

    Does nothing where the C library has no such call (musl, macOS, Windows).
    """
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return
