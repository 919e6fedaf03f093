"""A series of 500 slices of 512 x 512: first picture, reading, memory, scrolling and windowing, offscreen.

Bounds: resident memory at most 250 MB and 1.3 times the int16 volume; 95 of 100 frames under 16 ms,
under 33 ms where three planes are cut; the first picture in 1.5 times what pydicom takes to be imported and to read
that one file; the whole series not slower than SimpleITK's reader; 1 % of a core while nobody touches the window.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from covidviewer.phantom.files import write_phantom_dicom
from covidviewer.phantom.slices import phantom_series
from tests.benchmarks.record import as_installed, record, verdict
from tests.benchmarks.timing import in_shuffled_rounds

ROOT = Path(__file__).resolve().parents[2]
SLICES, SIZE, PHANTOMS, ROUNDS = 500, 512, 20, 5
PICTURE_TIMES, READ_TIMES, IDLE_PERCENT = 1.5, 1.0, 1.0
BASE_MB, VOLUMES, FRAME_MS, PLANES_MS = 250.0, 1.3, 16.0, 33.0


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record. `--rounds` is the number of slices."""
    slices = arguments.rounds or SLICES
    with tempfile.TemporaryDirectory() as folder:
        files = write_series(Path(folder), slices)
        rivals = {way: partial(read_by, way, path) for way, path in ways(Path(folder), files).items()}
        rivals["first_picture"] = partial(first_picture, Path(folder))
        read = {name: timing.median for name, timing in in_shuffled_rounds(rivals, ROUNDS).items()}
        found = measured(Path(folder)) | {f"{name}_ms": round(took, 1) for name, took in read.items()}
    volume_mb = slices * SIZE * SIZE * 2 / 1e6
    bound_mb = BASE_MB + VOLUMES * volume_mb
    verdicts = [
        verdict("resident memory", found["rss_mb"], bound_mb, " MB"),
        verdict("first picture against pydicom", found["first_picture_ms"] / found["pydicom_ms"], PICTURE_TIMES),
        verdict("whole series against SimpleITK", found["covidviewer_ms"] / found["simpleitk_ms"], READ_TIMES),
        verdict("4k with heat map, 95 of 100 frames", found["large_p95_ms"], FRAME_MS, " ms"),
        verdict("idle", found["idle_percent"], IDLE_PERCENT, " %"),
        verdict("scrolling, 95 of 100 frames", found["scroll_p95_ms"], FRAME_MS, " ms"),
        verdict("windowing, 95 of 100 frames", found["window_p95_ms"], FRAME_MS, " ms"),
        verdict("planes, 95 of 100 frames", found["planes_p95_ms"], PLANES_MS, " ms"),
    ]
    table = [
        [f"{slices} slices of {SIZE} x {SIZE}", "measured", "bound"],
        [
            "first picture, ms",
            f"{found['first_picture_ms']:.0f}",
            f"{PICTURE_TIMES * found['pydicom_ms']:.0f}",
        ],
        ["pydicom: import, and that one file, ms", f"{found['pydicom_ms']:.0f}", ""],
        ["series in the list, ms", f"{found['first_slice_ms']:.0f}", ""],
        ["folder to values, without the window, ms", f"{found['covidviewer_ms']:.0f}", f"{found['simpleitk_ms']:.0f}"],
        ["the same by SimpleITK's ImageSeriesReader, ms", f"{found['simpleitk_ms']:.0f}", ""],
        ["all slices read, ms", f"{found['all_read_ms']:.0f}", ""],
        ["resident memory, MB", f"{found['rss_mb']:.0f}", f"{bound_mb:.0f}"],
        ["scrolling, ms a frame, median", f"{found['scroll_ms']:.1f}", ""],
        ["scrolling, ms a frame, 95 %", f"{found['scroll_p95_ms']:.1f}", f"{FRAME_MS:.0f}"],
        ["window and level, ms a frame, median", f"{found['window_ms']:.1f}", ""],
        ["window and level, ms a frame, 95 %", f"{found['window_p95_ms']:.1f}", f"{FRAME_MS:.0f}"],
        ["4k with heat map, ms a frame, 95 %", f"{found['large_p95_ms']:.1f}", f"{FRAME_MS:.0f}"],
        ["idle, % of a core", f"{found['idle_percent']:.2f}", f"{IDLE_PERCENT:.0f}"],
        ["three planes, ms a frame, median", f"{found['planes_ms']:.1f}", ""],
        ["three planes, ms a frame, 95 %", f"{found['planes_p95_ms']:.1f}", f"{PLANES_MS:.0f}"],
    ]
    holds = all(kept for kept, _ in verdicts)
    record("series", {"slices": slices, "size": SIZE, **found, "holds": holds}, table, arguments)
    print("\n".join(line for _, line in verdicts))
    return 0 if holds else 1


def write_series(folder: Path, slices: int) -> list[Path]:
    """`PHANTOMS` phantoms, each under as many numbers and places as make up the series: drawing all takes a minute."""
    drawn = list(phantom_series(1, PHANTOMS, 3, SIZE))
    files = [folder / f"slice-{number:04d}.dcm" for number in range(1, slices + 1)]
    for index, file in enumerate(files):
        placed = replace(drawn[index * PHANTOMS // slices], position_mm=0.7 * index)
        write_phantom_dicom(file, placed, seed=1, number=index + 1)
    return files


def ways(folder: Path, files: list[Path]) -> dict[str, Path]:
    """What each rival reads."""
    return {"pydicom": files[len(files) // 2], "simpleitk": folder, "covidviewer": folder}


def read_by(way: str, path: Path) -> list[float]:
    """Milliseconds of one process."""
    command = [sys.executable, "-m", "tests.benchmarks.subjects.reader", way, str(path)]
    done = subprocess.run(
        command, cwd=ROOT, env=as_installed(), check=True, capture_output=True, text=True, timeout=600
    )
    return [float(done.stdout.split()[-1])]


def first_picture(folder: Path) -> list[float]:
    """Milliseconds of one new window until it has painted a slice of `folder`."""
    command = [sys.executable, "-m", "tests.benchmarks.subjects.series_window", str(folder), "first"]
    surroundings = as_installed(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True, timeout=600)
    return [float(done.stdout.split()[-1])]


def measured(folder: Path) -> dict[str, Any]:
    """What the window's process says of the series in `folder`."""
    command = [sys.executable, "-m", "tests.benchmarks.subjects.series_window", str(folder)]
    surroundings = as_installed(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=False, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise SystemExit(f"the window ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
