"""One set of scored slices -> every figure about it, each with its interval.

The only maker of a column of `metrics.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID
from training.evaluation.metrics_file import SetFigures
from training.statistics import metrics
from training.statistics.calibration import ONE_HALF, Calibration, fit, fit_line, logit_of, sigmoid
from training.statistics.intervals import Interval, clustered_share, grouped_bootstrap, wilson

POINTS = ("the shipped threshold", "one half")


@dataclass(frozen=True, eq=False)
class Scored:
    """Slices of one set with what the network said.

    Attributes
    ----------
    names, groups
        (n,) the slices, and what they are resampled by (patient, scan, paper or themselves).
    labels
        (n,) 0 COVID, 1 non-COVID.
    logits
        (n,) uncalibrated log odds of COVID; NaN where the slice was refused.
    reasons
        (n,) why it was refused; '' where it was not.
    """

    names: tuple[str, ...]
    groups: tuple[str, ...]
    labels: NDArray[np.int64]
    logits: NDArray[np.float64]
    reasons: tuple[str, ...]

    @property
    def covid(self) -> NDArray[np.bool_]:
        """(n,) the truth."""
        return np.asarray(self.labels == 0)

    @property
    def accepted(self) -> NDArray[np.bool_]:
        """(n,) which slices have a score."""
        return np.isfinite(self.logits)

    @property
    def clustered(self) -> bool:
        """Whether several slices are of one group: they are no independent trials then, and have no Wilson interval."""
        return len(set(self.groups)) < len(self.groups)


def joined(parts: Sequence[Scored]) -> Scored:
    """Several sets as one."""
    return Scored(
        tuple(name for part in parts for name in part.names),
        tuple(group for part in parts for group in part.groups),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.logits for part in parts]),
        tuple(reason for part in parts for reason in part.reasons),
    )


def calibration_of(scored: Scored) -> Calibration:
    """Temperature and offset from scored validation slices."""
    has = scored.accepted
    return fit(scored.covid[has], scored.logits[has])


def called(probability: NDArray[np.float64], truth: NDArray[np.bool_], threshold: float) -> NDArray[np.bool_]:
    """(n,) True where called COVID; a refused slice (NaN) is called wrong, whatever it is."""
    return np.where(np.isfinite(probability), probability >= threshold, ~truth)


def measured(scored: Scored, calibration: Calibration) -> SetFigures:
    """Every figure of one set, as JSON types.

    Proportions count refused slices as wrong and carry Wilson's interval, or a bootstrap over groups where several
    slices are of one; what needs a score (AUROC, calibration) is computed on the slices that have one.
    """
    truth, has, by_group = scored.covid, scored.accepted, scored.clustered
    probability = calibration.probability(scored.logits)
    groups = np.array(scored.groups)
    call = called(probability, truth, calibration.threshold)
    counts = metrics.confusion(truth, call)
    seen, p = truth[has], probability[has]
    figures: dict[str, Any] = {
        "n": len(truth),
        "covid": int(truth.sum()),
        "groups": len(set(groups.tolist())),
        "refused": int((~has).sum()),
        "refused_covid": int((~has & truth).sum()),
        "right": counts.right,
        "confusion": [[counts.true_positive, counts.false_negative], [counts.false_positive, counts.true_negative]],
        "accuracy_of_accepted": round(metrics.share(int(np.sum((call == truth) & has)), int(has.sum())), 5),
        "intervals": "bootstrap over groups"
        if by_group
        else "Wilson for proportions, bootstrap over slices for the rest",
    }
    for name, interval in proportions(truth, call, groups if by_group else None).items():
        figures[name] = interval.as_json()
    sides = sides_of(seen, call[has], groups[has], by_group)
    figures |= {name: [None] * 3 if np.isnan(share.value) else share.as_json() for name, share in sides.items()}
    figures |= {name: measure.as_json() for name, measure in ranked(seen, p, call[has], groups[has]).items()}
    figures |= calibrated(seen, scored.logits[has], p)
    both = figures["sensitivity"][0], figures["specificity"][0]
    figures["predictive_values"] = metrics.predictive_values(*both)
    figures["operating_points"] = operating_points(truth, probability, calibration, groups if by_group else None)
    thresholds = np.round(np.arange(0.05, 0.96, 0.05), 2)
    figures["roc"] = roc_points(seen, p)
    figures["decision_curve"] = metrics.net_benefit(seen, p, thresholds) if has.any() else []
    return cast("SetFigures", figures)


def sides_of(
    truth: NDArray[np.bool_], call: NDArray[np.bool_], groups: NDArray[np.str_], by_group: bool
) -> dict[str, Interval]:
    """Of slices that have a score: the share of those without COVID-19 that are called so, and of those with it that
    are not. Refused slices take no part, unlike in `proportions`: a reader sees no score of them.
    """
    found = {}
    for name, hit, among in ((ABOVE_OTHERS, call, ~truth), (BELOW_COVID, ~call, truth)):
        hits, of = hit[among].tolist(), groups[among].tolist()
        independent = bool(hits) and not by_group
        found[name] = wilson(sum(hits), len(hits)) if independent else clustered_share(hits, of)
    return found


def roc_points(truth: NDArray[np.bool_], probability: NDArray[np.float64], at_most: int = 80) -> list[list[float]]:
    """[false positive rate, true positive rate] along the ROC curve, thinned to `at_most` points."""
    if not truth.any() or truth.all():
        return []
    false, true = metrics.roc_curve(truth, probability)
    chosen = np.unique(np.linspace(0, len(false) - 1, at_most).round().astype(int))
    return [[round(float(false[index]), 4), round(float(true[index]), 4)] for index in chosen]


def proportions(
    truth: NDArray[np.bool_], call: NDArray[np.bool_], groups: NDArray[np.str_] | None
) -> dict[str, Interval]:
    """Accuracy, sensitivity, specificity, PPV and NPV: Wilson's intervals, or over groups."""
    parts = {
        "accuracy": (call == truth, np.ones(len(truth), bool)),
        "sensitivity": (call, truth),
        "specificity": (~call, ~truth),
        "ppv": (truth, call),
        "npv": (~truth, ~call),
    }
    found = {}
    for name, (hit, among) in parts.items():
        if not among.any():
            found[name] = Interval(float("nan"), None, None)
        elif groups is None:
            found[name] = wilson(int(np.sum(hit & among)), int(among.sum()))
        else:
            found[name] = grouped_bootstrap(
                lambda at, hit=hit, among=among: metrics.share(
                    float(np.sum(hit[at] & among[at])), float(among[at].sum())
                ),  # type: ignore[misc]
                groups.tolist(),
            )
    return found


