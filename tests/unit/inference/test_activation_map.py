"""The activation map adds up to the score, by either pooling, and is drawn inside of the lungs alone."""

from __future__ import annotations

import numpy as np
import pytest

from covidviewer.imaging.lungs.box import Box
from covidviewer.inference.activation_map import lung_cells, lungs_map, maximum_map, on_slice

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


HULL = np.zeros((224, 224), np.float32)
HULL[40:190, 20:100] = HULL[40:190, 120:200] = 1


def test_the_cells_of_a_map_over_the_lungs_add_up_to_the_log_odds_less_the_bias() -> None:
    """The features written out pixel by pixel: the mean of each pixel's cell over the pixels of the hull."""
    rows, columns = np.nonzero(HULL)
    features = FEATURE_MAP[rows // 32, columns // 32].mean(axis=0, dtype=np.float64)
    logits = features @ KERNEL
    cells = lungs_map(FEATURE_MAP, lung_cells(HULL, 7), KERNEL, temperature=1.7)
    assert cells.sum() == pytest.approx((logits[0] - logits[1]) / 1.7, abs=1e-4)
    assert not cells[0].any()  # no row of the hull
    assert not cells[6].any()


def test_a_cell_with_half_as_much_lung_counts_half() -> None:
    feature_map = np.full((7, 7, 1), 4.0, np.float32)
    cells = np.zeros((7, 7), np.float32)
    cells[2, 2], cells[2, 3] = 1.0, 0.5
    found = lungs_map(feature_map, cells, np.array([[0.5, -0.5]], np.float32))
    assert (found[2, 2], found[2, 3]) == (pytest.approx(4 / 1.5), pytest.approx(2 / 1.5))


def test_without_lungs_the_map_is_empty() -> None:
    assert not lungs_map(FEATURE_MAP, np.zeros((7, 7), np.float32), KERNEL).any()


def test_on_the_slice_a_cell_has_its_value_at_its_centre_and_nothing_lies_outside_of_lungs_and_box() -> None:
    heat = np.arange(49, dtype=np.float32).reshape(7, 7) + 1
    lungs = np.ones((100, 90), np.uint8)
    lungs[:, 50:] = 0
    drawn = on_slice(heat, Box(10, 5, 80, 75), lungs)  # cells of 10 pixels
    assert drawn.shape == (100, 90)
    assert drawn[24:26, 19:21].mean() == pytest.approx(heat[1, 1])
    assert drawn[44:46, 39:41].mean() == pytest.approx(heat[3, 3])
    assert drawn[45, 44:46].mean() == pytest.approx((heat[3, 3] + heat[3, 4]) / 2, abs=0.4)
    assert (drawn[10, 5], drawn[79, 5]) == (heat[0, 0], heat[6, 0])
    inside = np.zeros((100, 90), bool)
    inside[10:80, 5:50] = True
    np.testing.assert_array_equal(drawn > 0, inside)
