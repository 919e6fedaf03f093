"""`covidviewer batch`: what cannot be begun is told apart from files that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.cli.exits import USAGE
from covidviewer.cli.main import main


@pytest.mark.parametrize(
    ("folder", "words", "said"),
    [
        ("nowhere", ["--out", "new.csv"], "is no folder"),
        ("table.csv", ["--out", "new.csv"], "is no folder"),
        ("scans", ["--out", "new.xls"], "must end in"),
        ("scans", ["--out", "new.csv", "--report", "new.doc"], "must end in"),
        ("scans", ["--out", "table.csv"], "is no table of this program"),
        ("scans", ["--out", "begun.csv"], "--resume"),
        ("scans", ["--out", "new.csv", "--labels", "nowhere.csv"], "no such file"),
    ],
)
def test_a_batch_that_cannot_begin_ends_as_wrong_usage_with_one_sentence_and_writes_nothing(
    folder: str,
    words: list[str],
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
    assert main(["batch", folder, *words]) == USAGE
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before
