"""Is what an engine computes right? Drawn inputs of fixed seeds, and what the model's makers saw come out for them.

The inputs are drawn here, in the form that the network takes, and not by `phantom.slices`: the card's expected
values then depend on the network and this file alone, and neither a better phantom nor a better framing makes a good
model look broken. Only additions, products, quotients and integers of NumPy's frozen generator (NEP 19) are used, so
every platform draws the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.classifier import Classifier, Predictions

SIZE = 224
DENSITY_LEVELS = 160
"""Densities are drawn in steps of 1/160: whole numbers until the last division."""


@dataclass(frozen=True)
class Tolerance:
    """How far an engine may be off: largest difference of probability, and of features relative to their length."""

    probability: float
    features: float


@dataclass(frozen=True, eq=False)
class Expected:
    """What came out for each seed, in the card's order.

    Attributes
    ----------
    probabilities
        (n,) float32 of the first class.
    features
        (n, channels) float32.
    """

    probabilities: NDArray[np.float32]
    features: NDArray[np.float32]


@dataclass(frozen=True)
class CheckOutcome:
    """How far an engine was off on its worst input, and whether that is within the tolerance."""

    max_probability_error: float
    max_feature_error: float
    passed: bool


def check(classifier: Classifier, seeds: tuple[int, ...], expected: Expected, tolerance: Tolerance) -> CheckOutcome:
    """Run the drawn inputs through an engine, on the engine's thread, and compare.

    Raises `DeviceUnavailable` when the device is lost meanwhile.
    """
    inputs = np.stack([synthetic_input(seed) for seed in seeds])
    return compare(classifier.predict(inputs), expected, tolerance)


def compare(predictions: Predictions, expected: Expected, tolerance: Tolerance) -> CheckOutcome:
    """The outcome for predictions of the first inputs of `expected`; values that are not finite fail."""
    count = len(predictions.probabilities)
    wanted = expected.features[:count].astype(np.float64)
    off = np.linalg.norm(predictions.features - wanted, axis=1) / np.maximum(np.linalg.norm(wanted, axis=1), 1e-6)
    probability_error = float(np.abs(predictions.probabilities[:, 0] - expected.probabilities[:count]).max())
    feature_error = float(off.max())
    passed = probability_error <= tolerance.probability and feature_error <= tolerance.features
    finite = bool(np.isfinite(predictions.feature_maps).all())
    return CheckOutcome(probability_error, feature_error, passed and finite)


def synthetic_input(seed: int) -> NDArray[np.float32]:
    """A rough chest in the network's own terms: two lungs, vessels, sometimes opacities.

    Returns
    -------
    (224, 224, 2) float32: density, 0 for lung air and 1 for soft tissue; and the lungs' hull.
    """
    stream = np.random.RandomState(seed)
    rows, columns = np.mgrid[:SIZE, :SIZE].astype(np.int64)

    def number(low: int, high: int) -> int:
        return int(stream.randint(low, high, dtype=np.int64))

    def grain(low: int, high: int) -> NDArray[np.int64]:
        return stream.randint(low, high, (SIZE, SIZE), dtype=np.int64)

    def ellipse(row: int, column: int, high: int, wide: int) -> NDArray[np.bool_]:
        inside = (rows - row) ** 2 * wide**2 + (columns - column) ** 2 * high**2 <= (high * wide) ** 2
        return np.asarray(inside)

    hull = np.zeros((SIZE, SIZE), bool)
    for centre in (60, 164):
        hull |= ellipse(number(104, 121), centre + number(-6, 7), number(70, 100), number(36, 50))
    density = np.where(hull, grain(8, 30), DENSITY_LEVELS)
    for _ in range(number(20, 60)):
        vessel = ellipse(number(20, 204), number(20, 204), number(2, 6), number(2, 6))
        density = np.where(vessel & hull, number(110, DENSITY_LEVELS), density)
    for _ in range(number(0, 7)):
        patch = ellipse(number(30, 194), number(30, 194), number(8, 34), number(8, 34))
        density = np.where(patch & hull, np.maximum(density, number(40, 110) + grain(0, 24)), density)
    return np.stack([density / DENSITY_LEVELS, hull.astype(np.float64)], axis=-1).astype(np.float32)
