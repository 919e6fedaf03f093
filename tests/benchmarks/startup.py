"""First paint of the program against a bare Qt window with one label: at most twice its time (medians of one run)."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.record import as_installed, record, verdict
from tests.benchmarks.timing import in_shuffled_rounds

ROOT = Path(__file__).resolve().parents[2]
BARE = [sys.executable, str(Path(__file__).parent / "subjects" / "bare_window.py")]
OURS = [sys.executable, "-m", "covidviewer", "--exit-after-first-paint"]
ROUNDS, BOUND = 15, 2.0


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record."""
    timings = in_shuffled_rounds(
        {"bare Qt window": until_painted(BARE), "CovidViewer": until_painted(OURS)}, arguments.rounds or ROUNDS
    )
    bare, ours = timings.values()
    holds, line = verdict("first paint over a bare window's", ours.median / bare.median, BOUND, "x")
    table = [["", "first paint, ms", "10 to 90 %"]]
    table += [
        [t.name, f"{t.median:.0f}", f"{t.percentile(10):.0f} to {t.percentile(90):.0f}"] for t in timings.values()
    ]
    figures = {
        "timings": [timing.as_json() for timing in timings.values()],
        "ratio": round(ours.median / bare.median, 3),
    }
    record("startup", {**figures, "bound": BOUND, "holds": holds}, table, arguments)
    print(line)
    return 0 if holds else 1


def until_painted(command: list[str]) -> Callable[[], list[float]]:
    """Milliseconds from the start of a process to its first line, which each prints behind its first paint."""
    surroundings = as_installed(QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))

    def measure() -> list[float]:
        started = perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=surroundings, text=True
        ) as process:
            line = process.stdout.readline() if process.stdout else ""
            elapsed = (perf_counter() - started) * 1000
        if process.returncode or not line:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode} before its first paint")
        return [elapsed]

    measure()
    return measure
