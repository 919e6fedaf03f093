"""Checkpoints: whole or not there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import OutputUnwritable
from training.network.checkpoint import Checkpoint, load_checkpoint, save_checkpoint


def made_up(epoch: int = 3) -> Checkpoint:
    rng = np.random.default_rng(epoch)
    weights = {"conv1/kernel": rng.random((3, 3)), "head/bias": rng.random(2)}
    average = {name: value / 2 for name, value in weights.items()}
    return Checkpoint(
        1, epoch, weights, average, tuple(rng.random(4) for _ in range(12)), {"blocks": [1, 2], "score": 0.5}
    )


def test_a_checkpoint_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = made_up()
    save_checkpoint(written, tmp_path / "last.npz")
    read = load_checkpoint(tmp_path / "last.npz")
    assert (read.phase, read.epoch, read.facts) == (written.phase, written.epoch, written.facts)
    for name in ("weights", "average"):
        ours, theirs = getattr(read, name), getattr(written, name)
        assert ours.keys() == theirs.keys()
        assert all(np.array_equal(ours[key], theirs[key]) for key in ours)
    assert all(np.array_equal(ours, theirs) for ours, theirs in zip(read.optimizer, written.optimizer, strict=True))


def test_a_write_that_fails_halfway_leaves_the_old_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "last.npz"
    save_checkpoint(made_up(1), file)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("training.network.checkpoint.np.savez", full)
    with pytest.raises(OutputUnwritable, match=r"last\.npz” cannot be written: no space left on device\."):
        save_checkpoint(made_up(2), file)
    monkeypatch.undo()
    assert load_checkpoint(file).epoch == 1


def test_a_checkpoint_cut_off_by_hand_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "last.npz"
    save_checkpoint(made_up(), file)
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(Exception, match=r"zip|file"):
        load_checkpoint(file)
