"""The summary of a batch as a page of small HTML: counts, histogram, series, known labels against scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from covidviewer.inference.results import Label
from covidviewer.services.batch.summary import BINS, NO_SCORE, Summary
from covidviewer.services.series_score import SERIES_RULE
from covidviewer.ui.dialogs.page import escaped, table
from covidviewer.ui.figures import percent
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.ui.theme.tokens import Tokens

BAR: Final = 320
"""Pixels of the longest bar."""
MOST_SERIES: Final = 50
CELL: Final = "padding:2px 16px 2px 0"


def summary_html(summary: Summary, tokens: Tokens) -> str:
    """The whole page; texts of files are escaped."""
    parts = [section(tr("Files and slices"), table(count_rows(summary)))]
    if summary.reasons:
        rows = [(str(slices), tr(reason)) for reason, slices in summary.shown_reasons]
        parts.append(section(tr("Slices without a score"), table(rows)))
    if summary.outcomes["scored"]:
        parts.append(section(tr("Scores"), histogram(summary, tokens)))
    if summary.known:
        left_out = f"<p>{escaped(tr(summary.left_out_sentence))}</p>" if summary.left_out else ""
        figures = confusion(summary) if summary.confusion else ""
        parts.append(section(tr("Reference labels and scores"), left_out + figures))
    if summary.series:
        parts.append(section(tr("Series, highest score first"), series(summary)))
    return "".join(parts)


def section(title: str, body: str) -> str:
    """A head and what stands under it."""
    return f"<h3>{escaped(title)}</h3>{body}"


def count_rows(summary: Summary) -> list[tuple[str, str]]:
    """The counts, by name."""
    return [
        (tr("Files"), str(summary.files)),
        (tr("Failed files"), str(summary.failed_files)),
        (tr("Slices"), str(summary.slices)),
        (tr("Scored"), str(summary.outcomes["scored"])),
        (tr("No score"), str(summary.outcomes["indeterminate"])),
        (tr("Failed"), str(summary.outcomes["failed"])),
        *((tr("Scored as {label}", label=label), str(count)) for label, count in summary.labels.items()),
        (tr("Model"), ", ".join(summary.models)),
    ]


def histogram(summary: Summary, tokens: Tokens) -> str:
    """A bar for each tenth, in the model's colour."""
    tenths = [sum(summary.histogram[at : at + 2]) for at in range(0, BINS, 2)]
    longest = max(tenths)
    rows = []
    for at, count in enumerate(tenths):
        width = max(1, round(BAR * count / longest))
        bar = f"<table cellspacing='0'><tr><td bgcolor='{tokens.model}' width='{width}'>&nbsp;</td></tr></table>"
        name = escaped(f"{at * 10} – {at * 10 + 10} %")
        rows.append(
            f"<tr><td style='{CELL}' align='right'>{name}</td><td>{bar if count else ''}</td>"
            f"<td style='padding-left:8px'>{count}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def confusion(summary: Summary) -> str:
    """A row for each known label."""
    found = (*(label.value for label in Label), NO_SCORE)
    head = "".join(f"<td style='{CELL}'>{escaped(tr('scored as {label}', label=name))}</td>" for name in found[:2])
    head = f"<tr><td></td>{head}<td style='{CELL}'>{escaped(tr(NO_SCORE))}</td></tr>"
    body = "".join(
        f"<tr><td style='{CELL}'>{escaped(tr('reference label {label}', label=known.value))}</td>"
        + "".join(f"<td style='{CELL}'>{summary.confusion[known.value, name]}</td>" for name in found)
        + "</tr>"
        for known in Label
    )
    return f"<table>{head}{body}</table>"


def series(summary: Summary) -> str:
    """Score, slices and name of each, and the rule."""
    ranked = sorted(summary.series, key=lambda one: -1 if one.score is None else one.score, reverse=True)
    rows = [
        (
            tr("no score") if one.score is None else percent(one.score),
            tr("{n} of {all} scored", n=one.scored, all=one.slices),
            one.name,
        )
        for one in ranked[:MOST_SERIES]
    ]
    body = "".join(
        "<tr>" + "".join(f"<td style='{CELL}'>{escaped(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    more = len(ranked) - MOST_SERIES
    rest = f"<p>{escaped(tr('and {n} more, in the summary file', n=more))}</p>" if more > 0 else ""
    return f"<p>{escaped(tr(SERIES_RULE))}</p><table>{body}</table>{rest}"
