"""A series of 3,000 slices in a window whose memory is set small, scrolled from end to end, closed and opened again.

Bounds: the slices kept never take more than the setting allows; the process grows by no more than the setting and 60 MB
while scrolling, and by at most a tenth from the second opening of the series to the tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import series
from tests.benchmarks.record import as_installed, record, verdict

SLICES, CACHE_MB, REOPENED = 3000, 128, 10
BESIDES_MB, GROWTH = 60.0, 1.1


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record. `--rounds` is the number of slices."""
    slices = arguments.rounds or SLICES
    with tempfile.TemporaryDirectory() as name:
        series.write_series(Path(name), slices)
        command = [sys.executable, "-m", "tests.benchmarks.subjects.long_series_window", name, str(CACHE_MB)]
        surroundings = as_installed(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
        done = subprocess.run(
            [*command, str(REOPENED)], cwd=series.ROOT, env=surroundings, check=False, capture_output=True, text=True
        )
    if done.returncode:
        raise SystemExit(f"the window ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    opened = found["reopened_mb"]
    verdicts = [
        verdict("slices kept", found["kept_mb"], CACHE_MB, " MB"),
        verdict("growth while scrolling", found["scrolled_mb"] - found["before_mb"], CACHE_MB + BESIDES_MB, " MB"),
        verdict("memory after the last opening, of the second's", opened[-1] / opened[1], GROWTH),
    ]
    table = [
        [f"{slices} slices of {series.SIZE} x {series.SIZE}, {CACHE_MB} MB allowed", "MB"],
        ["slices kept, at most", f"{found['kept_mb']:.0f}"],
        ["the process before, with the model, without slices", f"{found['before_mb']:.0f}"],
        ["the process while scrolling through all, at most", f"{found['scrolled_mb']:.0f}"],
        ["after the second opening", f"{opened[1]:.0f}"],
        [f"after opening {len(opened)}", f"{opened[-1]:.0f}"],
    ]
    holds = all(kept for kept, _ in verdicts)
    record("long", {"slices": slices, "cache_mb": CACHE_MB, **found, "holds": holds}, table, arguments)
    print("\n".join(line for _, line in verdicts))
    return 0 if holds else 1
