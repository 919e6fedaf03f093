"""A metrics.json as `evaluate` writes it, from made-up scores: for the tests of report, card and README table."""

from __future__ import annotations

from typing import Any

import numpy as np

from training.evaluation.columns import column, external_columns
from training.evaluation.evaluate import PAPER, wrong
from training.evaluation.measures import Scored, measured
from training.statistics.calibration import Calibration, fit

SEPARATION = 3.0


def made_up_scores(
    count: int, seed: int, refused: int = 2, separation: float = SEPARATION, groups: int | None = None
) -> Scored:
    """`count` slices, of so many groups or independent; the first `refused` were refused."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    logits = separation * (0.5 - labels) + rng.standard_normal(count)
    logits[:refused] = np.nan
    reasons = tuple("No lungs were found in this slice." if index < refused else "" for index in range(count))
    names = tuple(f"{'COVID' if label == 0 else 'non-COVID'}/{seed}-{index}.png" for index, label in enumerate(labels))
    return Scored(
        names, names if groups is None else tuple(f"g{at % groups}" for at in range(count)), labels, logits, reasons
    )


def made_up_metrics() -> Any:
    """Everything that a full evaluation with grouped folds and baselines holds."""
    validation, test = made_up_scores(248, 1), made_up_scores(249, 2)
    calibration = fit(validation.covid[validation.accepted], validation.logits[validation.accepted])
    half = Calibration(1.0, 0.0)
    sets: dict[str, Any] = {
        "train": measured(made_up_scores(400, 3), calibration),
        "validation": measured(validation, calibration),
        "random test": measured(test, calibration),
        "grouped": measured(made_up_scores(600, 4, separation=1.5, groups=20), half),
        "A against B": measured(made_up_scores(300, 5, groups=20), calibration)
        | {"column": "external clear lungs", "main": True},
        "C as published": measured(made_up_scores(200, 6, separation=0.1, groups=20), calibration)
        | {"column": "external other disease", "main": True},
    }
    row = {"n": 249, "right": 235, "refused": 0, "accuracy": [0.944, 0.908, 0.966], "auroc": [0.97, 0.95, 0.99]}
    return {
        "schema": 1,
        "run": {"config": "bundled", "command": "python -m training train", "seed": 2020, "versions": {"keras": "3"}},
        "model": {
            "blocks": [3, 4, 23, 3],
            "size": 224,
            "parameters": 42_662_274,
            "trainable_parameters": 42_556_930,
            "multiply_adds": 7_500_000_000,
            "checkpoint_sha256": "ab" * 32,
        },
        "training": {
            "epochs": 2,
            "hours": 1.5,
            "curve": [
                {"phase": "a", "loss": 0.6, "accuracy": 0.7, "validation_loss": 0.5, "validation_accuracy": 0.8},
                {"phase": "b", "loss": 0.4, "accuracy": 0.8, "validation_loss": 0.3, "validation_accuracy": 0.9},
            ],
        },
        "paper": PAPER,
        "calibration": vars(calibration) | {"from": "validation", "n": 246},
        "sets": sets,
        "columns": {"random": column(sets["random test"]), "grouped": column(sets["grouped"])} | external_columns(sets),
        "wrong": wrong(test, calibration),
        "subgroups": [{"name": "picture size, smallest third", "n": 80, "accuracy": [0.9, 0.8, 0.95], "auroc": 0.95}],
        "floors": {"methods": {"15-NN on thumbnails": {"random": row, "grouped": row}}, "wrong": {}},
        "robustness": [
            {"name": name, "n": 247, "median_change": 0.01, "largest_change": 0.2, "label_kept": 0.99}
            | {"no_longer_accepted": 0, "auroc": 0.97}
            for name in ("JPEG quality 50", "whole field with table, in HU")
        ],
        "explanation": {"slices": 60, "phantom_logits": {"clear": [-2.0], "with opacities": [1.5]}},
        "grouped_against_floors": {
            "15-NN on thumbnails": {
                "n": 600,
                "accuracy": [0.021, -0.004, 0.046],
                "n_both": 598,
                "auroc": [0.031, 0.012, 0.05],
            }
        },
        "grouping": {"threshold": 0.92, "gap": 5, "left_out": 300},
    }
