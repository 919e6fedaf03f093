"""Every slice's score as CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training.data.samples import CLASSES, CLEAR, COVID
from training.evaluation.measures import Scored
from training.statistics.calibration import Calibration, sigmoid


def write_scores(sets: Mapping[str, Scored], calibration: Calibration, file: Path) -> None:
    """Every slice's score as CSV: set, name, group, label, logit, probability, reason."""
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("set", "name", "group", "label", "logit", "p_covid", "reason"))
        for name, scored in sets.items():
            probability = calibration.probability(scored.logits)
            for row in zip(
                scored.names, scored.groups, scored.labels, scored.logits, probability, scored.reasons, strict=True
            ):
                label = CLASSES[COVID] if row[2] == COVID else CLASSES[CLEAR]  # what bears no label is no COVID-19
                writer.writerow((name, row[0], row[1], label, f"{row[3]:.6g}", f"{row[4]:.6g}", row[5]))


def write_out_of_fold(folds: Sequence[Scored], file: Path) -> None:
    """The grouped folds' calibrated scores as CSV, small enough to be committed: name, label, group, fold, score.

    The score is the probability of COVID from the network that saw neither the slice nor its group, of five digits; it
    is empty where the slice was refused.
    """
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("name", "label", "group", "fold", "score"))
        for number, scored in enumerate(folds):
            for name, label, group, score in zip(
                scored.names, scored.labels, scored.groups, sigmoid(scored.logits), strict=True
            ):
                writer.writerow((name, CLASSES[label], group, number, "" if np.isnan(score) else f"{score:.5g}"))
