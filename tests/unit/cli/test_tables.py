"""How answers leave the program: whole JSON, tables that no spreadsheet computes."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from pathlib import Path

import pytest

from covidviewer.cli.console import json_list
from covidviewer.cli.tables import frame_result_writer, one_line, table
from covidviewer.errors import OutputUnwritable
from covidviewer.inference.results import Outcome, Result
from covidviewer.services.result_table import COLUMNS, FORMULA_STARTS, NAMES, safe
from covidviewer.services.scoring import FrameResult


def failed(path: str, reason: str = "No.") -> FrameResult:
    return FrameResult(Path(path), 0, Result(Outcome.FAILED, reason))


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_text_that_a_spreadsheet_would_compute_is_defused(start: str) -> None:
    assert str(safe(f"{start}cmd|' /C calc'!A0")).startswith("'")


def test_numbers_and_plain_texts_stay_as_they_are() -> None:
    assert [safe(value) for value in (-1.5, 3, None, "a=b", "")] == [-1.5, 3, None, "a=b", ""]


def test_the_columns_are_unique_and_begin_as_promised() -> None:
    names = NAMES
    assert len(set(names)) == len(names)
    assert names[:11] == (
        *("path", "frame", "status", "label", "p_covid", "logit_covid", "ood_score", "reason", "device"),
        *("model_version", "milliseconds"),
    )
    assert [column.name for column in COLUMNS] == list(names[: len(COLUMNS)])


def test_a_table_is_read_back_with_all_its_cells(tmp_path: Path) -> None:
    with table(tmp_path / "t.csv") as write:
        write(failed('=HYPERLINK("x").png', 'A "quoted", long reason.'))
        write(failed("plain\nname.png"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert rows[0]["path"] == '\'=HYPERLINK("x").png'
    assert rows[0]["reason"] == 'A "quoted", long reason.'
    assert rows[1]["path"] == "plain\nname.png"
    assert {row["note"] for row in rows} == {"Research use only. Not a medical device. Not for diagnosis."}


def test_a_table_of_ours_is_replaced_and_any_other_file_is_kept(tmp_path: Path) -> None:
    for path in ("a.png", "b.png"):
        with table(tmp_path / "ours.csv") as write:
            write(failed(path))
    assert "b.png" in (tmp_path / "ours.csv").read_text(encoding="utf-8")
    (tmp_path / "thesis.csv").write_text("my,thesis\n", encoding="utf-8")
    with pytest.raises(OutputUnwritable, match="not a table of this program"):
        frame_result_writer(False, str(tmp_path / "thesis.csv"))
    assert (tmp_path / "thesis.csv").read_text(encoding="utf-8") == "my,thesis\n"


def test_a_table_for_a_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match="does not exist"):
        frame_result_writer(False, str(tmp_path / "no" / "t.csv"))


def test_a_table_is_written_when_it_is_left_by_ctrl_c(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), table(tmp_path / "t.csv") as write:
        write(failed("a.png"))
        raise KeyboardInterrupt
    assert "a.png" in (tmp_path / "t.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_is_whole_however_many_it_holds(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    with json_list() as add:
        for k in range(count):
            add({"k": k})
    assert json.loads(capsys.readouterr().out) == [{"k": k} for k in range(count)]


def test_a_list_is_whole_when_it_is_left_by_ctrl_c(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(KeyboardInterrupt), json_list() as add:
        add({"k": 0})
        raise KeyboardInterrupt
    assert json.loads(capsys.readouterr().out) == [{"k": 0}]


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"), json_list() as add:
        add({"x": float("nan")})


def test_a_line_stays_one_line_with_its_cells() -> None:
    assert one_line("a\tb\nc\\d") == "a\\tb\\nc\\\\d"
