"""Every slice's score as CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from training.evaluation.measures import Scored
from training.statistics.calibration import Calibration


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
