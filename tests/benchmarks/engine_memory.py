"""What engines cost in memory: each alone in a process, and both in one, after a slice and after sixteen.

Bound: both take at most 120 MB more than the larger alone. Resident memory, read from the system.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.record import record, verdict

ROOT = Path(__file__).resolve().parents[2]
BOTH_MORE_MB = 120.0
TOGETHER = ("litert", "openvino", "litert+openvino")


def run(arguments: argparse.Namespace) -> int:
    """Measure, print, record. One round: memory does not scatter as time does."""
    found = {engines: measured(engines.split("+")) for engines in TOGETHER}
    alone = {engines: row["sixteen_mb"] for engines, row in found.items() if "+" not in engines}
    holds, line = verdict(
        "both engines over the larger alone",
        found[TOGETHER[-1]]["sixteen_mb"] - max(alone.values()),
        BOTH_MORE_MB,
        " MB",
    )
    table = [["resident memory, MB", "after one slice", "after sixteen"]]
    table += [
        [engines.replace("+", " and "), f"{row['one_mb']:.0f}", f"{row['sixteen_mb']:.0f}"]
        for engines, row in found.items()
    ]
    record("memory", {"engines": found, "holds": holds}, table, arguments)
    print(line)
    return 0 if holds else 1


def measured(engines: list[str]) -> dict[str, float]:
    """{"one_mb", "sixteen_mb"} of a process with these engines; a first one fills the cache of compiled networks."""
    command = [sys.executable, "-m", "tests.benchmarks.subjects.engine_memory", *engines]
    _, last = (
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300) for _ in range(2)
    )
    found: dict[str, float] = json.loads(last.stdout.splitlines()[-1])
    return found
