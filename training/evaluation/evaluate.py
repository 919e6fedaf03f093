"""Evaluation: a run's averaged weights on its own parts and on other sources -> one `metrics.json`.

Calibration and thresholds come from validation; the test slices and the external lists are only ever measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.input_checks import OodDetector
from training.data.external import Question, ood_samples
from training.data.samples import Sample
from training.evaluation.columns import column, column_text, external_columns
from training.evaluation.explanation import explanation
from training.evaluation.measures import Scored, calibration_of, called, measured
from training.evaluation.metrics_file import SCHEMA, Metrics, ModelFacts, SetFigures, TrainingCost, Wrong
from training.evaluation.ood import refusals
from training.evaluation.probe import probe
from training.evaluation.probe_subjects import Subjects
from training.evaluation.probed_models import analyser_of_run
from training.evaluation.robustness import robustness
from training.evaluation.run_model import load_run_model
from training.evaluation.score_files import write_scores
from training.evaluation.scoring import score, with_lungs
from training.evaluation.scoring_model import ScoringModel
from training.evaluation.shipped_model import ShippedModel
from training.evaluation.subgroups import subgroups
from training.evaluation.threshold import with_clear_threshold
from training.export.ood_fit import fit_ood_detector
from training.fit.estimate import multiply_adds
from training.network import run as runs
from training.network.checkpoint import LAST
from training.network.run import Run, parts_of
from training.statistics.calibration import Calibration

RANDOM_TEST = "random test"
PAPER: dict[str, dict[str, list[float | None]]] = {
    "figure 5": {"train": [1.0, None], "validation": [0.98790, 0.0597], "test": [0.95582, 0.1558]},
    "section 5": {"train": [0.9955, 0.0147], "validation": [0.9718, 0.0760], "test": [0.9518, 0.1213]},
}
"""[accuracy, loss] per set, as printed."""

Say = Callable[[str], None]


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
) -> Metrics:
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
        calibration and its detector. None: the run's own weights in float32, without a detector.
    subjects
        What the probe looks at; None leaves it out.
    clear
        Clear lungs of another source, of which the threshold leaves most uncalled; () keeps the card's, or one half.
    groups
        Slices of one patient by name, where patients are not in the samples; None where nothing is known.
    """
    model = ShippedModel(shipped) if shipped else None
    scoring_model: ScoringModel = model or load_run_model(run.config, run.folder)
    parts = parts_of(run, samples)
    say(f"{len(parts['validation'])} validation slices")
    clusters = {part: clusters_of(slices, groups or {}) for part, slices in parts.items()}
    validation, validation_features = score(scoring_model, parts["validation"], clusters["validation"])
    card = model.bundle.card if model else None
    calibration = Calibration(card.temperature, card.offset, card.threshold) if card else calibration_of(validation)
    chosen_on: dict[str, Any] = dict(card.threshold_from) if card else {}
    if clear:
        calibration, chosen_on = with_clear_threshold(scoring_model, clear, calibration)
    say(
        f"temperature {calibration.temperature:.3f}, offset {calibration.offset:.3f}, "
        f"threshold {calibration.threshold:.3f}"
    )
    test, features = score(scoring_model, parts["test"], clusters["test"])
    sets = {"validation": validation, RANDOM_TEST: test}
    trained_features = None
    if thorough or unknown:
        say(f"{len(parts['train'])} training slices")
        sets["train"], trained_features = score(scoring_model, parts["train"], clusters["train"])
    columns = {}
    for question in asked:
        sets[question.name], _ = score(scoring_model, question.samples, question.groups)
        columns[question.name] = {"column": question.column, "main": question.main}
    figures: dict[str, SetFigures] = {}
    for name, scored in sets.items():
        figures[name] = cast("SetFigures", {**measured(scored, calibration), **columns.get(name, {})})
        say(f"{name}: {column_text(figures[name])}")
    content: Metrics = {
        "schema": SCHEMA,
        "run": dict(run.facts),
        "model": {
            **model_facts(run, scoring_model),
            "measured": "the shipped file" if model else "float32 weights",
        },
        "training": cost_and_curve(run),
        "paper": PAPER,
        "calibration": {
            "temperature": calibration.temperature,
            "offset": calibration.offset,
            "threshold": calibration.threshold,
            "from": "validation",
            "n": int(validation.accepted.sum()),
            "threshold_from": chosen_on,
        },
        "sets": figures,
        "columns": {"random": column(figures[RANDOM_TEST])} | external_columns(figures),
        "wrong": wrong(test, calibration),
        "subgroups": subgroups(parts["test"], test, calibration),
    }
    if unknown and trained_features is not None:
        ood_detector = scoring_model.ood_detector or ood_detector_on(trained_features, validation_features)
        content["strangers"] = refusals(scoring_model, ood_samples(unknown), features, ood_detector.ood_scores)
        say(f"pictures to refuse: {content['strangers'].get('all')}")
    if thorough:
        content["robustness"] = robustness(scoring_model, parts["test"], test, calibration, say)
        content["explanation"] = explanation(scoring_model, run.config, parts["test"])
    if thorough and subjects and run.config.framed:
        analyser = (
            Analyser(model.engine, model.bundle)
            if model
            else analyser_of_run(scoring_model, f"run {run.config.name}", calibration.temperature, calibration.offset)
        )
        content["probe"] = probe(analyser.analyse_many, calibration.threshold, subjects, say)
    write_scores(sets, calibration, run.folder / runs.SCORES)
    return content


def clusters_of(samples: Sequence[Sample], groups: Mapping[str, str]) -> list[str]:
    """What each slice is resampled by: its patient, else the group that it is known in, else itself."""
    return [one.patient or groups.get(one.name, one.name) for one in samples]


def ood_detector_on(training: NDArray[np.float32], held_out: NDArray[np.float32]) -> OodDetector:
    """A detector for weights that were not exported, from the features that `score` gave."""
    return fit_ood_detector(training[with_lungs(training)], held_out[with_lungs(held_out)])


def model_facts(run: Run, scoring_model: ScoringModel) -> ModelFacts:
    """What the network is."""
    phase = run.config.phases[-1]
    return {
        "config": run.config.name,
        "blocks": list(phase.blocks),
        "size": scoring_model.size,
        "form": run.config.form,
        "pooling": run.config.pooling,
        "drawn": round(run.config.drawn * phase.strength, 4),
        "parameters": scoring_model.parameters,
        "trainable_parameters": scoring_model.trainable_parameters,
        "multiply_adds": multiply_adds(phase.blocks, scoring_model.size, form=run.config.form),
        "input": "framed" if run.config.framed else "whole picture",
        "checkpoint_sha256": runs.file_hash(run.folder / LAST),
    }


def cost_and_curve(run: Run) -> TrainingCost:
    """`runs.training_cost`, and the curve of the training, from the run's log."""
    keys = ("phase", "epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "validation_auc")
    curve = [{key: record[key] for key in keys} for record in runs.read_log(run.folder)]
    return cast("TrainingCost", {**runs.training_cost(run), "curve": curve})


def wrong(scored: Scored, calibration: Calibration) -> list[Wrong]:
    """Every test slice that was called wrong or refused, surest mistakes first."""
    probability = calibration.probability(scored.logits)
    mistaken = np.flatnonzero(called(probability, scored.covid, calibration.threshold) != scored.covid)
    rows: list[Wrong] = [
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
