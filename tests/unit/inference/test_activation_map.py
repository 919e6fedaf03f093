"""The activation map adds up to the score, and credits the cells where the maxima lie."""

from __future__ import annotations

import numpy as np
import pytest

from covidviewer.inference.activation_map import maximum_map

RANDOM = np.random.default_rng(3)
FEATURE_MAP = np.maximum(RANDOM.normal(size=(7, 7, 64)), 0).astype(np.float32)
KERNEL = RANDOM.normal(size=(64, 2)).astype(np.float32)


@pytest.mark.parametrize("temperature", [1.0, 2.5])
def test_the_cells_add_up_to_the_log_odds_less_the_bias(temperature: float) -> None:
    features = FEATURE_MAP.max(axis=(0, 1))
    logits = features @ KERNEL
    cells = maximum_map(FEATURE_MAP, KERNEL, temperature)
    assert cells.shape == (7, 7)
    assert cells.sum() == pytest.approx((logits[0] - logits[1]) / temperature, abs=1e-4)


def test_a_channel_speaks_from_the_cell_of_its_maximum_alone() -> None:
    feature_map = np.zeros((7, 7, 3), np.float32)
    feature_map[1, 2, 0], feature_map[1, 3, 0] = 5.0, 4.9
    feature_map[6, 6, 1] = 2.0
    kernel = np.array([[1, 0], [0, 1], [9, 0]], np.float32)
    wanted = np.zeros((7, 7), np.float32)
    wanted[1, 2], wanted[6, 6] = 5.0, -2.0
    np.testing.assert_allclose(maximum_map(feature_map, kernel), wanted)


def test_a_maximum_in_two_cells_is_shared_between_them() -> None:
    feature_map = np.zeros((7, 7, 1), np.float32)
    feature_map[0, 0] = feature_map[3, 3] = 4.0
    cells = maximum_map(feature_map, np.array([[1, 0]], np.float32))
    assert cells[0, 0] == cells[3, 3] == 2.0
