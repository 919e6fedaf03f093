"""The loop: what an epoch trains on, and that killing it changes nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import tests.tiny_training  # noqa: F401 - chooses Keras' backend
from covidviewer.errors import UnreadableFile
from tests.unit.training.batches.made_up_batches import epoch_batches
from training.batches.augment import NONE
from training.batches.batches import Sources
from training.data.framed import Canvases, stacked
from training.data.samples import CLEAR, COVID
from training.fit.data import TrainingData
from training.fit.loop import train
from training.fit.phases import rate_at, scores
from training.network.checkpoint import LAST, load_checkpoint
from training.network.config import Config, Phase

PHASE = Phase("shallow", size=32, blocks=(1, 1, 1, 1), epochs=3, peak_rate=1e-3, batch=4, extra=0)
TINY = Config(name="tiny", phases=(PHASE,), augmentation=NONE, drawn=0.0)


def canvases(count: int, labelled: bool = True, seed: int = 0) -> Canvases:
    """Canvases of 80 pixels with a round hull; COVID ones are denser."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2 if labelled else np.full(count, -1)
    rows, columns = np.mgrid[:80, :80]
    hull = (((rows - 40) ** 2 + (columns - 40) ** 2) < 900).astype(np.uint8) * 255
    density = rng.integers(40, 90, (count, 80, 80)) + 60 * (labels == COVID)[:, None, None]
    names = tuple(f"{seed}-{number}" for number in range(count))
    return Canvases(names, labels.astype(np.int64), density.astype(np.uint8), np.stack([hull] * count), ())


def training_data() -> TrainingData:
    return TrainingData(canvases(12), canvases(6, seed=1), None)


def quiet(_: str) -> None:
    """Say nothing."""


def records(run: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]


class Killed(BaseException):
    """Stands for SIGKILL in this process: nothing of the program catches it."""


def killed_after(epochs: int) -> Callable[[str], None]:
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == epochs:
            raise Killed

    return say


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_run_stopped_in_every_epoch_ends_as_the_undisturbed_one(tmp_path: Path) -> None:
    train(TINY, training_data(), tmp_path / "whole", False, quiet)
    for _ in range(2):  # each time killed while the second epoch of this start is told, before it is saved
        with pytest.raises(Killed):
            train(TINY, training_data(), tmp_path / "cut", True, killed_after(2))
    train(TINY, training_data(), tmp_path / "cut", True, quiet)
    whole, cut = (load_checkpoint(tmp_path / name / LAST) for name in ("whole", "cut"))
    assert (whole.phase, whole.epoch) == (cut.phase, cut.epoch) == (0, 3)
    for name, value in whole.average.items():
        np.testing.assert_allclose(cut.average[name], value, atol=2e-4, err_msg=name)
    assert records(tmp_path / "cut")[-1]["validation_loss"] == pytest.approx(
        records(tmp_path / "whole")[-1]["validation_loss"], abs=1e-3
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_process_killed_by_the_system_leaves_a_checkpoint_that_goes_on(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.unit.training.fit.test_loop import TINY, training_data; "
        "from training.fit.loop import train; "
        "train(TINY, training_data(), Path(sys.argv[1]), True, lambda line: print(line, flush=True))"
    )
    root = Path(__file__).parents[4]
    command = [sys.executable, "-c", code, str(tmp_path / "run")]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        for _ in range(2):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert load_checkpoint(tmp_path / "run" / LAST).epoch >= 1
    train(TINY, training_data(), tmp_path / "run", True, quiet)
    assert load_checkpoint(tmp_path / "run" / LAST).epoch == 3


def test_a_finished_run_is_not_trained_again(tmp_path: Path) -> None:
    config = replace(TINY, phases=(replace(PHASE, epochs=1),))
    train(config, training_data(), tmp_path, False, quiet)
    before = (tmp_path / LAST).read_bytes()
    train(config, training_data(), tmp_path, True, quiet)
    assert (tmp_path / LAST).read_bytes() == before
    assert len(records(tmp_path)) == 1


def test_layers_before_the_first_trained_one_stay_as_they_were_to_the_bit(tmp_path: Path) -> None:
    phase = replace(PHASE, epochs=1)
    train(replace(TINY, phases=(phase,), average=0.0), training_data(), tmp_path / "whole", False, quiet)
    before = load_checkpoint(tmp_path / "whole" / LAST).weights
    config = replace(TINY, phases=(replace(phase, trained_from="conv5"),), average=0.0)
    train(config, training_data(), tmp_path / "last", False, quiet, initial=before)
    after = load_checkpoint(tmp_path / "last" / LAST).weights
    changed = {name for name, value in after.items() if not np.array_equal(value, before[name])}
    assert changed
    assert {name.split("_")[0].split("/")[0] for name in changed} == {"conv5", "probabilities"}
    assert any(name.endswith("moving_mean") for name in changed)


def test_the_running_average_of_layers_that_are_not_trained_is_what_they_were_to_the_bit(tmp_path: Path) -> None:
    config = replace(TINY, phases=(replace(PHASE, epochs=1),), average=0.98)
    train(config, training_data(), tmp_path / "whole", False, quiet)
    before = load_checkpoint(tmp_path / "whole" / LAST).weights
    last = replace(PHASE, trained_from="conv5")
    train(replace(config, phases=(last,)), training_data(), tmp_path / "last", False, quiet, initial=before)
    average = load_checkpoint(tmp_path / "last" / LAST).average
    changed = {name for name, value in average.items() if not np.array_equal(value, before[name])}
    assert {name.split("_")[0].split("/")[0] for name in changed} == {"conv5", "probabilities"}


def test_a_layer_that_the_network_does_not_have_is_named(tmp_path: Path) -> None:
    config = replace(TINY, phases=(replace(PHASE, trained_from="conv6"),))
    with pytest.raises(UnreadableFile, match='"conv6"'):
        train(config, training_data(), tmp_path, False, quiet)


def test_initial_weights_of_101_layers_are_refused_by_a_shallow_start(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="101 layers"):
        train(TINY, training_data(), tmp_path, False, quiet, initial="weights.h5")


def test_an_epoch_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    sources = Sources(canvases(12), None, 32, 4, 0, 0.25, TINY.augmentation)
    first, again, other = (list(epoch_batches(sources, (seed,))) for seed in (1, 1, 2))
    assert all(np.array_equal(a.inputs, b.inputs) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a.inputs, b.inputs) for a, b in zip(first, other, strict=True))


