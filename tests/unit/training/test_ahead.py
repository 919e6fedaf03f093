"""Batches prepared by other processes: the same as prepared here, errors arrive, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import CovidViewerError
from tests.unit.training.test_batches import canvases, sources
from training.ahead import prepared_ahead
from training.augment import Augmentation
from training.batches import epoch_batches

HOW = Augmentation(texture=0.5)


@pytest.mark.parametrize("processes", [1, 2])
def test_the_batches_are_those_of_one_process_and_in_order(processes: int) -> None:
    several = replace(sources(0.5, 2, HOW), passes=5)
    with prepared_ahead(several, processes) as epoch:
        for seeds in ((3, 0, 0), (3, 0, 1)):
            found = [(batch.inputs.copy(), batch.targets) for batch in epoch(seeds)]
            expected = list(epoch_batches(several, seeds))
            assert len(found) == len(expected) == 10
            for (inputs, targets), batch in zip(found, expected, strict=True):
                assert np.array_equal(inputs, batch.inputs)
                assert np.array_equal(targets, batch.targets)


def test_an_error_in_a_process_is_raised_to_the_caller() -> None:
    broken = replace(sources(drawn=1.0), labelled=replace(canvases([1] * 8), hull=np.zeros((8, 3, 3), np.uint8)))
    with pytest.raises(ValueError, match="broadcast"), prepared_ahead(broken, 1) as epoch:
        list(epoch((0,)))


def test_a_process_that_dies_is_told_in_a_sentence() -> None:
    def kill_it_half_way() -> None:
        with prepared_ahead(replace(sources(), passes=500), 1) as epoch:
            for number, _ in enumerate(epoch((0,))):
                if number == 1:
                    (child,) = active_children()
                    assert child.pid
                    os.kill(child.pid, signal.SIGTERM)

    with pytest.raises(CovidViewerError, match="ended without a word"):
        kill_it_half_way()


def test_leaving_early_leaves_neither_processes_nor_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with prepared_ahead(replace(sources(), passes=500), 2) as epoch:
        next(epoch((0,)))
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
    assert not active_children()


TRAINER = """
from dataclasses import replace
from multiprocessing import active_children
from tests.unit.training.test_batches import sources
from training.ahead import prepared_ahead

if __name__ == "__main__":
    with prepared_ahead(replace(sources(), passes=10**6), 2) as epoch:
        for number, _ in enumerate(epoch((0,))):
            if number == 1:
                print(*(child.pid for child in active_children()), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_training_leaves_no_process(tmp_path: Path) -> None:
    script = tmp_path / "trainer.py"
    script.write_text(TRAINER)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as trainer:
        assert trainer.stdout is not None
        children = [int(word) for word in trainer.stdout.readline().split()]
        trainer.kill()
    assert len(children) == 2
    limit = time.monotonic() + 20
    while any(map(runs, children)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not any(map(runs, children))


def runs(pid: int) -> bool:
    """Whether a process of this number is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
