"""The Dense head, fitted once more on what the exported body computes: in int8, by each engine.

Rounding to int8 moves features, in each engine in its own way, and whole scores with them. The head alone is a logistic
regression, so it is fitted to all of them at once, in seconds, where more epochs of the whole network take hours. Knows
features and labels only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from training.calibrate import Calibration, fit
from training.metrics import Scores

STRENGTHS = (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1)
"""Inverse of the penalty on the weights, from stiff to free."""
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


def fit_head(features: Features, covid: Labels, strength: float) -> Head:
    """Logistic regression on standardised features, written as a Dense layer of two outputs.

    Parameters
    ----------
    features
        (n, channels) float32 pooled features.
    covid
        (n,) bool, the truth.
    strength
        Inverse of the L2 penalty.
    """
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=MOST_STEPS))
    pipeline.fit(features.astype(np.float64), covid)
    scaler, regression = pipeline
    direction = regression.coef_[0] / scaler.scale_
    offset = float(regression.intercept_[0] - direction @ scaler.mean_)
    kernel, bias = np.stack([direction, -direction], axis=1) / 2, np.array([offset, -offset]) / 2
    return Head(kernel.astype(np.float32), bias.astype(np.float32))


def slice_losses(covid: Labels, probability: Scores) -> Scores:
    """(n,) negative log likelihood of each slice."""
    return np.asarray(-np.log(np.clip(np.where(covid, probability, 1 - probability), 1e-12, 1)))


def fit_heads(
    training: Sequence[Features], training_covid: Labels, validation: Sequence[Features], validation_covid: Labels
) -> FittedHeads:
    """Fit the head to several engines at once: the features that each computes of a slice are one more sample of it.

    Their rounding alone shifted whole scores by a logit; a head fitted to both meets both half-way.

    Parameters
    ----------
    training, validation
        One (n, channels) array an engine, of the same slices in the same order.
    training_covid, validation_covid
        (n,) bool, the truth.
    """
    known, asked = np.concatenate(training), np.concatenate(validation)
    known_covid = np.tile(training_covid, len(training))
    asked_covid = np.tile(validation_covid, len(validation))
    heads = {strength: fit_head(known, known_covid, strength) for strength in STRENGTHS}
    lines = {strength: fit(asked_covid, head.logits(asked)) for strength, head in heads.items()}

    losses = {
        strength: slice_losses(asked_covid, lines[strength].probability(head.logits(asked)))
        for strength, head in heads.items()
    }
    least = min(losses.values(), key=np.mean)
    bearable = least.mean() + least.std() / np.sqrt(len(validation_covid))
    best = next(strength for strength in STRENGTHS if losses[strength].mean() <= bearable)
    final = fit_head(np.concatenate([known, asked]), np.concatenate([known_covid, asked_covid]), best)
    return FittedHeads(final, heads[best], best, lines[best])
