"""How much memory this process takes. Standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resident_mb() -> float | None:
    """Resident memory in 10^6 bytes: now on Linux, the peak elsewhere; None where it is not told cheaply."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, IndexError, AttributeError):
        pass
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
