"""Evaluation: a run's averaged weights on its own parts, on grouped folds and on other sources -> one `metrics.json`.

Calibration and thresholds come from validation; the test slices and the external lists are only ever measured.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID, ModelCard
from covidviewer.inference.input_checks import FeatureGate
from training.data.external import Question, strangers
from training.data.grouped import GroupedSplit
from training.data.samples import Sample
from training.evaluation.explanation import explanation
from training.evaluation.measures import Scored, called, joined, measured
from training.evaluation.ood import refusals
from training.evaluation.probe import Subjects, probe
from training.evaluation.probe_subjects import analyser_of_run
from training.evaluation.robustness import robustness
from training.evaluation.scoring import Reader, ShippedReader, reader_of, score, with_lungs
from training.evaluation.threshold import with_clear_threshold
from training.export.gate_fit import fit_gate
from training.fit.estimate import multiply_adds
from training.network import run as runs
from training.network.checkpoint import LAST
from training.network.config import layers
from training.network.run import Run, parts_of
from training.statistics.calibration import Calibration, fit
from training.statistics.intervals import Interval, clustered_share, wilson
from training.statistics.metrics import area_under_roc, mcnemar

SCHEMA = 1
RANDOM_TEST, GROUPED = "random test", "grouped"
PAPER = {
    "figure 5": {"train": [1.0, None], "validation": [0.98790, 0.0597], "test": [0.95582, 0.1558]},
    "section 5": {"train": [0.9955, 0.0147], "validation": [0.9718, 0.0760], "test": [0.9518, 0.1213]},
}
"""[accuracy, loss] per set, as printed."""
COLUMN_FIGURES = (
    "n",
    "covid",
    "groups",
    "refused",
    "right",
    "accuracy",
    "auroc",
    "sensitivity",
    "specificity",
    ABOVE_OTHERS,
    BELOW_COVID,
    "ece",
)

Say = Callable[[str], None]


def calibration_of(scored: Scored, card: ModelCard | None = None) -> Calibration:
    """Temperature and offset from scored validation slices; the card's, with its threshold, if there is one."""
    if card is not None:
        return Calibration(card.temperature, card.offset, card.threshold)
    has = scored.accepted
    return fit(scored.covid[has], scored.logits[has])


