"""`covidviewer batch`: what cannot be begun is told apart from files that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.cli.batch import words
from covidviewer.cli.console import USAGE
from covidviewer.cli.main import main
from covidviewer.services.batch.progress import Progress


@pytest.mark.parametrize(
    ("folder", "options", "said"),
    [
        ("nowhere", ["--out", "new.csv"], "is not a folder"),
        ("table.csv", ["--out", "new.csv"], "is not a folder"),
        ("scans", ["--out", "new.xls"], "must have the extension"),
        ("scans", ["--out", "new.csv", "--report", "new.doc"], "must have the extension"),
        ("scans", ["--out", "table.csv"], "is not a table of this program"),
        ("scans", ["--out", "begun.csv"], "--resume"),
        ("scans", ["--out", "new.csv", "--labels", "nowhere.csv"], "no such file"),
    ],
)
def test_a_batch_that_cannot_begin_ends_as_wrong_usage_with_one_sentence_and_writes_nothing(
    folder: str,
    options: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("scans").mkdir()
    Path("table.csv").write_text("path,score\n", encoding="utf-8")
    Path("begun.csv.journal").touch()
    before = sorted(tmp_path.rglob("*"))
    assert main(["batch", folder, *options]) == USAGE
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("done", "seconds_left", "said"),
    [
        (120, 27.0, "120 of 500 files, 3 failed, 14.2 files/s, 27.0\u00a0s left"),
        (500, 0.0, "500 of 500 files, 3 failed, 14.2 files/s"),
    ],
)
def test_time_is_left_until_all_is_done(done: int, seconds_left: float, said: str) -> None:
    assert words(Progress(500, done, failed=3, rate=14.2, seconds_left=seconds_left)) == said
