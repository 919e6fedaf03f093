"""The probe's figures as a table: each beside its bound, met or missed. For terminal, report and card."""

from __future__ import annotations

from collections.abc import Sequence

from training.evaluation.metrics_file import Probe, ProbeRow
from training.reporting.results_table import number, percent

HEADER = ("question", "figure", "n", "bound", "", "what else")
PLAIN = ("AUC", "change", "score")
"""Words in a question whose figure is no share."""
WORDS = {(True, False): "at most", (True, True): "below", (False, False): "at least", (False, True): "above"}
"""Of a bound, by its direction and whether the limit itself misses it."""


def table(found: Probe) -> list[list[str]]:
    """Rows of cells, the first being the header."""
    return [list(HEADER), *[cells(row) for row in found["rows"]]]


def cells(row: ProbeRow) -> list[str]:
    """One figure."""
    say = number if any(word in row["question"] for word in PLAIN) else percent
    bound, verdict = row["bound"], {True: "met", False: "missed", None: ""}[row["met"]]
    limit = ""
    if bound is not None:
        limit = f"{WORDS[bound['at_most'], bound.get('strict', False)]} {say([bound['limit'], None, None])}"
    return [row["question"], say(row["value"]), str(row["n"]), limit, verdict, row["note"]]


def as_text(found: Probe) -> str:
    """The table in columns for a terminal."""
    return in_columns(table(found))


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Cells below each other, two spaces between columns."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
