"""Calibration on the validation slices: temperature, decision threshold, operating points.

Knows logits and labels only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from training.metrics import Scores, Truth, log_loss


@dataclass(frozen=True)
class Calibration:
    """What turns a logit into a probability and a call.

    Attributes
    ----------
    temperature
        The logit is divided by it.
    threshold
        Calibrated probability from which a slice is called COVID.
    sensitive_threshold, specific_threshold
        The same for a sensitivity and a specificity of 95 % on validation.
    """

    temperature: float
    threshold: float
    sensitive_threshold: float
    specific_threshold: float


def sigmoid(logit: Scores) -> Scores:
    """1 / (1 + exp(-logit)), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(np.asarray(logit, np.float64) / 2)))


def logit_of(probability: Scores) -> Scores:
    """Log odds; probabilities are kept 1e-7 away from 0 and 1, where float32 ends."""
    clipped = np.clip(np.asarray(probability, np.float64), 1e-7, 1 - 1e-7)
    return np.asarray(np.log(clipped) - np.log1p(-clipped))


def fit_temperature(covid: Truth, logit: Scores) -> float:
    """The temperature in 0.05..20 with the least log loss."""
    found = minimize_scalar(
        lambda log_t: log_loss(covid, sigmoid(logit / np.exp(log_t))),
        bounds=(np.log(0.05), np.log(20)),
        method="bounded",
    )
    return float(np.exp(found.x))


def fit_line(covid: Truth, logit: Scores) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of the truth on the logit (1 and 0 when perfectly calibrated)."""

    def loss(line: Scores) -> float:
        return log_loss(covid, sigmoid(line[0] * logit + line[1])) + 1e-6 * float(line @ line)

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(intercept)


def fit(covid: Truth, logit: Scores) -> Calibration:
    """Calibrate on validation slices.

    The threshold is where the regression line of the truth on the logit crosses one half: drawn opacities change the
    share of COVID in
    training, which shifts all logits alike, and a line through all slices is steadier than the most accurate cut
    between two of them.
    """
    temperature = fit_temperature(covid, logit)
    slope, intercept = fit_line(covid, logit)
    middle = -intercept / slope if slope > 1e-3 else 0.0
    probability = sigmoid(logit / temperature)
    return Calibration(
        temperature,
        float(np.clip(sigmoid(np.array(middle / temperature)), 0.05, 0.95)),
        float(np.quantile(probability[covid], 0.05, method="lower")) if covid.any() else 0.5,
        float(np.nextafter(np.quantile(probability[~covid], 0.95, method="higher"), 1)) if (~covid).any() else 0.5,
    )
