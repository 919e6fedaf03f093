"""How far an engine's int8 results lie from Keras' float32, and the self-check's expected values. NumPy only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.calibration import raw_logits
from covidviewer.inference.classifier import Predictions
from training.statistics.calibration import Calibration

SEEDS_KEPT = 4
CANDIDATES = 48
"""Drawn inputs among which the self-check's are chosen."""


def agreement(found: Predictions, wanted: Predictions, calibration: Calibration) -> dict[str, float | int]:
    """Differences of one engine from float32 on the same slices, of JSON types.

    "probability": of the calibrated score; "features": length of the difference relative to the features' own length;
    "labels_changed": slices on the other side of the threshold.
    """
    scores = [calibration.probability(raw_logits(some.probabilities)) for some in (found, wanted)]
    difference = np.abs(scores[0] - scores[1])
    features = feature_distances(found.features, wanted.features)
    return {
        "slices": len(difference),
        "max_probability_difference": round(float(difference.max()), 5),
        "mean_probability_difference": round(float(difference.mean()), 5),
        "max_feature_difference": round(float(features.max()), 5),
        "mean_feature_difference": round(float(features.mean()), 5),
        "labels_changed": int(((scores[0] >= calibration.threshold) != (scores[1] >= calibration.threshold)).sum()),
    }


def feature_distances(found: NDArray[np.float32], wanted: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n,) lengths of the differences of (n, channels), relative to the wanted ones' lengths."""
    wide = wanted.astype(np.float64)
    return np.asarray(np.linalg.norm(found - wide, axis=1) / np.maximum(np.linalg.norm(wide, axis=1), 1e-6))


def discriminative_seeds(probabilities: NDArray[np.float32], count: int = SEEDS_KEPT) -> tuple[int, ...]:
    """Which candidates to keep: their log odds spread over the candidates' range, none of them at its ends.

    Parameters
    ----------
    probabilities
        (candidates, 2) float32; the candidates' seeds are their indices.
    """
    order = np.argsort(raw_logits(probabilities))
    places = np.linspace(0.1, 0.9, count) * (len(order) - 1)
    return tuple(sorted(int(order[round(place)]) for place in places))


def expected_entry(found: Predictions, wanted: Predictions) -> dict[str, Any]:
    """One engine's entry of the card's self-check."""
    return {
        "probabilities": rounded(found.probabilities[:, 0]),
        "feature_norms": rounded(np.linalg.norm(found.features, axis=1)),
        "from_float32": {
            "probability": round(float(np.abs(found.probabilities - wanted.probabilities).max()), 5),
            "features": round(float(feature_distances(found.features, wanted.features).max()), 5),
        },
    }


def rounded(values: Sequence[float] | NDArray[Any]) -> list[float]:
    """Numbers as they stand in the card."""
    return [round(float(value), 6) for value in values]
