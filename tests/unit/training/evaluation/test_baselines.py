"""Floors: each finds what it can see, and only that."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.data.grouped import GroupedSplit
from training.data.samples import Sample
from training.data.split import Split
from training.evaluation.baseline_table import baseline_table, figures
from training.evaluation.baselines import METHODS, features_of, plain_numbers, split_scores

PLAIN = [name for name, method in METHODS.items() if method.feature != "opacity"]


@pytest.fixture(autouse=True)
def few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten trees find a leak as well as three hundred."""
    monkeypatch.setattr("training.evaluation.baselines.TREES", 10)


@pytest.fixture
def leaking(tmp_path: Path) -> list[Sample]:
    """Forty pictures of noise whose class shows in size, brightness and corners alike."""
    rng = np.random.default_rng(0)
    samples = []
    for number in range(40):
        label = number % 2
        shape = (80, 100) if label else (100, 80)
        values = rng.integers(0, 100, shape) + 100 * label
        file = tmp_path / f"{number}.png"
        Image.fromarray(values.astype(np.uint8)).save(file)
        samples.append(Sample(f"{number}.png", file, label))
    return samples


def halves(samples: list[Sample]) -> Split:
    names = [sample.name for sample in samples]
    return Split(tuple(names[:24]), tuple(names[24:28]), tuple(names[28:]))


@pytest.mark.parametrize("name", PLAIN)
def test_a_floor_finds_a_leak_that_it_can_see(name: str, leaking: list[Sample]) -> None:
    truth = {sample.name: sample.label == 0 for sample in leaking}
    scores = split_scores(METHODS[name], features_of(METHODS[name].feature, leaking), truth, halves(leaking))
    assert len(scores) == 12
    assert all((score >= 0.5) == truth[one] for one, score in scores.items())


def test_size_brightness_and_corners_see_nothing_else() -> None:
    grey = np.full((60, 80), 7, np.float32)
    changed = grey.copy()
    changed[20:40, 20:40] = 200
    assert plain_numbers("size", grey).tolist() == [60, 80]
    np.testing.assert_array_equal(plain_numbers("size", grey), plain_numbers("size", changed))
    np.testing.assert_array_equal(plain_numbers("corners", grey), plain_numbers("corners", changed))
    assert plain_numbers("brightness", changed).tolist() == pytest.approx([changed.mean(), 7, 7, 7, 7])


def test_a_slice_without_a_score_counts_as_wrong() -> None:
    row = figures(["a", "b", "c"], {"a": True, "b": False, "c": True}, {"a": 0.9, "b": 0.1}, None)
    assert (row["right"], row["n"], row["refused"]) == (2, 3, 1)


def test_the_table_has_every_method_in_both_protocols(leaking: list[Sample], monkeypatch: pytest.MonkeyPatch) -> None:
    methods = {name: METHODS[name] for name in PLAIN}
    monkeypatch.setattr("training.evaluation.baseline_table.METHODS", methods)
    names = [sample.name for sample in leaking]
    folds = tuple(tuple((name,) for name in names[start::5]) for start in range(5))
    table = baseline_table(leaking, halves(leaking), GroupedSplit(folds, (), {}), (), lambda _: None)
    assert list(table["methods"]) == PLAIN
    for row in table["methods"].values():
        assert set(row) == {"random", "grouped"}
        value, low, high = (one or 0.0 for one in row["random"]["accuracy"])
        assert 0 < low <= value <= high
    assert table["wrong"]["1-NN on thumbnails"] == []
