"""The bounds of `imaging.limits`, measured: a hostile file costs little, and its answer is one line.

`python -m tests.faults.test_bounds` prints the measurements as a table.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from covidviewer.imaging.limits import FILE_BYTES, HEADER_SECONDS, PICTURE_SECONDS
from tests.faults.bad_files import chest, saved
from tests.faults.hostile_files import HOSTILE

TICK_S = 0.01


@dataclass(frozen=True)
class Cost:
    """Bytes of all processes together at their highest, processor seconds, and the lines that were printed."""

    memory: int
    seconds: float
    lines: tuple[str, ...]


def cost_of(path: Path) -> Cost:
    """What `covidviewer info` takes for a file."""
    command = [sys.executable, "-m", "covidviewer", "info", str(path)]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        highest = 0
        while True:
            highest = max(highest, sum(map(resident, family(process.pid))))
            ended, _, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(TICK_S)
        process.returncode = 0
        output.seek(0)
        lines = output.read().decode().splitlines()
    return Cost(highest, usage.ru_utime + usage.ru_stime, tuple(lines))


def family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(child))]


def resident(pid: int) -> int:
    """Bytes of memory that a process has now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Cost:
    path = tmp_path_factory.mktemp("idle") / "plain.dcm"
    saved(chest(), path)
    return cost_of(path)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_no_more_than_the_bounds(name: str, idle: Cost, tmp_path: Path) -> None:
    HOSTILE[name](tmp_path / "hostile")
    cost = cost_of(tmp_path / "hostile")
    assert cost.memory - idle.memory <= FILE_BYTES
    assert cost.seconds - idle.seconds <= HEADER_SECONDS + PICTURE_SECONDS + 2
    assert len(cost.lines) == 1
    assert cost.lines[0].startswith(f"{tmp_path / 'hostile'}: ")


def main() -> None:
    """Print a line for each file."""
    with tempfile.TemporaryDirectory() as folder:
        for name, make in HOSTILE.items():
            path = Path(folder) / "hostile"
            make(path)
            cost = cost_of(path)
            print(f"{name:32}{path.stat().st_size / 1000:9.0f} kB{cost.memory / 1e6:8.0f} MB{cost.seconds:7.1f} s")
            print(f"    {cost.lines[-1].removeprefix(f'{path}: ')}")


if __name__ == "__main__":
    main()