def ranked(
    truth: NDArray[np.bool_], probability: NDArray[np.float64], call: NDArray[np.bool_], groups: NDArray[np.str_]
) -> dict[str, Interval]:
    """AUROC, AUPRC, F1 and MCC with bootstrap intervals over groups."""
    names = groups.tolist()

    def counted(at: NDArray[np.intp]) -> dict[str, float]:
        return metrics.classification(metrics.confusion(truth[at], call[at]))

    return {
        "auroc": grouped_bootstrap(lambda at: metrics.area_under_roc(truth[at], probability[at]), names),
        "auprc": grouped_bootstrap(lambda at: metrics.average_precision(truth[at], probability[at]), names),
        "f1": grouped_bootstrap(lambda at: counted(at)["f1"], names),
        "mcc": grouped_bootstrap(lambda at: counted(at)["mcc"], names),
    }


def calibrated(
    truth: NDArray[np.bool_], logits: NDArray[np.float64], probability: NDArray[np.float64]
) -> dict[str, Any]:
    """Calibration before and after it was fitted: ECE beside what chance makes of it, Brier, log loss, slope and
    intercept, bins.
    """
    if not truth.any() or truth.all():
        return {"ece": None, "ece_chance": None, "calibration": {}, "reliability": []}
    chance = metrics.chance_calibration_error(probability)
    table = {}
    for name, p, logit in (("before", sigmoid(logits), logits), ("after", probability, logit_of(probability))):
        slope, intercept = fit_line(truth, logit)
        table[name] = {
            "ece": round(metrics.expected_calibration_error(truth, p), 5),
            "brier": round(metrics.brier(truth, p), 5),
            "log_loss": round(metrics.log_loss(truth, p), 5),
            "slope": round(slope, 4),
            "intercept": round(intercept, 4),
        }
    return {
        "ece": table["after"]["ece"],
        "ece_chance": {name: round(value, 5) for name, value in chance.items()},
        "calibration": table,
        "reliability": metrics.reliability(truth, probability),
    }


def operating_points(
    truth: NDArray[np.bool_],
    probability: NDArray[np.float64],
    calibration: Calibration,
    groups: NDArray[np.str_] | None,
) -> list[dict[str, Any]]:
    """Sensitivity and specificity at the shipped threshold and at one half; see `proportions` for `groups`."""
    rows = []
    for name, threshold in zip(POINTS, (calibration.threshold, ONE_HALF), strict=True):
        call = called(probability, truth, threshold)
        both = proportions(truth, call, groups)
        rows.append(
            {
                "name": name,
                "threshold": round(threshold, 5),
                "sensitivity": both["sensitivity"].as_json(),
                "specificity": both["specificity"].as_json(),
            }
        )
    return rows
