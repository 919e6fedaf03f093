"""The networks of the grouped folds, each measured on its own fold, and all of them as one figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

from training.data.grouped import GroupedSplit
from training.data.samples import Sample
from training.evaluation.baselines import METHODS, out_of_fold_scores
from training.evaluation.columns import column, column_text, network_of
from training.evaluation.comparison import paired_differences
from training.evaluation.measures import calibration_of, joined, measured
from training.evaluation.metrics_file import SCHEMA, Fold, FoldMetrics
from training.evaluation.run_model import load_run_model
from training.evaluation.score_files import write_out_of_fold
from training.evaluation.scoring import score
from training.network import run as runs
from training.network.run import Run, parts_of
from training.statistics.calibration import Calibration

GROUPED = "grouped"

Say = Callable[[str], None]


def evaluate_folds(folds: Sequence[Run], grouped: GroupedSplit, samples: Sequence[Sample], say: Say) -> FoldMetrics:
    """Measure the networks of the grouped folds, each on its own fold, and join them into one figure.

    One line calibrates them all, fitted on the validation slices of all folds, each scored by the network that did not
    train on it: a single fold's validation holds five or six groups, and a line fitted on those moves whole folds by
    several logits. Every baseline is fitted on the same folds and compared with the networks slice by slice.
    """
    held_out, tested = [], []
    for number, run in enumerate(folds):
        scoring_model = load_run_model(run.config, run.folder)
        parts = parts_of(run, samples)
        groups = [grouped.groups.get(sample.name, sample.name) for sample in parts["test"]]
        held_out.append(score(scoring_model, parts["validation"])[0])
        tested.append(score(scoring_model, parts["test"], groups)[0])
        say(f"fold {number}: {len(parts['validation'])} validation and {len(parts['test'])} test slices")
    line = calibration_of(joined(held_out))
    calibrated = [replace(scored, logits=line.logits(scored.logits)) for scored in tested]
    as_they_are = Calibration(1.0, 0.0)
    per_fold: list[Fold] = []
    for number, scored in enumerate(calibrated):
        figures = measured(scored, as_they_are)
        per_fold.append(cast("Fold", {"fold": number, **column(figures)}))
        say(f"fold {number}: {column_text(figures)}")
    everything = joined(calibrated)
    figures = measured(everything, as_they_are)
    say(f"grouped: {column_text(figures)}")
    write_out_of_fold(calibrated, folds[0].folder.parent / runs.SCORES)
    say("the baselines on the same folds")
    baselines = out_of_fold_scores(METHODS, samples, grouped)
    return {
        "schema": SCHEMA,
        "run": dict(folds[0].facts),
        "sets": {GROUPED: figures},
        "columns": {GROUPED: {**column(figures), "folds": len(folds), **network_of(folds[0])}},
        "folds": per_fold,
        "against_floors": paired_differences(everything, baselines, say),
        "calibration": {
            "temperature": line.temperature,
            "offset": line.offset,
            "threshold": line.threshold,
            "from": "validation of all folds",
            "n": int(joined(held_out).accepted.sum()),
        },
        "grouping": dict(grouped.facts),
    }
