"""Is the heat where the lungs are, and does it depend on the weights? The report's checks of its own explanations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data.framed import read_sample
from training.data.samples import Sample
from training.evaluation.phantoms import PHANTOM_SEEDS, phantom
from training.evaluation.run_model import RunModel
from training.evaluation.scoring_model import ScoringModel
from training.network.config import Config
from training.network.network import classifier_of, weights_by_name

LOOKED_AT = 60
HALF = 0.5
"""Share of lung from which a cell is compared with that of random weights: outside of the lungs both may be empty."""


def inside_share(heat: NDArray[np.float32], hull: NDArray[np.float32]) -> float:
    """Share of the positive heat that falls on the lung hull; NaN without positive heat."""
    positive = np.maximum(heat, 0)
    return float((positive * hull).sum() / positive.sum()) if positive.sum() > 0 else float("nan")


def explanation(scoring_model: ScoringModel, config: Config, samples: Sequence[Sample]) -> dict[str, Any]:
    """Share of heat inside the lungs, correlation of heat with that of random weights, and scores of phantoms."""
    chosen = samples[:: max(1, len(samples) // LOOKED_AT)]
    pictures = [read_sample(sample) for sample in chosen]
    seen = scoring_model.predict(pictures, heat=True)
    untrained = RunModel(config, weights_by_name(classifier_of(config, config.phases[-1])), scoring_model.size)
    other = untrained.predict(pictures, heat=True)
    figures: dict[str, Any] = {"slices": len(chosen)}
    if seen.heat is not None and seen.hull is not None and other.heat is not None:
        good = np.isfinite(seen.logits)
        shares = [inside_share(heat, hull) for heat, hull in zip(seen.heat[good], seen.hull[good], strict=True)]
        looked_at = seen.hull[good] > HALF if config.framed else np.ones(seen.hull[good].shape, bool)
        alike = [
            np.corrcoef(first[inside], second[inside])[0, 1]
            for first, second, inside in zip(seen.heat[good], other.heat[good], looked_at, strict=True)
            if inside.any() and first[inside].std() > 0 and second[inside].std() > 0
        ]
        figures["median_share_of_heat_inside_lungs"] = finite_median(shares) if config.framed else None
        figures["median_share_of_area_inside_lungs"] = finite_median([float(hull.mean()) for hull in seen.hull[good]])
        figures["median_correlation_with_random_weights"] = finite_median(alike)
    pairs = [(phantom(seed, 0), phantom(seed, 6)) for seed in PHANTOM_SEEDS]
    clear, ill = (scoring_model.predict([pair[side] for pair in pairs]).logits for side in (0, 1))
    shown = scoring_model.predict(pairs[0], heat=True)
    if shown.heat is not None:
        figures["phantom_heat"] = [np.round(heat.astype(float), 3).tolist() for heat in shown.heat]
    figures["phantom_logits"] = {"clear": rounded(clear), "with opacities": rounded(ill)}
    return figures


def finite_median(values: Sequence[float]) -> float | None:
    """Median of the finite values, four digits; None when there are none."""
    finite = [value for value in values if np.isfinite(value)]
    return round(float(np.median(finite)), 4) if finite else None


def rounded(values: NDArray[np.float64]) -> list[float | None]:
    """Three digits; None for NaN."""
    return [round(float(value), 3) if np.isfinite(value) else None for value in values]
