"""A network against baselines on the same slices: what is known of two equal, two opposite and two nested scorers."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tests.unit.training.reporting.made_up_metrics import made_up_scores
from training.data.grouped import GroupedSplit
from training.data.samples import Sample
from training.evaluation import baselines
from training.evaluation.baselines import METHODS, out_of_fold_scores
from training.evaluation.comparison import paired_differences
from training.evaluation.measures import Scored, measured
from training.evaluation.score_files import write_out_of_fold
from training.statistics.calibration import Calibration, sigmoid

PLAIN = Calibration(1.0, 0.0)


@pytest.fixture(scope="module")
def scored() -> Scored:
    return made_up_scores(240, 7, separation=1.0, groups=24)


def of(scored: Scored, logits: np.ndarray) -> dict[str, float]:
    return {name: float(p) for name, p in zip(scored.names, sigmoid(logits), strict=True) if np.isfinite(p)}


def quiet(_: str) -> None:
    """Say nothing."""


def test_a_floor_with_our_own_scores_differs_by_nothing_in_every_resample(scored: Scored) -> None:
    """Unpaired intervals of two such methods would be wide."""
    row = paired_differences(scored, {"same": of(scored, scored.logits)}, quiet)["same"]
    assert row["accuracy"] == [0, 0, 0]
    assert row["auroc"] == [0, 0, 0]
    assert (row["n"], row["n_both"]) == (240, 238)


def test_the_difference_is_that_of_scikit_learns_areas_and_of_counted_calls(scored: Scored) -> None:
    other = scored.logits + np.random.default_rng(1).normal(0, 3, 240)
    row = paired_differences(scored, {"noisy": of(scored, other)}, quiet)["noisy"]
    has, truth = scored.accepted, scored.covid
    areas = [roc_auc_score(truth[has], logits[has]) for logits in (scored.logits, other)]
    assert row["auroc"][0] == pytest.approx(areas[0] - areas[1], abs=1e-5)
    right = [np.sum((logits[has] >= 0) == truth[has]) / 240 for logits in (scored.logits, other)]
    assert row["accuracy"][0] == pytest.approx(right[0] - right[1], abs=1e-5)
    value, low, high = (one or 0.0 for one in row["auroc"])
    assert low < value < high


def test_a_slice_without_a_floors_score_counts_against_the_floor_and_not_in_the_ranking(scored: Scored) -> None:
    theirs = of(scored, scored.logits)
    for name in scored.names[2:26]:
        del theirs[name]
    row = paired_differences(scored, {"partial": theirs}, quiet)["partial"]
    lost = np.sum(((scored.logits >= 0) == scored.covid)[2:26])
    assert row["accuracy"][0] == pytest.approx(lost / 240, abs=1e-5)
    assert (row["auroc"][0], row["n_both"]) == (0, 214)


def test_the_interval_is_of_groups_and_wider_than_of_slices() -> None:
    """Ten groups, in each of which one of the two methods is always right and the other always wrong."""
    count, groups = 200, 10
    labels = np.arange(count) % 2
    which = np.arange(count) // (count // groups)
    sure = np.where(labels == 0, 4.0, -4.0)
    ours, theirs = np.where(which < 6, sure, -sure), np.where(which < 6, -sure, sure)
    names = tuple(str(at) for at in range(count))
    clustered = Scored(names, tuple(str(one) for one in which), labels, ours, ("",) * count)
    by_group = paired_differences(clustered, {"other": of(clustered, theirs)}, quiet)["other"]["accuracy"]
    alone = replace(clustered, groups=names)
    by_slice = paired_differences(alone, {"other": of(alone, theirs)}, quiet)["other"]["accuracy"]
    assert by_group[0] == by_slice[0] == pytest.approx(0.2)
    widths = [(high or 0.0) - (low or 0.0) for _, low, high in (by_group, by_slice)]
    assert widths[0] > 2 * widths[1] > 0


def test_wilsons_interval_is_for_independent_slices_alone(scored: Scored) -> None:
    assert measured(scored, PLAIN)["intervals"] == "bootstrap over groups"
    alone = replace(scored, groups=scored.names)
    assert measured(alone, PLAIN)["intervals"].startswith("Wilson")


def test_the_scores_of_the_folds_give_back_the_area_that_is_told(scored: Scored, tmp_path: Path) -> None:
    half, other = (
        Scored(scored.names[at], scored.groups[at], scored.labels[at], scored.logits[at], scored.reasons[at])
        for at in (slice(120), slice(120, None))
    )
    write_out_of_fold([half, other], tmp_path / "scores.csv")
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["name", "label", "group", "fold", "score"]
    assert [row["fold"] for row in rows] == ["0"] * 120 + ["1"] * 120
    assert [row["score"] for row in rows[:2]] == ["", ""]  # refused
    known = rows[2:]
    area = roc_auc_score([row["label"] == "COVID" for row in known], [float(row["score"]) for row in known])
    assert area == pytest.approx(measured(scored, PLAIN)["auroc"][0], abs=1e-4)


def test_out_of_fold_each_slice_is_scored_by_what_saw_only_the_other_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neighbours are of the other class and of other folds: right is only who has seen the slice itself."""
    names = [f"{at}.png" for at in range(20)]
    samples = [Sample(name, Path(name), at % 2) for at, name in enumerate(names)]
    numbers = {name: np.array([float(at)]) for at, name in enumerate(names)}
    monkeypatch.setattr(baselines, "features_of", lambda *_: numbers)
    folds = tuple((tuple(names[fold::5]),) for fold in range(5))
    own = {"1-NN on thumbnails": METHODS["1-NN on thumbnails"]}
    scores = out_of_fold_scores(own, samples, GroupedSplit(folds, (), {}))["1-NN on thumbnails"]
    assert [scores[one.name] >= 0.5 for one in samples] == [one.label == 1 for one in samples]
