"""The table of baselines: every method in every protocol, with intervals, and which test slices it got wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from training.data.external import Question
from training.data.grouped import GroupedSplit, fold_split
from training.data.samples import Sample
from training.data.split import Split
from training.evaluation.baselines import METHODS, Features, features_of, grouped_scores, scored, split_scores, trained
from training.evaluation.metrics_file import BaselineFigures, Baselines
from training.statistics import metrics
from training.statistics.intervals import grouped_bootstrap, wilson

RANDOM, GROUPED = "random", "grouped"


def baseline_table(
    samples: Sequence[Sample],
    split: Split,
    grouped: GroupedSplit | None,
    asked: Sequence[Question],
    say: Callable[[str], None],
    only: Sequence[str] = (),
) -> Baselines:
    """{"methods": {name: {column: figures}}, "wrong": {name: [test slices it got wrong]}}, of JSON types.

    `only` names the methods; without it, all.
    """
    truth = {sample.name: sample.label == 0 for sample in samples}
    folds = [fold_split(grouped, fold) for fold in range(len(grouped.folds))] if grouped else []
    clusters = clusters_of(samples, grouped)
    kept: dict[str, Features] = {}
    methods: dict[str, dict[str, BaselineFigures]] = {}
    wrong: dict[str, list[str]] = {}
    for name, method in METHODS.items():
        if only and name not in only:
            continue
        own = kept.setdefault(method.feature, features_of(method.feature, samples))
        scores = split_scores(method, own, truth, split)
        rows = {RANDOM: figures(split.test, truth, scores, clusters)}
        wrong[name] = [
            one for one in split.test if (scores.get(one, float("nan")) >= 0.5) != truth[one] or one not in scores
        ]
        if grouped:
            tested = [one for fold in folds for one in fold.test]
            rows[GROUPED] = figures(tested, truth, grouped_scores(method, own, truth, folds), grouped.groups)
        if method.elsewhere and asked:
            learner = trained(method, own, truth, split.train + split.validation)
            for question in asked:
                theirs = {one.name: one.label == 0 for one in question.samples}
                groups = dict(zip(theirs, question.groups, strict=True))
                outside = scored(learner, features_of(method.feature, question.samples), list(theirs))
                rows[question.name] = {
                    **figures(list(theirs), theirs, outside, groups),
                    "column": question.column,
                    "main": question.main,
                }
        methods[name] = rows
        say(f"{name}: " + "; ".join(f"{column} {baseline_text(row)}" for column, row in rows.items()))
    return {"methods": methods, "wrong": wrong}


def clusters_of(samples: Sequence[Sample], grouped: GroupedSplit | None) -> dict[str, str] | None:
    """What each slice of the random test is resampled by: its patient, else its group, else itself; None where nothing
    is known of any.
    """
    known = grouped.groups if grouped else {}
    found = {one.name: one.patient or known.get(one.name, one.name) for one in samples}
    return found if any(name != group for name, group in found.items()) else None


def figures(
    names: Sequence[str], truth: Mapping[str, bool], scores: Mapping[str, float], groups: Mapping[str, str] | None
) -> BaselineFigures:
    """Accuracy over all slices (one without a score is wrong) and AUROC over those with one.

    Intervals over groups where given.
    """
    covid = np.array([truth[name] for name in names])
    score = np.array([scores.get(name, np.nan) for name in names])
    right = np.isfinite(score) & ((score >= 0.5) == covid)
    has = np.isfinite(score)
    own = [groups[name] if groups else name for name in names]
    seen, shown = covid[has], score[has]
    area = grouped_bootstrap(
        lambda at: metrics.area_under_roc(seen[at], shown[at]), [one for one, ok in zip(own, has, strict=True) if ok]
    )
    accuracy = (
        grouped_bootstrap(lambda at: float(right[at].mean()), own) if groups else wilson(int(right.sum()), len(right))
    )
    return {
        "n": len(names),
        "refused": int((~has).sum()),
        "right": int(right.sum()),
        "accuracy": accuracy.as_json(),
        "auroc": area.as_json(),
    }


def baseline_text(row: BaselineFigures) -> str:
    """One cell of the printed table."""
    (accuracy, _, _), (area, low, high) = row["accuracy"], row["auroc"]
    interval = f" ({low:.3f} to {high:.3f})" if low is not None else ""
    return f"{row['right']}/{row['n']} = {accuracy:.1%}, AUC {area:.3f}{interval}"
