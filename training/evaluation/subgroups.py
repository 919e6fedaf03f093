"""Figures by thirds of what is known of a slice: its size and its brightness."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.data.framed import as_grey, read_sample
from training.data.samples import Sample
from training.evaluation.measures import Scored, called
from training.evaluation.metrics_file import Subgroup
from training.statistics.calibration import Calibration
from training.statistics.intervals import Interval, clustered_share, wilson
from training.statistics.metrics import area_under_roc


def subgroups(samples: Sequence[Sample], scored: Scored, calibration: Calibration) -> list[Subgroup]:
    """Accuracy and AUROC by thirds of picture size and of mean brightness."""
    pictures = [as_grey(read_sample(sample)).values for sample in samples]
    probability = calibration.probability(scored.logits)
    right = called(probability, scored.covid, calibration.threshold) == scored.covid
    rows: list[Subgroup] = []
    numbers = {
        "picture size": np.array([picture.size for picture in pictures]),
        "mean brightness": np.array([picture.mean() for picture in pictures]),
    }
    for name, values in numbers.items():
        edges = np.quantile(values, (1 / 3, 2 / 3))
        place = np.searchsorted(edges, values)
        for third, word in enumerate(("smallest third", "middle third", "largest third")):
            at = place == third
            if not at.any():
                continue
            area = area_under_roc(scored.covid[at & scored.accepted], probability[at & scored.accepted])
            rows.append(
                {
                    "name": f"{name}, {word}",
                    "n": int(at.sum()),
                    "accuracy": share_right(right[at], scored, np.flatnonzero(at)).as_json(),
                    "auroc": round(area, 5),
                }
            )
    return rows


def share_right(right: NDArray[np.bool_], scored: Scored, places: NDArray[np.intp]) -> Interval:
    """Accuracy on some slices: over their groups, or Wilson's where slices are independent."""
    if scored.clustered:
        return clustered_share(right.tolist(), [scored.groups[at] for at in places])
    return wilson(int(right.sum()), len(right))
