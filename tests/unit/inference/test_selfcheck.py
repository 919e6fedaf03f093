"""The drawn inputs, and what passes."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from covidviewer.inference.classifier import Predictions
from covidviewer.inference.selfcheck import Expected, Tolerance, compare, synthetic_input

TOLERANCE = Tolerance(0.005, 0.02)
EXPECTED = Expected(np.array([0.3, 0.8], np.float32), np.full((2, 16), 2.0, np.float32))


def predictions(p: float = 0.3, factor: float = 1.0, cell: float = 0.0) -> Predictions:
    """What is expected, but for the first input."""
    probabilities = np.array([[p, 1 - p], [0.8, 0.2]], np.float32)
    features = EXPECTED.features.copy()
    features[0] *= factor
    return Predictions(probabilities, features, np.full((2, 7, 7, 16), cell, np.float32))


def test_the_expected_values_pass() -> None:
    assert compare(predictions(), EXPECTED, TOLERANCE).passed


@pytest.mark.parametrize(
    "wrong", [predictions(p=0.31), predictions(factor=1.03), predictions(cell=np.nan), predictions(p=np.nan)]
)
def test_one_wrong_input_fails(wrong: Predictions) -> None:
    assert not compare(wrong, EXPECTED, TOLERANCE).passed


def test_features_in_another_order_fail_though_their_length_is_the_same() -> None:
    rising = Expected(EXPECTED.probabilities, np.tile(np.arange(16, dtype=np.float32), (2, 1)))
    turned = Predictions(predictions().probabilities, rising.features[:, ::-1], predictions().feature_maps)
    assert not compare(turned, rising, TOLERANCE).passed


def test_the_errors_are_the_largest_ones() -> None:
    outcome = compare(predictions(p=0.35, factor=0.9), EXPECTED, TOLERANCE)
    assert outcome.max_probability_error == pytest.approx(0.05, abs=1e-6)
    assert outcome.max_feature_error == pytest.approx(0.1, abs=1e-6)


def test_drawn_inputs_are_the_same_bits_everywhere() -> None:
    drawn = np.stack([synthetic_input(seed) for seed in (0, 7)])
    digest = hashlib.sha256(drawn.astype("<f4").tobytes()).hexdigest()
    assert digest == "ee434042609d2b7a592b7369d96f5dff685c4ae84a383a07d66ae6765afcecb7"


def test_drawn_inputs_are_in_the_networks_range_and_differ() -> None:
    one, other = synthetic_input(1), synthetic_input(2)
    assert one.shape == (224, 224, 2)
    assert one.dtype == np.float32
    assert one[..., 0].min() >= 0
    assert one[..., 0].max() <= 1
    assert set(np.unique(one[..., 1])) == {0.0, 1.0}
    assert not np.array_equal(one, other)
