"""The Dense head, fitted once more on what the exported body computes: in int8, by each engine.

Rounding to int8 moves features, in each engine in its own way, and whole scores with them. The head alone is a logistic
regression, so it is fitted to all of them at once, in seconds, where more epochs of the whole network take hours. It
starts from the head that training left: what was learnt with augmentation and drawn opacities, the slices of one data
set may correct and not replace. Knows features and labels only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from training.statistics.calibration import Calibration, fit, sigmoid
from training.statistics.metrics import Scores

STRENGTHS = (0.0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1)
"""Inverse of the penalty on the correction, from stiff to free; 0 leaves the trained head its direction."""
LEAST_SPREAD = 1e-6
MOST_STEPS = 5000

Features = NDArray[np.float32]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Head:
    """softmax(features @ kernel + bias): `kernel` (channels, 2) and `bias` (2,) float32; columns COVID, non-COVID."""

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, features: Features) -> NDArray[np.float64]:
        """(n,) log odds of COVID of (n, channels) features."""
        kernel, bias = self.kernel.astype(np.float64), self.bias.astype(np.float64)
        return np.asarray(features @ (kernel[:, 0] - kernel[:, 1]) + (bias[0] - bias[1]))


@dataclass(frozen=True, eq=False)
class FittedHeads:
    """What `fit_heads` found.

    Attributes
    ----------
    final
        Fitted on training and validation slices: the one that is shipped.
    held_out
        The same fitted on the training slices alone: what validation is measured with.
    strength
        Of both: the stiffest whose loss on validation lies within one standard error of the least (Breiman et al.,
        "Classification and Regression Trees", 1984). A freer head gains little there and loses on other sources.
    calibration
        Of `held_out` on validation; `final` has the same strength and so the same reach.
    """

    final: Head
    held_out: Head
    strength: float
    calibration: Calibration


def fit_head(features: Features, covid: Labels, strength: float, trained: Head) -> Head:
    """Logistic regression: a multiple of the trained head's log odds, an offset, and a correction of standardised
    features whose L2 norm is penalised.

    Parameters
    ----------
    features
        (n, channels) float32 pooled features.
    covid
        (n,) bool, the truth.
    strength
        Inverse of the penalty, one of `STRENGTHS`.
    trained
        The head that is corrected.
    """
    mean, spread = features.mean(axis=0, dtype=np.float64), features.std(axis=0, dtype=np.float64) + LEAST_SPREAD
    columns = [trained.logits(features)[:, None], np.ones((len(features), 1))]
    if strength:
        columns.append((features - mean) / spread)
    design = np.concatenate(columns, axis=1)
    penalty = np.zeros(design.shape[1])
    penalty[2:] = 1 / strength if strength else 0.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = design @ weights
        value = np.logaddexp(0, np.where(covid, -logits, logits)).sum() + (penalty * weights**2).sum() / 2
        return float(value), design.T @ (sigmoid(logits) - covid) + penalty * weights

    start = np.zeros(design.shape[1])
    start[0] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS}).x
    correction = found[2:] / spread if strength else np.zeros(features.shape[1])
    kernel, bias = trained.kernel.astype(np.float64), trained.bias.astype(np.float64)
    direction = found[0] * (kernel[:, 0] - kernel[:, 1]) + correction
    offset = found[0] * (bias[0] - bias[1]) + found[1] - correction @ mean
    return Head(
        (np.stack([direction, -direction], axis=1) / 2).astype(np.float32),
        (np.array([offset, -offset]) / 2).astype(np.float32),
    )


def slice_losses(covid: Labels, probability: Scores) -> Scores:
    """(n,) negative log likelihood of each slice."""
    return np.asarray(-np.log(np.clip(np.where(covid, probability, 1 - probability), 1e-12, 1)))


def fit_heads(
    training: Sequence[Features],
    training_covid: Labels,
    validation: Sequence[Features],
    validation_covid: Labels,
    trained: Head,
) -> FittedHeads:
    """Fit the head to several engines at once: the features that each computes of a slice are one more sample of it.

    Their rounding alone shifted whole scores by a logit; a head fitted to both meets both half-way.

    Parameters
    ----------
    training, validation
        One (n, channels) array an engine, of the same slices in the same order.
    training_covid, validation_covid
        (n,) bool, the truth.
    trained
        The head that training left.
    """
    known, asked = np.concatenate(training), np.concatenate(validation)
    known_covid = np.tile(training_covid, len(training))
    asked_covid = np.tile(validation_covid, len(validation))
    heads = {strength: fit_head(known, known_covid, strength, trained) for strength in STRENGTHS}
    lines = {strength: fit(asked_covid, head.logits(asked)) for strength, head in heads.items()}

    losses = {
        strength: slice_losses(asked_covid, lines[strength].probability(head.logits(asked)))
        for strength, head in heads.items()
    }
    least = min(losses.values(), key=np.mean)
    bearable = least.mean() + least.std() / np.sqrt(len(validation_covid))
    best = next(strength for strength in STRENGTHS if losses[strength].mean() <= bearable)
    final = fit_head(np.concatenate([known, asked]), np.concatenate([known_covid, asked_covid]), best, trained)
    return FittedHeads(final, heads[best], best, lines[best])