def evaluate(
    run: Run,
    samples: Sequence[Sample],
    asked: Sequence[Question],
    unknown: Path | None,
    say: Say,
    thorough: bool = True,
    shipped: Path | None = None,
    subjects: Subjects | None = None,
    clear: Sequence[Sample] = (),
    groups: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Measure one run; returns what `metrics.json` holds, and writes every slice's score to `scores.csv`.

    Parameters
    ----------
    asked
        External questions, see `training.data.external`.
    unknown
        Folder of kinds of pictures that must be refused, or None.
    thorough
        Also the training slices, the distortions and the explanations.
    shipped
        Folder of the model that was exported from the run: then that file is measured, as the program runs it, with its
        calibration and its gate. None: the run's own weights in float32, without a gate.
    subjects
        What the probe looks at; None leaves it out.
    clear
        Clear lungs of another source, of which the threshold leaves most uncalled; () keeps the card's, or one half.
    groups
        Slices of one patient by name, where patients are not in the samples; None where nothing is known.
    """
    model = ShippedReader(shipped) if shipped else None
    reader: Reader = model or reader_of(run.config, run.folder)
    parts = parts_of(run, samples)
    say(f"{len(parts['validation'])} validation slices")
    validation, validation_features = score(reader, parts["validation"])
    if model:  # the shipped head was fitted on these slices too
        unseen = model.held_out.logits(validation_features)
        validation = replace(validation, logits=np.where(validation.accepted, unseen, np.nan))
    calibration = calibration_of(validation, model.bundle.card if model else None)
    chosen_on: dict[str, Any] = dict(model.bundle.card.threshold_from) if model else {}
    if clear:
        calibration, chosen_on = with_clear_threshold(reader, clear, calibration)
    say(
        f"temperature {calibration.temperature:.3f}, offset {calibration.offset:.3f}, "
        f"threshold {calibration.threshold:.3f}"
    )
    clusters = clusters_of(parts["test"], groups or {})
    clustered = len(set(clusters)) < len(clusters)
    test, features = score(reader, parts["test"], clusters)
    sets = {"validation": validation, RANDOM_TEST: test}
    trained_features = None
    if thorough or unknown:
        say(f"{len(parts['train'])} training slices")
        sets["train"], trained_features = score(reader, parts["train"])
    columns = {}
    for question in asked:
        sets[question.name], _ = score(reader, question.samples, question.groups)
        columns[question.name] = {"column": question.column, "main": question.main}
    figures = {}
    for name, scored in sets.items():
        by_group = name in columns or (name == RANDOM_TEST and clustered)
        figures[name] = measured(scored, calibration, by_group) | columns.get(name, {})
        say(f"{name}: {in_words(figures[name])}")
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "run": dict(run.facts),
        "model": model_facts(run, reader)
        | {"measured": "the shipped file" if model else "float32 weights"}
        | {"head_with_validation": model is not None},
        "training": effort_and_curve(run),
        "paper": PAPER,
        "calibration": vars(calibration)
        | {"from": "validation", "n": int(validation.accepted.sum()), "threshold_from": chosen_on},
        "sets": figures,
        "columns": {"random": column(figures[RANDOM_TEST])} | external_columns(figures),
        "wrong": wrong(test, calibration),
        "subgroups": subgroups(parts["test"], test, calibration, clustered),
    }
    if unknown and trained_features is not None:
        gate = reader.gate or gate_on(trained_features, validation_features)
        content["strangers"] = refusals(reader, strangers(unknown), features, gate.ood_scores)
        say(f"pictures to refuse: {content['strangers'].get('all')}")
    if thorough:
        content["robustness"] = robustness(reader, parts["test"], test, calibration, say)
        content["explanation"] = explanation(reader, run.config, parts["test"])
    if thorough and subjects and run.config.framed:
        analyser = (
            Analyser(model.engine, model.bundle)
            if model
            else analyser_of_run(reader, f"run {run.config.name}", calibration.temperature, calibration.offset)
        )
        content["probe"] = probe(analyser.analyse_many, calibration.threshold, subjects, say)
    write_scores(sets, calibration, run.folder / runs.SCORES)
    return content


def clusters_of(samples: Sequence[Sample], groups: Mapping[str, str]) -> list[str]:
    """What each slice is resampled by: its patient, else the group that it is known in, else itself."""
    return [one.patient or groups.get(one.name, one.name) for one in samples]


def gate_on(training: NDArray[np.float32], held_out: NDArray[np.float32]) -> FeatureGate:
    """A gate for weights that were not exported, from the features that `score` gave."""
    return fit_gate(training[with_lungs(training)], held_out[with_lungs(held_out)])


def evaluate_folds(folds: Sequence[Run], grouped: GroupedSplit, samples: Sequence[Sample], say: Say) -> dict[str, Any]:
    """Measure the networks of the grouped folds, each on its own fold, and join them into one figure.

    One line calibrates them all, fitted on the validation slices of all folds, each scored by the network that did not
    train on it: a single fold's validation holds five or six groups, and a line fitted on those moves whole folds by
    several logits.
    """
    held_out, tested = [], []
    for number, run in enumerate(folds):
        reader = reader_of(run.config, run.folder)
        parts = parts_of(run, samples)
        groups = [grouped.groups.get(sample.name, sample.name) for sample in parts["test"]]
        held_out.append(score(reader, parts["validation"])[0])
        tested.append(score(reader, parts["test"], groups)[0])
        say(f"fold {number}: {len(parts['validation'])} validation and {len(parts['test'])} test slices")
    line = calibration_of(joined(held_out))
    calibrated = [replace(scored, logits=line.logits(scored.logits)) for scored in tested]
    as_they_are = Calibration(1.0, 0.0)
    per_fold = []
    for number, scored in enumerate(calibrated):
        figures = measured(scored, as_they_are, by_group=True)
        per_fold.append({"fold": number} | {key: figures[key] for key in COLUMN_FIGURES})
        say(f"fold {number}: {in_words(figures)}")
    everything = joined(calibrated)
    figures = measured(everything, as_they_are, by_group=True)
    say(f"grouped: {in_words(figures)}")
    write_scores({GROUPED: everything}, as_they_are, folds[0].folder.parent / runs.SCORES)
    return {
        "schema": SCHEMA,
        "run": dict(folds[0].facts),
        "sets": {GROUPED: figures},
        "columns": {GROUPED: column(figures) | {"folds": len(folds)} | network_of(folds[0])},
        "folds": per_fold,
        "calibration": vars(line) | {"from": "validation of all folds", "n": int(joined(held_out).accepted.sum())},
        "grouping": dict(grouped.facts),
    }


def column(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a set that stand in tables."""
    return {key: figures[key] for key in COLUMN_FIGURES}


def network_of(run: Run) -> dict[str, int]:
    """Depth and input size of a run's network, as tables name it."""
    phase = run.config.phases[-1]
    return {"layers": layers(phase.blocks), "size": phase.size}


def external_columns(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Column -> figures of its main question."""
    return {row["column"]: column(row) | {"question": name} for name, row in figures.items() if row.get("main")}


def model_facts(run: Run, reader: Reader) -> dict[str, Any]:
    """What the network is."""
    phase = run.config.phases[-1]
    return {
        "config": run.config.name,
        "blocks": list(phase.blocks),
        "size": reader.size,
        "form": run.config.form,
        "pooling": run.config.pooling,
        "drawn": round(run.config.drawn * phase.strength, 4),
        "parameters": reader.parameters,
        "trainable_parameters": reader.trainable_parameters,
        "multiply_adds": multiply_adds(phase.blocks, reader.size, form=run.config.form),
        "input": "framed" if run.config.framed else "whole picture",
        "checkpoint_sha256": runs.file_hash(run.folder / LAST),
    }


def effort_and_curve(run: Run) -> dict[str, Any]:
    """`runs.effort`, and the curve of the training, from the run's log."""
    keys = ("phase", "epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "validation_auc")
    return runs.effort(run) | {"curve": [{key: record[key] for key in keys} for record in runs.read_log(run.folder)]}


def wrong(scored: Scored, calibration: Calibration) -> list[dict[str, Any]]:
    """Every test slice that was called wrong or refused, surest mistakes first."""
    probability = calibration.probability(scored.logits)
    mistaken = np.flatnonzero(called(probability, scored.covid, calibration.threshold) != scored.covid)
    rows = [
        {
            "name": scored.names[index],
            "p_covid": round(float(probability[index]), 4) if np.isfinite(probability[index]) else None,
            "reason": scored.reasons[index],
        }
        for index in mistaken
    ]
    return sorted(
        rows, key=lambda one: -abs((one["p_covid"] if one["p_covid"] is not None else 0.5) - calibration.threshold)
    )


def subgroups(
    samples: Sequence[Sample], scored: Scored, calibration: Calibration, by_group: bool = False
) -> list[dict[str, Any]]:
    """Accuracy and AUROC by thirds of picture size and of mean brightness."""
    from training.data.framed import as_grey, read_sample

    pictures = [as_grey(read_sample(sample)).values for sample in samples]
    probability = calibration.probability(scored.logits)
    right = called(probability, scored.covid, calibration.threshold) == scored.covid
    rows = []
    numbers = {
        "picture size": np.array([picture.size for picture in pictures]),
        "mean brightness": np.array([picture.mean() for picture in pictures]),
    }
    for name, values in numbers.items():
        edges = np.quantile(values, (1 / 3, 2 / 3))
        place = np.searchsorted(edges, values)
        for third, word in enumerate(("smallest third", "middle third", "largest third")):
            at = place == third
            if not at.any():
                continue
            area = area_under_roc(scored.covid[at & scored.accepted], probability[at & scored.accepted])
            rows.append(
                {
                    "name": f"{name}, {word}",
                    "n": int(at.sum()),
                    "accuracy": share_right(right[at], scored, np.flatnonzero(at), by_group).as_json(),
                    "auroc": round(area, 5),
                }
            )
    return rows


def share_right(right: NDArray[np.bool_], scored: Scored, places: NDArray[np.intp], by_group: bool) -> Interval:
    """Accuracy on some slices: over their groups, or Wilson's where slices are independent."""
    if by_group:
        return clustered_share(right.tolist(), [scored.groups[at] for at in places])
    return wilson(int(right.sum()), len(right))


def against_floors(content: Mapping[str, Any], run: Run, floors: Mapping[str, Any]) -> dict[str, Any]:
    """McNemar's test of our calls on the random test slices against each floor's."""
    mistakes = {row["name"] for row in content["wrong"]}
    ours = np.array([name not in mistakes for name in run.split.test])
    rows = {}
    for name, missed in floors.get("wrong", {}).items():
        theirs = np.array([one not in set(missed) for one in run.split.test])
        rows[name] = mcnemar(ours, theirs)
    return rows


def write_scores(sets: Mapping[str, Scored], calibration: Calibration, file: Path) -> None:
    """Every slice's score as CSV: set, name, group, label, logit, probability, reason."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("set", "name", "group", "label", "logit", "p_covid", "reason"))
        for name, scored in sets.items():
            probability = calibration.probability(scored.logits)
            for row in zip(
                scored.names, scored.groups, scored.covid, scored.logits, probability, scored.reasons, strict=True
            ):
                label = "COVID" if row[2] else "non-COVID"
                writer.writerow((name, row[0], row[1], label, f"{row[3]:.6g}", f"{row[4]:.6g}", row[5]))


def in_words(figures: Mapping[str, Any]) -> str:
    """One line for people."""
    area, low, high = figures["auroc"]
    interval = f" ({low:.3f} to {high:.3f})" if low is not None else ""
    words = f"{figures['right']}/{figures['n']} = {figures['accuracy'][0]:.1%}, AUC {area:.3f}{interval}"
    return words + (f", {figures['refused']} refused" if figures["refused"] else "")
