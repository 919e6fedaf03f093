"""The results table: paper, baselines, ours, in four columns, each cell with its interval.

For README and report, from one `metrics.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from covidviewer.errors import UnreadableFile
from covidviewer.inference.card import ABOVE_OTHERS
from covidviewer.inference.card_text import by_other_networks, said_above
from training.evaluation.metrics_file import PROTOCOLS, BaselineFigures, ColumnFigures, Metrics
from training.reporting.card_fields import column_set, side

COLUMNS = ("random", *(one.column for one in PROTOCOLS if one.column != "random"))
"""The paper's protocol first, below its own figure."""
BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
BASELINES = (
    ("15-NN on thumbnails", "thumbnails (15-NN)"),
    ("opacity numbers", "opacity numbers, logistic regression"),
    ("forest on opacity numbers", "opacity numbers, forest"),
)
PAPER = "95.6 % (92.2 to 97.5)"
PAPER_CELL = f"{PAPER}, n = 249"
SUMMED_UP = {
    "random": ("random split, accuracy", "accuracy"),
    "grouped": ("grouped split, AUC", "auroc"),
    "external clear lungs": ("clear lungs of other sources, AUC", "auroc"),
    "external other disease": ("other lung disease, AUC", "auroc"),
}
"""Heading and figure of each column where a table has to fit a page."""
UNKNOWN = "not measured"


def table(content: Metrics) -> list[list[str]]:
    """Rows of cells, the first being the header."""
    rows = [["", *COLUMNS], ["paper", PAPER_CELL, *["not reported"] * 3]]
    methods = content.get("floors", {}).get("methods", {})
    for name, short in BASELINES:
        rows.append([short, *(baseline_cell(methods.get(name, {}), column) for column in COLUMNS)])
    rows.append(["**ours**", *(cell(content["columns"].get(column)) for column in COLUMNS)])
    return rows


def summary(content: Metrics) -> list[list[str]]:
    """`table` with one figure and its interval in each cell, the number of slices in the heading, and in the last row
    how many of them ours rejected.
    """
    methods = content.get("floors", {}).get("methods", {})
    ours = [content["columns"].get(column) for column in COLUMNS]
    counts = [f"n = {figures['n']}" if figures else UNKNOWN for figures in ours]
    headings = [f"{SUMMED_UP[column][0]} ({count})" for column, count in zip(COLUMNS, counts, strict=True)]
    rows = [["", *headings], ["paper", PAPER, *["not reported"] * 3]]
    for name, short in BASELINES:
        found = {column: baseline_figures(methods.get(name, {}), column) for column in COLUMNS}
        rows.append([short, *(one_figure(found[column], column) for column in COLUMNS)])
    rows.append(["**ours**", *(one_figure(figures, column) for figures, column in zip(ours, COLUMNS, strict=True))])
    rows.append(["rejected by ours", *(str(figures["refused"]) if figures else UNKNOWN for figures in ours)])
    return rows


def one_figure(figures: ColumnFigures | BaselineFigures | None, column: str) -> str:
    """The cell of `summary`."""
    if not figures:
        return UNKNOWN
    return percent(figures["accuracy"]) if SUMMED_UP[column][1] == "accuracy" else number(figures["auroc"])


def baseline_cell(method: Mapping[str, BaselineFigures], column: str) -> str:
    """A floor's cell."""
    return cell(baseline_figures(method, column))


def baseline_figures(method: Mapping[str, BaselineFigures], column: str) -> BaselineFigures | None:
    """A baseline's figures of a column, or of that column's main question; None where it was not asked."""
    if column in method:
        return method[column]
    return next((row for row in method.values() if row.get("column") == column and row.get("main")), None)


def cell(figures: ColumnFigures | BaselineFigures | None) -> str:
    """ "93.2 % (89.3 to 95.7), AUC 0.98 (0.97 to 0.99), n = 249"; what refused slices, which count as wrong, hide; and
    by which networks where they are smaller."""
    if not figures:
        return UNKNOWN
    words = f"{percent(figures['accuracy'])}, AUC {number(figures['auroc'])}, n = {figures['n']}"
    return ", ".join(filter(None, (words, refusals(figures), by_other_networks(figures))))


def refusals(figures: ColumnFigures | BaselineFigures) -> str:
    """ "3 rejected (counted as wrong), 96.3 % of the others right"; '' where none was refused."""
    refused = figures.get("refused", 0)
    if not refused or "right" not in figures:
        return ""
    share = figures["right"] / (figures["n"] - refused) * 100
    return f"{refused} rejected (counted as wrong), {share:.1f} % of the others right"


def percent(interval: Sequence[float | None]) -> str:
    """ "93.2 % (89.3 to 95.7)"; without an interval the value alone."""
    value, low, high = interval
    if value is None:
        return UNKNOWN
    return f"{value * 100:.1f} %" + (
        f" ({low * 100:.1f} to {high * 100:.1f})" if low is not None and high is not None else ""
    )


def number(interval: Sequence[float | None], digits: int = 3) -> str:
    """ "0.981 (0.966 to 0.993)"; without an interval the value alone."""
    value, low, high = interval
    if value is None:
        return UNKNOWN
    return f"{value:.{digits}f}" + (
        f" ({low:.{digits}f} to {high:.{digits}f})" if low is not None and high is not None else ""
    )


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def outside_text(content: Metrics) -> str:
    """What matters to a reader first: how many slices of other sources score as high, of other disease and clear; ''
    where it was not measured.
    """
    shares = []
    for column in ("external other disease", "external clear lungs"):
        figures = content["columns"].get(column)
        found = side(ABOVE_OTHERS, figures, content["sets"].get(column_set(content, column), {})) if figures else None
        shares.append(found[0] if found else None)
    return said_above(*shares).replace("\u00a0", " ")


def renew(readme: Path, content: Metrics) -> None:
    """Put the summary between the README's markers. Raises `UnreadableFile` when they are missing."""
    text = readme.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise UnreadableFile("{file} lacks the markers between which the results table stands.", file=str(readme))
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    words = outside_text(content)
    lead = f"**{words}**\n\n" if words else ""
    others = {column: by_other_networks(content["columns"].get(column, {})) for column in COLUMNS}
    note = "".join(f"\n{column}: {said}.\n" for column, said in others.items() if said)
    readme.write_text(f"{before}{BEGIN}\n{lead}{markdown(summary(content))}\n{note}{END}{after}", encoding="utf-8")
