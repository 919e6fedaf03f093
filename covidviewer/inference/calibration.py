"""From the network's probabilities to the score that is shown: a temperature and an offset of the log odds.

Both were found on the validation slices; Platt, "Probabilistic Outputs for Support Vector Machines" (1999). Pure
functions of arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FARTHEST_LOGIT = 30.0
"""float32 probabilities say nothing beyond this; a logit stays finite."""


def raw_logits(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log odds of the first class, (n,) in -30..30, of (n, 2) probabilities."""
    p = probabilities.astype(np.float64)
    with np.errstate(divide="ignore"):
        logits = np.log(p[:, 0]) - np.log(p[:, 1])
    return np.asarray(np.clip(logits, -FARTHEST_LOGIT, FARTHEST_LOGIT))


def calibrated_logits(
    probabilities: NDArray[np.float32], temperature: float, offset: float = 0.0
) -> NDArray[np.float64]:
    """Log odds of the first class, (n,): divided by the card's temperature (above 0), plus its offset."""
    return raw_logits(probabilities) / temperature + offset


def probability(logit: float) -> float:
    """Probability 0..1 of a log odds; the inverse is log(p / (1 - p))."""
    return float(1.0 / (1.0 + np.exp(-logit)))
