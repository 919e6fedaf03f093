"""Calibration on the validation slices: temperature and offset of the log odds; and the threshold of a call.

Platt, "Probabilistic Outputs for Support Vector Machines" (1999). Knows logits and labels only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from training.statistics.metrics import FLOAT32_END, Scores, Truth

LEAST_SLOPE = 0.05
ONE_HALF = 0.5
BELOW = 0.95
"""Share of clear lungs of another source that the threshold leaves uncalled."""


@dataclass(frozen=True)
class Calibration:
    """What turns a logit into a probability and a call.

    Attributes
    ----------
    temperature, offset
        The logit is divided by the first, then the second is added.
    threshold
        Calibrated probability from which a slice is called COVID; see `clear_threshold`.
    """

    temperature: float
    offset: float
    threshold: float = ONE_HALF

    def logits(self, logits: Scores) -> Scores:
        """(n,) calibrated log odds."""
        return np.asarray(logits / self.temperature + self.offset)

    def probability(self, logits: Scores) -> Scores:
        """(n,) calibrated probability of COVID."""
        return sigmoid(self.logits(logits))


def sigmoid(logit: Scores) -> Scores:
    """1 / (1 + exp(-logit)), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(np.asarray(logit, np.float64) / 2)))


def logit_of(probability: Scores) -> Scores:
    """Log odds; probabilities are kept `FLOAT32_END` away from 0 and 1."""
    clipped = np.clip(np.asarray(probability, np.float64), FLOAT32_END, 1 - FLOAT32_END)
    return np.asarray(np.log(clipped) - np.log1p(-clipped))


def fit_line(covid: Truth, logit: Scores) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of the truth on the logit (1 and 0 when perfectly calibrated)."""

    sign = np.where(covid, -1.0, 1.0)

    def loss(line: Scores) -> float:
        """Mean negative log likelihood in its smooth form, log(1 + exp(-z)), beside a pull that keeps it finite."""
        return float(np.logaddexp(0, sign * (line[0] * logit + line[1])).mean()) + 1e-6 * float(line @ line)

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(intercept)


def fit(covid: Truth, logit: Scores) -> Calibration:
    """Calibrate on validation slices: the regression line of the truth on the logit is temperature and offset.

    A temperature alone is not enough: synthetic opacities change the share of COVID in training, which shifts all
    logits alike. The line crosses one half where a slice is called COVID, and is steadier than the most accurate cut
    between two slices. A line that does not rise (scores no better than chance) is left out.
    """
    slope, intercept = fit_line(covid, logit)
    if slope < LEAST_SLOPE:
        slope, intercept = 1.0, 0.0
    return Calibration(1 / slope, intercept)


def clear_threshold(probability: Scores, below: float = BELOW) -> float:
    """The threshold below which at least this share of clear lungs stays.

    Parameters
    ----------
    probability
        (n,) calibrated probabilities of COVID of clear lungs, at least one: those of another source than the labelled
        slices, since every model is sure of its own.
    below
        The share.

    Returns
    -------
    The lowest such threshold, and never below one half: where the probability says that COVID is the less likely, no
    slice is called so.
    """
    ordered = np.sort(np.asarray(probability, np.float64))
    uncalled = math.ceil(below * len(ordered) - 1e-9)
    return max(ONE_HALF, float(np.nextafter(ordered[uncalled - 1], 1.0)))
