"""One slice from the terminal, as a process: `covidviewer classify one.png` against the shortest Keras script.

At least 8 times faster, on the first start ever (empty caches) and on later ones.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from tests.benchmarks import forms
from tests.benchmarks.record import as_installed, record, verdict
from tests.benchmarks.timing import in_shuffled_rounds

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).parent / "subjects" / "keras_script.py"
ROUNDS, BOUND = 7, 8.0


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record."""
    network = forms.prepared() / forms.PAPER
    with tempfile.TemporaryDirectory() as folder:
        picture, caches = Path(folder) / "one.png", Path(folder) / "caches"
        write_phantom_png(picture, phantom_slice(1, lesions=3))
        ours = [sys.executable, "-m", "covidviewer", "classify", str(picture), "--json"]
        script = [sys.executable, str(SCRIPT), str(network), str(picture)]
        timings = in_shuffled_rounds(
            {
                "Keras script": process_time(script, {"KERAS_BACKEND": "tensorflow"}),
                "CovidViewer, first start ever": process_time(ours, {}, fresh=caches),
                "CovidViewer, later starts": process_time(ours, {"XDG_CACHE_HOME": folder}),
            },
            arguments.rounds or ROUNDS,
        )
    keras = timings["Keras script"]
    table = [["", "one slice, whole process, ms", "10 to 90 %", "times faster"]]
    lines, all_hold = [], True
    for timing in timings.values():
        spread = f"{timing.percentile(10):.0f} to {timing.percentile(90):.0f}"
        table.append([timing.name, f"{timing.median:.0f}", spread, f"{keras.median / timing.median:.1f}"])
        if timing is not keras:
            holds, line = verdict(f"{timing.name}, over the Keras script", timing.median / keras.median, 1 / BOUND)
            all_hold = all_hold and holds
            lines.append(line)
    figures = {"timings": [timing.as_json() for timing in timings.values()], "bound": BOUND, "holds": all_hold}
    record("cold", figures, table, arguments)
    print("\n".join(lines))
    return 0 if all_hold else 1


def process_time(
    command: list[str], variables: Mapping[str, str], fresh: Path | None = None
) -> Callable[[], list[float]]:
    """Milliseconds of a whole process; with `fresh` each start has an empty cache folder of its own under it."""
    starts = 0

    def measure() -> list[float]:
        nonlocal starts
        starts += 1
        surroundings = as_installed(**variables)
        if fresh is not None:
            surroundings["XDG_CACHE_HOME"] = str(fresh / str(starts))
        started = perf_counter()
        done = subprocess.run(command, cwd=ROOT, env=surroundings, check=False, capture_output=True, text=True)
        elapsed = (perf_counter() - started) * 1000
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} failed: {done.stderr.strip()[-300:]}")
        return [elapsed]

    measure()
    return measure