def test_every_slice_is_seen_once_an_epoch() -> None:
    sources = Sources(canvases(12), None, 32, 4, 0, 0.0, NONE)
    inputs = np.concatenate([batch.inputs for batch in epoch_batches(sources, (0,))])
    assert len(inputs) == 12
    assert len(np.unique(inputs.reshape(12, -1), axis=0)) == 12


def test_half_of_the_extra_slices_get_opacities_and_the_covid_label() -> None:
    sources = Sources(canvases(12), canvases(10, labelled=False, seed=3), 32, 4, 6, 0.0, NONE)
    for batch in epoch_batches(sources, (0,)):
        extra = batch.targets[4:].argmax(axis=1)
        assert sorted(extra.tolist()) == [COVID] * 3 + [CLEAR] * 3


def test_the_rate_rises_falls_and_stays_where_it_should() -> None:
    rates = [rate_at(PHASE, progress) for progress in np.linspace(0, 1, 101)]
    assert max(rates) == pytest.approx(1e-3)
    assert np.argmax(rates) == 20
    assert rates[-1] == pytest.approx(1e-5)
    assert {rate_at(replace(PHASE, constant=True), progress) for progress in (0.0, 0.5, 1.0)} == {1e-3}


def test_combined_phases_hold_training_and_validation_slices() -> None:
    both = stacked([canvases(12), canvases(6, seed=1)])
    assert len(both) == 18
    assert len(set(both.names)) == 18


def test_validation_scores_of_a_perfect_ranking_are_perfect() -> None:
    found = scores(np.array([0.9, 0.8, 0.2], np.float32), np.array([0, 0, 1]))
    assert found["validation_auc"] == 1
    assert found["validation_accuracy"] == 1


def test_weights_of_a_deeper_network_are_refused_by_a_shallower_start(tmp_path: Path) -> None:
    deeper = {"conv2_block7_1_conv/bias": np.zeros(64, np.float32)}
    with pytest.raises(UnreadableFile, match=r"another network than .*: 1 of them"):
        train(TINY, training_data(), tmp_path, False, quiet, initial=deeper)
