"""Pictures that must be refused.

How many the framing refuses, and how far the rest lie from the training slices in feature space.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data.samples import Sample
from training.evaluation.scoring import score, with_lungs
from training.evaluation.scoring_model import ScoringModel
from training.statistics.metrics import area_under_roc, share

BORDERLINE = "ct-other"
Distance = Callable[[NDArray[np.float32]], NDArray[np.float64]]
"""(n, 2048) pooled features -> (n,) distance, 1.0 being the limit."""


def refusals(
    scoring_model: ScoringModel,
    kinds: Mapping[str, Sequence[Sample]],
    own: NDArray[np.float32],
    distance: Distance,
) -> dict[str, Any]:
    """Per kind: refused by the framing, refused by distance, AUROC of both gates together against our own test slices.

    `own` are the features (n, 2048) of the test slices, zeros where no lungs were found.
    A picture without lungs is infinitely far.
    The kind "ct-other" is borderline and left out of "all".
    """

    def far(framed: NDArray[np.bool_], features: NDArray[np.float32]) -> NDArray[np.float64]:
        result = np.full(len(framed), np.inf)
        if framed.any():
            result[framed] = distance(features[framed])
        return result

    ours = far(with_lungs(own), own)
    rows: dict[str, Any] = {"own test slices": row(with_lungs(own), ours, None)}
    pooled: list[NDArray[np.float64]] = []
    framed_of_all: list[NDArray[np.bool_]] = []
    for kind, samples in kinds.items():
        _, features = score(scoring_model, samples)
        framed = with_lungs(features)
        theirs = far(framed, features)
        rows[kind] = row(framed, theirs, ours)
        if kind != BORDERLINE:
            pooled.append(theirs)
            framed_of_all.append(framed)
    if pooled:
        rows["all"] = row(np.concatenate(framed_of_all), np.concatenate(pooled), ours)
    return rows


def row(framed: NDArray[np.bool_], far: NDArray[np.float64], ours: NDArray[np.float64] | None) -> dict[str, Any]:
    """Counts of one kind; AUROC against `ours`, None for our own."""
    refused = int(np.sum(far > 1))
    figures: dict[str, Any] = {
        "n": len(far),
        "no_lungs": int(np.sum(~framed)),
        "too_far": int(np.sum(framed & (far > 1))),
        "refused": refused,
        "refused_share": round(share(refused, len(far)), 5),
    }
    if ours is not None:
        truth = np.concatenate([np.ones(len(far), bool), np.zeros(len(ours), bool)])
        figures["auroc"] = round(area_under_roc(truth, np.concatenate([far, ours])), 5)
    return figures
