"""Fits the out-of-distribution detector: the training features' cloud, and from where on slices are rejected.

NumPy only. The features come from the file that is shipped, as each engine computes them, since the detector will see
those: the program changes from one engine to another within a series, and a cloud of LiteRT's features alone has
refused all slices with OpenVINO.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.inference.input_checks import OodDetector

RANK = 32
REFUSED = 0.005
"""Share of known chest slices that the limit turns away."""
QUIET = 0.5
"""Least standard deviation of a channel, relative to the median one.

Engines round nearly silent channels differently: with 1e-3 here OpenVINO refused slices that LiteRT scored (13 of 120).
"""


def fit_ood_detector(
    training: NDArray[np.float32], held_out: NDArray[np.float32], rank: int = RANK, refused: float = REFUSED
) -> OodDetector:
    """Fit on training slices, set the limit on others.

    Parameters
    ----------
    training
        (n, channels) pooled features, n well above `rank`.
    held_out
        (m, channels) features of chest slices that were not trained on; the limit is their 1 - `refused` quantile,
        plus 5 %.
    rank
        Directions that are kept; the rest is summed up in one number.
    refused
        Share of `held_out` beyond the limit.

    Raises `UnreadableFile` when there are not more training slices than directions.
    """
    if len(training) <= rank:
        raise UnreadableFile(
            "{count} features of training slices cannot hold the detector's {rank} directions; train on more slices.",
            count=len(training),
            rank=rank,
        )
    roots = np.sqrt(np.maximum(training.astype(np.float64), 0.0))
    mean = roots.mean(axis=0)
    spread = roots.std(axis=0)
    scale = np.maximum(spread, max(QUIET * float(np.median(spread)), 1e-6))
    centred = (roots - mean) / scale
    _, singular, directions = np.linalg.svd(centred, full_matrices=False)
    basis = directions[:rank].T
    variances = singular[:rank] ** 2 / len(training)
    rest = float((centred**2).sum(axis=1).mean() - variances.sum())
    ood_detector = OodDetector(
        mean.astype(np.float32),
        scale.astype(np.float32),
        basis.astype(np.float16).astype(np.float32),
        variances.astype(np.float32),
        max(rest, 1e-6),
        1.0,
    )
    limit = float(np.quantile(ood_detector.distances(held_out), 1 - refused)) * 1.05
    return OodDetector(
        ood_detector.mean, ood_detector.scale, ood_detector.basis, ood_detector.variances, ood_detector.rest, limit
    )
