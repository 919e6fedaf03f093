"""What the first paint cost, for `--exit-after-first-paint`: time since the process began, memory, imported modules."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from covidviewer.inference.engines.process_memory import resident_mb

_IMPORTED_AT = time.monotonic()


def milliseconds_since_process_start() -> float:
    """From the kernel's record of the start where there is one (Linux), else since this module was imported."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        now = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError, AttributeError):
        return (time.monotonic() - _IMPORTED_AT) * 1000
    return (now - started) * 1000


def report() -> str:
    """The JSON line."""
    memory = resident_mb()
    return json.dumps(
        {
            "first_paint_ms": round(milliseconds_since_process_start(), 1),
            "rss_mb": None if memory is None else round(memory, 1),
            "modules": sorted({name.partition(".")[0] for name in sys.modules}),
        }
    )
