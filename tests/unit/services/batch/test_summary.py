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
