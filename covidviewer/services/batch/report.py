"""The report of a batch as a value: its summary, its series, its strongest slices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.inference.card import ModelCard
from covidviewer.inference.results import Label, Outcome
from covidviewer.services.batch.summary import BINS, NO_SCORE, Summary
from covidviewer.services.formatting import percent
from covidviewer.services.report.content import (
    MOST_ROWS,
    SOFTWARE,
    Report,
    ScoredSlice,
    Section,
    card_section,
    lead,
    slice_sections,
)
from covidviewer.services.report.pictures import bars
from covidviewer.services.series_score import SERIES_RULE


def batch_report(
    folder: str, summary: Summary, highest_scoring: Sequence[ScoredSlice], card: ModelCard, made: datetime
) -> Report:
    """The report of a batch: its summary, and the pictures of its strongest slices."""
    parts = [
        Section(
            "Files and slices",
            words=(LIMIT_SENTENCE,),
            facts=(
                ("Files", f"{summary.files}, {summary.failed_files} of them failed"),
                ("Slices", str(summary.slices)),
                ("Scored", str(summary.outcomes[Outcome.SCORED])),
                ("No score", str(summary.outcomes[Outcome.INDETERMINATE])),
                ("Failed", str(summary.outcomes[Outcome.FAILED])),
                *((f"Scored as {label}", str(slices)) for label, slices in summary.labels.items()),
            ),
        )
    ]
    if summary.reasons:
        rows = tuple((str(slices), reason) for reason, slices in summary.shown_reasons)
        parts.append(Section("Slices without a score", head=("Slices", "Reason"), rows=rows))
    if summary.outcomes[Outcome.SCORED]:
        caption = f"Slices by score, 0 to 100 % in {BINS} steps; the longest bar is {max(summary.histogram)} slices"
        parts.append(Section("Scores", pictures=(bars(caption, summary.histogram, max(summary.histogram)),)))
    if summary.known:
        parts.append(confusion_section(summary))
    if summary.series:
        parts.append(batch_series(summary))
    for one in highest_scoring:
        parts += slice_sections(one, card)
    model = Section("How it was computed", facts=(("Software", SOFTWARE), ("Model", ", ".join(summary.models))))
    return Report(f"Batch report: {folder}", lead(made), (*parts, model, card_section(card)))


def confusion_section(summary: Summary) -> Section:
    """The confusion matrix, reference labels by rows, scored labels by columns; and what it leaves out."""
    words = (summary.left_out_sentence,) if summary.left_out else ()
    confusion, title = summary.confusion, "Reference labels and scores"
    if not confusion:
        return Section(title, words=words)
    found = (*(label.value for label in Label), NO_SCORE)
    rows = tuple(
        (f"reference label {known.value}", *(str(confusion[known.value, name]) for name in found)) for known in Label
    )
    return Section(title, words=words, head=("", "scored as COVID", "scored as non-COVID", NO_SCORE), rows=rows)


def batch_series(summary: Summary) -> Section:
    """The series of a batch, the highest score first."""
    ranked = sorted(summary.series, key=lambda one: -1 if one.score is None else one.score, reverse=True)
    rows = tuple(
        ("no score" if one.score is None else percent(one.score), f"{one.scored} of {one.slices}", one.name)
        for one in ranked[:MOST_ROWS]
    )
    more = len(ranked) - len(rows)
    words = (SERIES_RULE, *((f"And {more} more, in the summary file.",) if more > 0 else ()))
    return Section("Series", words=words, head=("Score", "Slices scored", "Series"), rows=rows)
