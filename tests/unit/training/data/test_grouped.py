"""Grouped folds: what may and may not stand on both sides."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import UnreadableFile
from training.data.folders import labelled_samples
from training.data.grouped import (
    LONGEST_RUN,
    SHORTEST_RUN,
    Correlations,
    GroupedSplit,
    cut_into_runs,
    fold_split,
    grouped_split,
    guarded,
    read_grouped,
    thumbnail_correlations,
    write_grouped,
)
from training.data.samples import Sample

COMMITTED = Path(__file__).parents[4] / "training" / "splits" / "grouped-5-fold.json"


def made_up(each: int = 300) -> list[Sample]:
    return [
        Sample(f"{place}/{number}.png", Path("x"), label)
        for label, place in enumerate(("COVID", "non-COVID"))
        for number in range(each)
    ]


def random_correlations(count: int, twins: int, seed: int) -> Correlations:
    """Symmetric, below 0.5, but for `twins` random pairs at 0.99."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(-0.5, 0.5, (count, count))
    values = (values + values.T) / 2
    for first, second in rng.integers(0, count, (twins, 2)):
        values[first, second] = values[second, first] = 0.99
    np.fill_diagonal(values, 1)
    return values.astype(np.float32)


def fold_of_each(split: GroupedSplit) -> dict[str, int]:
    return {name: number for number, fold in enumerate(split.folds) for group in fold for name in group}


@pytest.mark.parametrize("seed", range(8))
def test_no_pair_above_the_threshold_stands_in_two_folds(seed: int) -> None:
    samples = made_up()
    correlations = random_correlations(len(samples), 12, seed)
    folds = fold_of_each(grouped_split(samples, correlations, threshold=0.9, gap=3))
    for first, second in zip(*np.nonzero(correlations > 0.9), strict=True):
        places = {folds.get(samples[index].name) for index in (first, second)} - {None}
        assert len(places) <= 1


@pytest.mark.parametrize("seed", range(8))
def test_every_slice_is_in_one_group_or_left_out(seed: int) -> None:
    samples = made_up()
    split = grouped_split(samples, random_correlations(len(samples), 12, seed), threshold=0.9, gap=5)
    names = [name for fold in split.folds for group in fold for name in group] + list(split.left_out)
    assert sorted(names) == sorted(sample.name for sample in samples)


@pytest.mark.parametrize("gap", [0, 1, 5])
def test_neighbouring_numbers_in_two_folds_are_at_least_two_gaps_apart(gap: int) -> None:
    samples = made_up()
    folds = fold_of_each(grouped_split(samples, random_correlations(len(samples), 6, 1), threshold=0.9, gap=gap))
    for place in ("COVID", "non-COVID"):
        kept = [(number, folds[f"{place}/{number}.png"]) for number in range(300) if f"{place}/{number}.png" in folds]
        for (number, fold), (later, other) in pairwise(kept):
            assert fold == other or later - number > 2 * gap


def test_runs_are_cut_where_neighbours_are_least_alike() -> None:
    likeness = np.full(119, 0.9, np.float32)
    likeness[[29, 54]] = 0.1  # between 29 and 30, 54 and 55
    assert [run.start for run in cut_into_runs(likeness)][:3] == [0, 30, 55]


def test_runs_cover_everything_once_and_keep_their_lengths() -> None:
    runs = cut_into_runs(np.random.default_rng(3).random(1228).astype(np.float32))
    assert [index for run in runs for index in run] == list(range(1229))
    assert all(SHORTEST_RUN <= len(run) <= LONGEST_RUN for run in runs[:-1])
    assert SHORTEST_RUN <= len(runs[-1]) < SHORTEST_RUN + LONGEST_RUN


def test_a_guard_gap_is_left_out_on_both_sides_of_a_change() -> None:
    out = guarded(np.zeros(10, np.int64), np.array([0] * 5 + [1] * 5), gap=2)
    assert np.flatnonzero(out).tolist() == [3, 4, 5, 6]


def test_validation_groups_of_a_fold_are_whole_and_apart_from_training_and_test() -> None:
    samples = made_up()
    split = grouped_split(samples, random_correlations(len(samples), 6, 1), threshold=0.9, gap=3)
    for fold in range(5):
        parts = fold_split(split, fold)
        groups = [{split.groups[name] for name in part} for part in (parts.train, parts.validation, parts.test)]
        assert sum(len(part) for part in groups) == len(set.union(*groups))
        assert set(parts.test) == {name for group in split.folds[fold] for name in group}


def test_validation_of_every_fold_has_both_classes_in_about_their_shares() -> None:
    samples = made_up()
    split = grouped_split(samples, random_correlations(len(samples), 6, 1), threshold=0.9, gap=3)
    for fold in range(5):
        validation = fold_split(split, fold).validation
        covid = sum(name.startswith("COVID") for name in validation) / len(validation)
        assert 0.3 < covid < 0.7


@pytest.mark.parametrize("seed", range(4))
def test_every_fold_tests_both_classes(seed: int) -> None:
    samples = made_up(600)
    split = grouped_split(samples, random_correlations(len(samples), 12, seed), threshold=0.9, gap=5)
    for size in split.facts["fold_sizes"]:
        assert all(count > 20 for count in size.values())


def test_a_grouped_split_is_read_as_it_was_written(tmp_path: Path) -> None:
    samples = made_up()
    split = grouped_split(samples, random_correlations(len(samples), 6, 1), threshold=0.9, gap=3)
    write_grouped(split, tmp_path / "grouped.json")
    assert read_grouped(tmp_path / "grouped.json") == split


def test_a_random_split_is_not_taken_for_a_grouped_one() -> None:
    with pytest.raises(UnreadableFile, match="not a grouped split"):
        read_grouped(COMMITTED.with_name("random-80-10-10.json"))


def test_the_committed_folds_hold_every_slice_of_the_data_set_once() -> None:
    split = read_grouped(COMMITTED)
    names = [name for fold in split.folds for group in fold for name in group] + list(split.left_out)
    assert len(names) == len(set(names)) == 2481


def test_no_two_real_slices_in_two_committed_folds_correlate_above_the_recorded_threshold(data: Path) -> None:
    samples = labelled_samples(data / "sars-cov-2-ct")
    split = read_grouped(COMMITTED)
    folds = fold_of_each(split)
    place = np.array([folds.get(sample.name, -1) for sample in samples])
    alike = thumbnail_correlations(samples) > split.facts["threshold"]
    across = (place[:, None] != place) & (place[:, None] >= 0) & (place >= 0)
    assert not np.any(alike & across)
