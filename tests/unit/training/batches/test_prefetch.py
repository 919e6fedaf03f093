"""Batches prepared by other processes: the same as prepared here, errors arrive, and nothing is left behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import CovidViewerError, OutputUnwritable
from tests.unit.training.batches.made_up_batches import canvases, epoch_batches, sources
from training.batches.augment import Augmentation
from training.batches.prefetch import FOLDER, prefetched

HOW = Augmentation(texture=0.5)


@pytest.mark.parametrize("processes", [1, 2])
def test_the_batches_are_those_of_one_process_and_in_order(processes: int, tmp_path: Path) -> None:
    several = replace(sources(0.5, 2, HOW), passes=5)
    with prefetched(several, tmp_path, processes) as epoch:
        for seeds in ((3, 0, 0), (3, 0, 1)):
            found = [(batch.inputs.copy(), batch.targets) for batch in epoch(seeds)]
            expected = list(epoch_batches(several, seeds))
            assert len(found) == len(expected) == 10
            for (inputs, targets), batch in zip(found, expected, strict=True):
                assert np.array_equal(inputs, batch.inputs)
                assert np.array_equal(targets, batch.targets)


def test_an_error_in_a_process_is_raised_to_the_caller(tmp_path: Path) -> None:
    broken = replace(sources(drawn=1.0), labelled=replace(canvases([1] * 8), hull=np.zeros((8, 3, 3), np.uint8)))
    with pytest.raises(ValueError, match="broadcast"), prefetched(broken, tmp_path, 1) as epoch:
        list(epoch((0,)))


def test_a_process_that_dies_is_told_in_a_sentence(tmp_path: Path) -> None:
    def kill_it_half_way() -> None:
        with prefetched(replace(sources(), passes=500), tmp_path, 1) as epoch:
            for number, _ in enumerate(epoch((0,))):
                if number == 1:
                    (child,) = active_children()
                    assert child.pid
                    os.kill(child.pid, signal.SIGTERM)

    with pytest.raises(CovidViewerError, match="ended without a word"):
        kill_it_half_way()


def test_leaving_early_leaves_neither_processes_nor_files(tmp_path: Path) -> None:
    with prefetched(replace(sources(), passes=500), tmp_path, 2) as epoch:
        next(epoch((0,)))
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
    assert not active_children()


TRAINER = """
import sys
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from tests.unit.training.batches.made_up_batches import sources
from training.batches.prefetch import FOLDER, prefetched

if __name__ == "__main__":
    with prefetched(replace(sources(), passes=10**6), Path(sys.argv[1]), 2) as epoch:
        for number, _ in enumerate(epoch((0,))):
            if number == 1:
                print(*(child.pid for child in active_children()), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="watches processes as Linux can")
def test_a_killed_training_leaves_no_process_and_the_next_one_removes_its_files(tmp_path: Path) -> None:
    script = tmp_path / "trainer.py"
    script.write_text(TRAINER)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    words = [sys.executable, str(script), str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as trainer:
        assert trainer.stdout is not None
        watched = [os.pidfd_open(int(word)) for word in trainer.stdout.readline().split()]
        trainer.kill()
    assert len(watched) == 2
    for process in watched:
        ended, _, _ = select.select([process], [], [], 20)
        os.close(process)
        assert ended
    left = tmp_path / FOLDER / "slot-3.npy"
    assert left.exists()
    with prefetched(sources(), tmp_path, 1) as epoch:
        assert not left.exists()
        next(epoch((0,)))
    assert not (tmp_path / FOLDER).exists()


def test_a_folder_without_room_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    with pytest.raises(OutputUnwritable, match="Batches cannot be prepared"), prefetched(sources(), tmp_path, 1):
        pass


def test_the_time_that_another_process_took_is_told(tmp_path: Path) -> None:
    with prefetched(sources(), tmp_path, 1) as epoch:
        assert all(batch.seconds > 0 for batch in epoch((0,)))
