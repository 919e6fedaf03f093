"""Bad input on the terminal: one sentence each, the right exit code, and the other files still answered."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from covidviewer.cli.console import DONE, FAILED
from covidviewer.cli.main import main
from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from tests.faults.bad_files import INDETERMINATE, READABLE, SEED, SIZE, UNREADABLE
from tests.unit.services.fakes import FakeClassifier, use_fake_model

Make = Callable[[Path], None]
LONGEST = 200
"""Characters of a sentence that a person reads at a glance."""


@pytest.fixture(autouse=True)
def classifier(monkeypatch: pytest.MonkeyPatch) -> FakeClassifier:
    return use_fake_model(monkeypatch)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.png"
    write_phantom_png(path, phantom_slice(SEED, size=SIZE))
    return path


def classified(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[int, list[dict[str, Any]]]:
    code = main(["classify", "--json", *map(str, paths)])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    rows: list[dict[str, Any]] = json.loads(captured.out)
    return code, rows


def assert_is_a_sentence(text: str) -> None:
    assert text[0].isupper() or text[0] in "“\"'0123456789"
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) <= LONGEST
    for word in ("Error", "Exception", "Errno", "!", "{", "<class"):
        assert word not in text


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_fails_with_a_sentence_and_costs_only_itself(
    make: Make, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.dcm"
    make(bad)
    code, rows = classified(capsys, bad, good)
    assert code == FAILED
    assert [row["status"] for row in rows] == ["failed", "scored"]
    assert rows[0]["path"].startswith(str(bad))
    assert_is_a_sentence(rows[0]["reason"])


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_info_says_the_same_of_it(make: Make, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.png"
    make(bad)
    assert main(["info", "--json", str(bad), str(good)]) == FAILED
    rows = json.loads(capsys.readouterr().out)
    assert set(rows[0]) == {"path", "error"}
    assert_is_a_sentence(rows[0]["error"])
    assert "error" not in rows[1]


@pytest.mark.parametrize("make", READABLE.values(), ids=READABLE.keys())
def test_what_is_odd_but_whole_is_scored(make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path / "odd.png")
    code, rows = classified(capsys, tmp_path / "odd.png")
    assert (code, [row["status"] for row in rows]) == (DONE, ["scored"])
    assert main(["info", "--json", str(tmp_path / "odd.png")]) == DONE
    (told,) = json.loads(capsys.readouterr().out)
    assert told["kind"] == "DICOM"
    assert told["spacing_mm"] is None or min(told["spacing_mm"]) > 0


@pytest.mark.parametrize("make", INDETERMINATE.values(), ids=INDETERMINATE.keys())
def test_what_shows_no_chest_has_a_reason_and_no_score(
    make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], classifier: FakeClassifier
) -> None:
    make(tmp_path / "none.png")
    code, (row,) = classified(capsys, tmp_path / "none.png")
    assert (code, row["status"], row["p_covid"], row["label"]) == (DONE, "indeterminate", None, None)
    assert_is_a_sentence(row["reason"])
    assert classifier.batches == []


def test_a_file_that_vanishes_between_listing_and_reading_fails_alone(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from covidviewer.services import opening

    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(good.read_bytes())
    read = opening.FoundFile.read

    def read_late(found: opening.FoundFile, at: int) -> object:
        if found.path.name == "a.png":
            found.path.unlink()
        return read(found, at)

    monkeypatch.setattr(opening.FoundFile, "read", read_late)
    code, rows = classified(capsys, tmp_path)
    assert (code, [row["status"] for row in rows]) == (FAILED, ["failed", "scored"])
    assert_is_a_sentence(rows[0]["reason"])


def test_a_path_that_is_not_there_is_a_sentence(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = classified(capsys, tmp_path / "gone", good)
    assert (code, [row["status"] for row in rows]) == (FAILED, ["failed", "scored"])
    assert_is_a_sentence(rows[0]["reason"])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="only on POSIX as a common user")
def test_a_folder_that_may_not_be_read_is_a_sentence(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    code, rows = classified(capsys, tmp_path / "closed", good)
    assert (code, sorted(row["status"] for row in rows)) == (FAILED, ["failed", "scored"])


def test_a_folder_that_cannot_be_listed_is_a_sentence(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: Any) -> Any:
        if Path(path) == tmp_path:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    code, rows = classified(capsys, tmp_path, good)
    assert code == FAILED
    assert sorted(row["status"] for row in rows) == ["failed", "scored"]
    assert_is_a_sentence(next(row["reason"] for row in rows if row["status"] == "failed"))


@pytest.mark.skipif(os.name != "posix", reason="only on systems where a name is bytes")
def test_a_name_that_is_no_unicode_is_answered(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / os.fsdecode(b"scan-\xff\xfe.png")
    odd.write_bytes(good.read_bytes())
    code, rows = classified(capsys, odd)
    assert (code, [row["status"] for row in rows]) == (DONE, ["scored"])
    assert Path(rows[0]["path"]) == odd


def test_names_of_every_script_are_answered(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["ärztin ß.png", "胸部 扫描.png", "سكان.png", "=cmd().png", "a b'\"c.png", "-rf.png"]
    for name in names:
        (tmp_path / name).write_bytes(good.read_bytes())
    code, rows = classified(capsys, tmp_path)
    assert code == DONE
    assert {Path(row["path"]).name for row in rows} == set(names)


def test_a_link_that_leads_to_its_own_folder_ends(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if os.name != "posix":
        pytest.skip("only on systems where anyone may make links")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "good.png").write_bytes(good.read_bytes())
    (tmp_path / "inner" / "loop").symlink_to(tmp_path, target_is_directory=True)
    code, rows = classified(capsys, tmp_path)
    assert (code, len(rows)) == (DONE, 1)
