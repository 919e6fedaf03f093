"""A slice through every engine and through the program: one run, order shuffled, medians, processor named.

Bounds: the program needs at most 0.40 of a SavedModel's time, 0.50 of OpenVINO float32's, and 1.10 of the fastest bare
engine that reads its file, alone and for sixteen slices.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from covidviewer.inference.bundle import load_bundle
from tests.benchmarks import forms
from tests.benchmarks.record import record, verdict
from tests.benchmarks.subjects.engine import ENGINES
from tests.benchmarks.timing import Timing, in_shuffled_rounds

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, SLICES = 7, 12
OURS, SAME_FILE = "CovidViewer", ("LiteRT int8", "OpenVINO int8 (the LiteRT file)", "OpenVINO int8, for many slices")
AGAINST = (("TensorFlow SavedModel", 0.40), ("OpenVINO float32", 0.50))
WITHIN = 1.10


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record."""
    folder = forms.prepared()
    with ExitStack() as stack:
        engines = {name: asking for name in ENGINES if (asking := started(name, folder, stack)) is not None}
        rounds = arguments.rounds or ROUNDS
        one = in_shuffled_rounds({name: ask(f"one {SLICES}") for name, ask in engines.items()}, rounds)
        many = in_shuffled_rounds({name: ask("many 16") for name, ask in engines.items()}, rounds, seed=1)
    table = [["", "one slice, ms", "10 to 90 %", "of sixteen, ms a slice"]]
    for name, timing in one.items():
        spread = f"{timing.percentile(10):.1f} to {timing.percentile(90):.1f}"
        table.append([name, f"{timing.median:.1f}", spread, f"{many[name].median:.1f}"])
    verdicts = bounds(one, many)
    rows = [{**timing.as_json(), "sixteen": many[name].as_json()} for name, timing in one.items()]
    holds = all(kept for kept, _ in verdicts)
    figures = {
        "model": load_bundle().card.version,
        "engines": rows,
        "bounds": [line for _, line in verdicts],
        "holds": holds,
    }
    record("engines", figures, table, arguments)
    print("\n".join(line for _, line in verdicts))
    return 0 if holds else 1


def bounds(one: Mapping[str, Timing], many: Mapping[str, Timing]) -> list[tuple[bool, str]]:
    """What the program must keep against the others; nothing when it was not measured."""
    if OURS not in one:
        return []
    own = one[OURS].median
    found = [verdict(f"of {name}", own / one[name].median, bound) for name, bound in AGAINST if name in one]
    for word, timings in (("one slice", one), ("sixteen", many)):
        fastest = min(timings[name].median for name in SAME_FILE if name in timings)
        found.append(verdict(f"{word}, of the fastest bare engine", timings[OURS].median / fastest, WITHIN))
    return found


def started(name: str, folder: Path, stack: ExitStack) -> Callable[[str], Callable[[], list[float]]] | None:
    """An engine's process, loaded and warm, and how to ask it; None, with a line, when it does not run here."""
    command = [sys.executable, "-m", "tests.benchmarks.subjects.engine", name, str(folder)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    words, answers = open_pipe(process.stdin), open_pipe(process.stdout)
    if answers.readline().strip() != "ready":
        reason = [line for line in process.communicate()[1].splitlines() if line.strip()] or ["no reason given"]
        print(f"not measured: {name}: {reason[-1].strip()[:200]}", flush=True)
        return None
    stack.callback(ended, process)
    print(f"loaded: {name}", flush=True)

    def asking(question: str) -> Callable[[], list[float]]:
        def ask() -> list[float]:
            words.write(f"{question}\n")
            words.flush()
            found: Any = json.loads(answers.readline())
            return [float(value) for value in found]

        return ask

    return asking


def open_pipe(pipe: IO[str] | None) -> IO[str]:
    """A pipe that was asked for is there."""
    if pipe is None:
        raise ValueError("the process was started without this pipe")
    return pipe


def ended(process: subprocess.Popen[str]) -> None:
    """Close the engine's stdin, which ends it."""
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
