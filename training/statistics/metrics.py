"""Figures from scores and labels: ranking, classification, calibration, decisions. Arrays in, numbers out.

Everywhere `covid` is (n,) bool, the truth, and `probability` (n,) float, of COVID. The area under the ROC curve is
computed here, not by scikit-learn, so that a bootstrap over thousands of resamples stays fast. Training's log uses the
same estimators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.bool_]
Scores = NDArray[np.float64]
PREVALENCES = (0.01, 0.05, 0.2, 0.5)
BINS = 10
FLOAT32_END = 1e-7
"""Distance from 0 and 1 that float32 probabilities are kept at: nearer ones say nothing."""


@dataclass(frozen=True)
class Confusion:
    """Counts, COVID being positive."""

    true_positive: int
    false_negative: int
    false_positive: int
    true_negative: int

    @property
    def total(self) -> int:
        """All slices."""
        return self.true_positive + self.false_negative + self.false_positive + self.true_negative

    @property
    def right(self) -> int:
        """Slices called by their label."""
        return self.true_positive + self.true_negative


def share(part: float, whole: float) -> float:
    """part / whole, NaN for an empty whole."""
    return part / whole if whole else float("nan")


def confusion(covid: Truth, called: Truth) -> Confusion:
    """Counts of truth against call."""
    return Confusion(
        int(np.sum(covid & called)),
        int(np.sum(covid & ~called)),
        int(np.sum(~covid & called)),
        int(np.sum(~covid & ~called)),
    )


def classification(counts: Confusion) -> dict[str, float]:
    """Accuracy, sensitivity, specificity, PPV, NPV, F1 and MCC of a confusion matrix; NaN where undefined."""
    tp, fn, fp, tn = counts.true_positive, counts.false_negative, counts.false_positive, counts.true_negative
    return {
        "accuracy": share(tp + tn, counts.total),
        "sensitivity": share(tp, tp + fn),
        "specificity": share(tn, tn + fp),
        "ppv": share(tp, tp + fp),
        "npv": share(tn, tn + fn),
        "f1": share(2 * tp, 2 * tp + fp + fn),
        "mcc": share(tp * tn - fp * fn, float(np.sqrt(float(tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)))),
    }


def area_under_roc(covid: Truth, score: Scores) -> float:
    """Probability that a COVID slice scores higher than another, ties counting half; NaN with one class only."""
    positives = int(covid.sum())
    negatives = len(covid) - positives
    if not positives or not negatives:
        return float("nan")
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    return float((ranks[covid].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(covid: Truth, score: Scores) -> float:
    """Area under the precision-recall curve as the sum of precision over steps of recall; NaN without a COVID slice."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(covid, score)) if covid.any() else float("nan")


def roc_curve(covid: Truth, score: Scores) -> tuple[Scores, Scores]:
    """False and true positive rates from (0, 0) to (1, 1), one point per distinct score; both classes must be there."""
    from sklearn.metrics import roc_curve as curve

    false, true, _ = curve(covid, score, drop_intermediate=False)
    return np.asarray(false), np.asarray(true)


def predictive_values(sensitivity: float, specificity: float) -> list[dict[str, float]]:
    """PPV and NPV that the same sensitivity and specificity give at prevalences of 1, 5, 20 and 50 %."""
    rows = []
    for prevalence in PREVALENCES:
        tp, fp = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
        tn, fn = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
        rows.append({"prevalence": prevalence, "ppv": share(tp, tp + fp), "npv": share(tn, tn + fn)})
    return rows


def reliability(covid: Truth, probability: Scores) -> list[dict[str, float]]:
    """Ten equal-width bins of probability: edges, count, mean probability and share of COVID.

    Empty bins are left out.
    """
    place = np.clip((probability * BINS).astype(int), 0, BINS - 1)
    return [
        {
            "low": index / BINS,
            "high": (index + 1) / BINS,
            "count": int(np.sum(place == index)),
            "mean_probability": float(probability[place == index].mean()),
            "covid_share": float(covid[place == index].mean()),
        }
        for index in range(BINS)
        if np.any(place == index)
    ]


def expected_calibration_error(covid: Truth, probability: Scores) -> float:
    """Mean distance between probability and share of COVID over the bins of `reliability`, weighted by count."""
    bins = reliability(covid, probability)
    return sum(row["count"] * abs(row["mean_probability"] - row["covid_share"]) for row in bins) / len(covid)


def chance_calibration_error(probability: Scores, resamples: int = 1000, seed: int = 2020) -> dict[str, float]:
    """What `expected_calibration_error` is of a perfect model with these scores: its median and its 95 % quantile.

    Binned error is never 0 on finitely many slices (Bröcker and Smith, "Increasing the Reliability of Reliability
    Diagrams", 2007): a figure means something above this only.
    """
    rng = np.random.default_rng(seed)
    drawn = [
        expected_calibration_error(np.asarray(rng.random(len(probability)) < probability), probability)
        for _ in range(resamples)
    ]
    return {"median": float(np.median(drawn)), "high": float(np.quantile(drawn, 0.95))}


def brier(covid: Truth, probability: Scores) -> float:
    """Mean squared distance of the probability from the truth."""
    from sklearn.metrics import brier_score_loss

    return float(brier_score_loss(covid, probability, pos_label=True))


def log_loss(covid: Truth, probability: Scores) -> float:
    """Mean negative log likelihood, natural logarithm; probabilities are kept 1e-7 away from 0 and 1, where float32
    ends."""
    from sklearn.metrics import log_loss as loss

    return float(loss(covid, np.clip(probability, FLOAT32_END, 1 - FLOAT32_END), labels=[False, True]))


def net_benefit(covid: Truth, probability: Scores, thresholds: Scores) -> list[dict[str, float]]:
    """Decision curve: net benefit of acting on the score, and of acting on everybody, at each threshold probability."""
    rows = []
    for threshold in thresholds:
        odds = threshold / (1 - threshold)
        called = probability >= threshold
        true, false = float(np.mean(called & covid)), float(np.mean(called & ~covid))
        everybody = float(covid.mean() - (1 - covid.mean()) * odds)
        rows.append({"threshold": float(threshold), "score": true - false * odds, "everybody": everybody})
    return rows


def mcnemar(first_right: Truth, second_right: Truth) -> tuple[int, int, float]:
    """Exact McNemar test of two methods on the same slices.

    Slices that only the first got right, that only the second did, and the two-sided p value.
    """
    from scipy.stats import binomtest

    only_first = int(np.sum(first_right & ~second_right))
    only_second = int(np.sum(~first_right & second_right))
    disputed = only_first + only_second
    p = float(binomtest(only_first, disputed).pvalue) if disputed else 1.0
    return only_first, only_second, p
