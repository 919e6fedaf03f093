"""How much the grouped figures depend on how groups are made.

Three thresholds times three gaps, with methods that need no training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from training.data.grouped import Correlations, fold_split, grouped_split
from training.data.likeness import LungLikeness
from training.data.samples import Sample
from training.evaluation.baselines import METHODS, features_of, grouped_scores
from training.statistics.metrics import area_under_roc

THRESHOLDS = (0.92, 0.95, 0.97)
GAPS = (0, 5, 10)
SHOWN = ("15-NN on thumbnails", "opacity numbers")


def sensitivity(
    samples: Sequence[Sample], correlations: Correlations, lungs: LungLikeness, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """One row per threshold and gap.

    Groups, slices left out, largest correlation across folds, AUC of each method of `SHOWN`.
    """
    features = {name: features_of(METHODS[name].feature, samples) for name in SHOWN}
    truth = {sample.name: sample.label == 0 for sample in samples}
    rows = []
    for threshold in THRESHOLDS:
        for gap in GAPS:
            split = grouped_split(samples, correlations, threshold, gap, lungs)
            row: dict[str, Any] = {
                key: split.facts[key]
                for key in ("threshold", "gap", "groups", "left_out", "largest_correlation_across_folds")
            }
            folds = [fold_split(split, fold) for fold in range(len(split.folds))]
            for name in SHOWN:
                scores = grouped_scores(METHODS[name], features[name], truth, folds)
                tested = list(scores)
                row[name] = round(
                    area_under_roc(np.array([truth[one] for one in tested]), np.array([scores[one] for one in tested])),
                    4,
                )
            say(", ".join(f"{key} {value}" for key, value in row.items()))
            rows.append(row)
    return rows
