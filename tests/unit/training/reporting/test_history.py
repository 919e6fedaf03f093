"""The report tells how often its test slices were looked at, and by whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.training.reporting.made_up_metrics import made_up_metrics
from training.network.run import read_json
from training.reporting.blocks import Table, Text
from training.reporting.history import HISTORY, history_blocks, look, read_history, version_of, with_look
from training.reporting.report import write_report

TODAY = date(2026, 11, 30)
REPORTS = Path("training/reports")
NOTHING: dict[str, Any] = {"versions": [], "other": []}


@pytest.fixture(scope="module")
def content() -> Any:
    return made_up_metrics()


def test_a_look_names_all_lists_that_were_measured(content: Any) -> None:
    one = look("1.abc", content, TODAY)
    assert one["test"] == {"right": content["sets"]["random test"]["right"], "n": 249, "auc": one["test"]["auc"]}
    assert set(one["external"]) == {"A against B", "C as published"}
    assert one["grouped"] == content["columns"]["grouped"]["auroc"][0]
    assert one["date"] == "2026-11-30"


def test_the_same_version_is_told_once_and_keeps_its_first_date(content: Any) -> None:
    first = with_look(NOTHING, look("1.abc", content, TODAY))
    again = with_look(first, look("1.abc", content, date(2026, 12, 24)))
    assert [(row["version"], row["date"]) for row in again["versions"]] == [("1.abc", "2026-11-30")]
    other = with_look(again, look("1.def", content, TODAY))
    assert [row["version"] for row in other["versions"]] == ["1.abc", "1.def"]
    assert NOTHING["versions"] == []


def test_a_shipped_file_is_named_by_its_card_and_a_run_by_its_weights(content: Any) -> None:
    card = {"version": "1.abc"}
    assert version_of(content, card) == "bundled abababab"
    assert version_of(content | {"model": content["model"] | {"measured": "the shipped file"}}, card) == "1.abc"


def test_the_words_count_the_versions(content: Any) -> None:
    history = with_look(with_look(NOTHING, look("a", content, TODAY)), look("b", content, TODAY))
    words, table = history_blocks(history)
    assert isinstance(words, Text)
    assert "249 random test slices were measured with 2 versions" in words.words
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["version", "a", "b"]


def test_without_a_history_the_report_says_that_none_was_kept(content: Any, tmp_path: Path) -> None:
    (page, *_) = write_report([content], None, tmp_path)
    assert "is not written down" in page.read_text("utf-8")
    assert "changed nothing" not in page.read_text("utf-8")
    assert "looked at once" not in page.read_text("utf-8")


def test_the_kept_history_has_the_seven_versions_that_were_shipped_first() -> None:
    versions = read_history(REPORTS / HISTORY)["versions"]
    assert [row["test"]["right"] for row in versions[:7]] == [226, 233, 234, 238, 237, 241, 239]
    kept = [row["version"] for row in versions if (REPORTS / row["version"]).is_dir()]
    assert kept, "training/reports keeps the newest and the one that the README quotes"
    for version in kept:
        metrics = read_json(REPORTS / version / "metrics.json")
        told = next(row for row in versions if row["version"] == version)
        assert told["test"]["right"] == metrics["sets"]["random test"]["right"]


def test_a_folder_without_a_history_begins_one(tmp_path: Path) -> None:
    assert read_history(tmp_path / "history.json") == NOTHING
