"""The one table of protocols is the card's, and the types hold what an evaluation writes."""

from __future__ import annotations

from pathlib import Path
from typing import NotRequired, get_origin, get_type_hints

from covidviewer.inference import card_text
from tests.unit.training.reporting.made_up_metrics import made_up_metrics
from training.evaluation.metrics_file import PROTOCOLS, ColumnFigures, Metrics, SetFigures
from training.network.run import read_json

REPORTS = Path("training/reports")


def keys(kind: type) -> tuple[set[str], set[str]]:
    """All keys of a typed dictionary, and those that must be there."""
    hints = get_type_hints(kind, include_extras=True)
    return set(hints), {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}


def test_the_protocols_are_those_of_the_card_in_its_order() -> None:
    assert [one.key for one in PROTOCOLS] == [key for key, _ in card_text.PROTOCOLS]


def test_what_an_evaluation_writes_has_every_required_key_and_no_unknown_one() -> None:
    content = made_up_metrics()
    for kind, parts in (
        (Metrics, [content]),
        (SetFigures, content["sets"].values()),
        (ColumnFigures, content["columns"].values()),
    ):
        known, required = keys(kind)
        assert all(required <= set(part) <= known for part in parts), kind.__name__


def test_the_kept_reports_hold_what_the_types_require() -> None:
    reports = sorted(REPORTS.glob("*/metrics.json"))
    assert reports
    for file in reports:
        kept = read_json(file)
        known, required = keys(Metrics)
        assert required <= set(kept) <= known
        for figures in kept["sets"].values():
            assert keys(SetFigures)[1] <= set(figures)
