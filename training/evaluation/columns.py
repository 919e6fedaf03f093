"""The figures of a set that stand in tables: a column of `metrics.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID
from training.evaluation.metrics_file import ColumnFigures, Network, SetFigures
from training.network.config import applied_size, layers
from training.network.run import Run

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


def column(figures: SetFigures) -> ColumnFigures:
    """The figures of a set that stand in tables."""
    every: Mapping[str, Any] = figures
    return cast("ColumnFigures", {key: every[key] for key in COLUMN_FIGURES})


def column_text(figures: ColumnFigures) -> str:
    """One line for people."""
    area, low, high = figures["auroc"]
    interval = f" ({low:.3f} to {high:.3f})" if low is not None else ""
    words = f"{figures['right']}/{figures['n']} = {figures['accuracy'][0]:.1%}, AUC {area:.3f}{interval}"
    return words + (f", {figures['refused']} refused" if figures["refused"] else "")


def network_of(run: Run) -> Network:
    """Depth and input size of a run's network, as tables name it."""
    return {"layers": layers(run.config.phases[-1].blocks), "size": applied_size(run.config)}


def external_columns(figures: Mapping[str, SetFigures]) -> dict[str, ColumnFigures]:
    """Column -> figures of its main question."""
    main = {name: row for name, row in figures.items() if row.get("main")}
    return {row["column"]: {**column(row), "question": name} for name, row in main.items()}
