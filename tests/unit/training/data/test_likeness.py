"""Slices of one patient are found by their lungs, whatever the crop."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from training.data.framed import CANVAS_SIZE, Canvases
from training.data.grouped import read_grouped
from training.data.likeness import SHIFT, correlations, lung_likeness

COMMITTED = Path(__file__).parents[4] / "training" / "splits" / "grouped-5-fold.json"
KNOWN_TWINS = (("COVID/Covid (1).png", "COVID/Covid (395).png"), ("COVID/Covid (415).png", "COVID/Covid (1252).png"))
"""One patient each, adjacent slices, obvious to the eye."""


def lungs(rng: np.random.Generator) -> np.ndarray:
    """A canvas full of blobs as of vessels."""
    noise = gaussian_filter(rng.standard_normal((CANVAS_SIZE, CANVAS_SIZE)), 6)
    return np.asarray(np.clip(128 + 40 * noise / noise.std(), 0, 255), np.uint8)


@pytest.fixture
def canvases() -> Canvases:
    """Eight patients, four of each class; the ninth slice is the first again, moved by a few pixels and darker."""
    rng = np.random.default_rng(0)
    density = [lungs(rng) for _ in range(8)]
    density.append(np.clip(np.roll(density[0], (6, -5), (0, 1)).astype(float) * 0.8 + 10, 0, 255).astype(np.uint8))
    hull = np.zeros((9, CANVAS_SIZE, CANVAS_SIZE), np.uint8)
    hull[:, 40:280, 40:280] = 255
    return Canvases(tuple("abcdefghi"), np.array([0, 0, 0, 0, 1, 1, 1, 1, 0]), np.stack(density), hull, ())


def test_a_slice_is_like_itself_moved_and_darkened_and_like_no_other(canvases: Canvases) -> None:
    found = lung_likeness(canvases, canvases.names)
    joined = found.joins(canvases.labels)
    assert joined[0, 8]
    assert joined[8, 0]
    assert joined.sum() == 2


def test_the_threshold_is_what_pairs_of_different_classes_reach(canvases: Canvases) -> None:
    found = lung_likeness(canvases, canvases.names)
    across = found.values[np.ix_(canvases.labels == 0, canvases.labels == 1)]
    assert across.max() == pytest.approx(found.threshold, abs=1e-3)
    assert not found.joins(canvases.labels)[np.ix_(canvases.labels == 0, canvases.labels == 1)].any()


def test_a_slice_without_lungs_is_like_none(canvases: Canvases) -> None:
    found = lung_likeness(canvases, (*canvases.names, "unframed"))
    assert found.values.shape == (10, 10)
    assert np.all(found.values[-1] == -1)
    assert np.all(found.values[:, -1] == -1)


def test_likeness_is_pearsons_correlation_at_the_best_shift() -> None:
    rng = np.random.default_rng(1)
    first = rng.standard_normal((64, 64)).astype(np.float32)
    second = np.roll(first, (SHIFT, -1), (0, 1)) + rng.standard_normal((64, 64)).astype(np.float32)
    wanted = max(
        np.corrcoef(first.ravel(), np.roll(second, (rows, columns), (0, 1)).ravel())[0, 1]
        for rows in range(-SHIFT, SHIFT + 1)
        for columns in range(-SHIFT, SHIFT + 1)
    )
    assert correlations(np.stack([first, second]))[0, 1] == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("twins", KNOWN_TWINS)
def test_slices_known_to_be_of_one_patient_do_not_stand_in_two_committed_folds(twins: tuple[str, str]) -> None:
    split = read_grouped(COMMITTED)
    folds = {name: number for number, fold in enumerate(split.folds) for group in fold for name in group}
    assert len({folds[name] for name in twins if name in folds}) <= 1
