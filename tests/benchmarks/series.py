"""A series of 300 slices of 512 x 512: first slice before the rest, memory, scrolling and windowing, offscreen.

Bounds: resident memory at most 250 MB and 1.3 times the int16 volume; 95 of 100 frames under 16 ms,
under 33 ms where three planes are cut.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from covidviewer.imaging.phantom_files import write_phantom_series
from tests.benchmarks.record import as_installed, record, verdict

ROOT = Path(__file__).resolve().parents[2]
SLICES, SIZE = 300, 512
BASE_MB, VOLUMES, FRAME_MS, PLANES_MS = 250.0, 1.3, 16.0, 33.0


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record. `--rounds` is the number of slices."""
    slices = arguments.rounds or SLICES
    with tempfile.TemporaryDirectory() as folder:
        write_phantom_series(Path(folder), seed=1, slices=slices, lesions=3, size=SIZE)
        found = measured(Path(folder))
    volume_mb = slices * SIZE * SIZE * 2 / 1e6
    bound_mb = BASE_MB + VOLUMES * volume_mb
    verdicts = [
        verdict("resident memory", found["rss_mb"], bound_mb, " MB"),
        verdict("files read when the first slice showed, of all", found["read_at_first_slice"] / slices, 0.5),
        verdict("scrolling, 95 of 100 frames", found["scroll_p95_ms"], FRAME_MS, " ms"),
        verdict("windowing, 95 of 100 frames", found["window_p95_ms"], FRAME_MS, " ms"),
        verdict("planes, 95 of 100 frames", found["planes_p95_ms"], PLANES_MS, " ms"),
    ]
    table = [
        [f"{slices} slices of {SIZE} x {SIZE}", "measured", "bound"],
        ["first slice on screen, ms", f"{found['first_slice_ms']:.0f}", ""],
        ["slices read by then", f"{found['read_at_first_slice']} of {slices}", ""],
        ["all slices read, ms", f"{found['all_read_ms']:.0f}", ""],
        ["resident memory, MB", f"{found['rss_mb']:.0f}", f"{bound_mb:.0f}"],
        ["scrolling, ms a frame, median", f"{found['scroll_ms']:.1f}", ""],
        ["scrolling, ms a frame, 95 %", f"{found['scroll_p95_ms']:.1f}", f"{FRAME_MS:.0f}"],
        ["window and level, ms a frame, median", f"{found['window_ms']:.1f}", ""],
        ["window and level, ms a frame, 95 %", f"{found['window_p95_ms']:.1f}", f"{FRAME_MS:.0f}"],
        ["three planes, ms a frame, median", f"{found['planes_ms']:.1f}", ""],
        ["three planes, ms a frame, 95 %", f"{found['planes_p95_ms']:.1f}", f"{PLANES_MS:.0f}"],
    ]
    holds = all(kept for kept, _ in verdicts)
    record("series", {"slices": slices, "size": SIZE, **found, "holds": holds}, table, arguments)
    print("\n".join(line for _, line in verdicts))
    return 0 if holds else 1


def measured(folder: Path) -> dict[str, Any]:
    """What the window's process says of the series in `folder`."""
    command = [sys.executable, "-m", "tests.benchmarks.subjects.series_window", str(folder)]
    surroundings = as_installed(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=False, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise SystemExit(f"the window ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
