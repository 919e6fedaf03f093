"""What a batch says as a whole: no slice without a score is lost from the reasons, whoever reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from covidviewer.inference.results import Outcome
from covidviewer.services.batch.journal import Entry, Row
from covidviewer.services.batch.report import batch_report
from covidviewer.services.batch.summary import MOST_REASONS, Summary, lines, summarise
from tests.unit.services.fakes import fake_bundle

MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def refused(reason: int, slices: int) -> Entry:
    row: Row = {"path": "a.png", "status": Outcome.FAILED.value, "p_covid": None, "label": None}
    return Entry("a.png", None, "", tuple({**row, "reason": f"Reason {reason}."} for _ in range(slices)))


def refused_for(reasons: int) -> Summary:
    """Reason k has k slices, so that the first ones are the rarest."""
    return summarise([refused(reason, reason) for reason in range(1, reasons + 1)])


def scored_as(known: str, label: str, part: str | None) -> Entry:
    row: Row = {
        "path": f"{known}/a.png",
        "status": "scored",
        "p_covid": 0.9,
        "label": label,
        "series": None,
        "model_version": "1",
    }
    return Entry(f"{known}/a.png", None, "", (row if part is None else {**row, "training_set": part},))


SEEN_BEFORE = [
    scored_as("COVID", "COVID", "training"),
    scored_as("COVID", "COVID", "training"),
    scored_as("COVID", "COVID", "validation"),
    scored_as("COVID", "non-COVID", "test"),
    scored_as("non-COVID", "COVID", None),
]


def test_slices_that_the_model_was_made_from_are_left_out_of_known_labels_against_scores() -> None:
    summary = summarise(SEEN_BEFORE)
    assert summary.confusion["COVID", "COVID"] == 0
    assert summary.confusion["COVID", "non-COVID"] == 1
    assert summary.confusion["non-COVID", "COVID"] == 1
    assert summary.left_out == {"training": 2, "validation": 1}
    assert summary.outcomes["scored"] == 5
    assert any(
        "2 slices that the model was trained on and 1 that it was calibrated on" in line for line in lines(summary)
    )
    assert summary.as_json()["left_out_of_confusion"] == {"training": 2, "validation": 1}


def test_asked_for_they_are_counted() -> None:
    summary = summarise(SEEN_BEFORE, seen_before=True)
    assert summary.confusion["COVID", "COVID"] == 3
    assert summary.left_out == {}
    assert not any("Left out" in line for line in lines(summary))


def test_where_all_are_left_out_the_report_says_so_in_place_of_figures() -> None:
    summary = summarise(SEEN_BEFORE[:2])
    assert summary.confusion == {}
    (section,) = [
        part
        for part in batch_report("scans", summary, [], fake_bundle().card, MADE).sections
        if part.title == "Reference labels and scores"
    ]
    assert section.rows == ()
    assert "2 slices that the model was trained on" in section.words[0]


@pytest.mark.parametrize("reasons", [1, MOST_REASONS, MOST_REASONS + 1])
def test_reasons_that_fit_are_all_shown_the_commonest_first(reasons: int) -> None:
    shown = refused_for(reasons).shown_reasons
    assert shown == tuple((f"Reason {k}.", k) for k in range(reasons, 0, -1))


def test_reasons_that_do_not_fit_are_one_line_with_their_slices() -> None:
    summary = refused_for(MOST_REASONS + 5)
    assert summary.shown_reasons[:MOST_REASONS] == summary.reasons[:MOST_REASONS]
    assert summary.shown_reasons[MOST_REASONS:] == (("and 5 more reasons", 1 + 2 + 3 + 4 + 5),)
    assert sum(slices for _, slices in summary.shown_reasons) == summary.outcomes["failed"]


def test_terminal_and_report_end_with_the_rest_and_a_program_gets_every_reason() -> None:
    summary = refused_for(MOST_REASONS + 5)
    told = [line for line in lines(summary) if "without a score" in line]
    assert told[-1] == "  15 without a score: and 5 more reasons"
    assert sum(int(line.split()[0]) for line in told) == summary.slices
    (section,) = [
        part
        for part in batch_report("scans", summary, [], fake_bundle().card, MADE).sections
        if part.title == "Slices without a score"
    ]
    assert section.rows[-1] == ("15", "and 5 more reasons")
    assert sum(int(slices) for slices, _ in section.rows) == summary.slices
    stored = summary.as_json()
    assert len(stored["reasons"]) == MOST_REASONS + 5
    assert sum(reason["slices"] for reason in stored["reasons"]) == stored["slices"]
