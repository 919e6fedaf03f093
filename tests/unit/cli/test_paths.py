"""Paths that lead nowhere: empty ones are wrong usage, and folders without files are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from covidviewer.cli.console import DONE, FAILED, USAGE
from covidviewer.cli.main import COMMANDS, WINDOW, main
from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import FakeClassifier, use_fake_model


@pytest.fixture
def classifier(monkeypatch: pytest.MonkeyPatch) -> FakeClassifier:
    return use_fake_model(monkeypatch)


@pytest.mark.usefixtures("classifier")
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("classify", []),
        ("classify", ["--json"]),
        ("info", []),
        ("info", ["--json"]),
        ("dicom", ["--out", "out"]),
        ("batch", ["--out", "out.csv"]),
    ],
)
def test_a_folder_without_files_is_one_sentence_for_every_command(
    command: str,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    assert main([command, "empty", *options]) == FAILED
    captured = capsys.readouterr()
    assert captured.err.count("“empty” contains no files.\n") == 1
    assert json.loads(captured.out or "[]") == []


def test_a_folder_without_files_costs_the_others_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    write_phantom_png(tmp_path / "a.png", phantom_slice(1, size=64))
    assert main(["info", "--json", str(tmp_path / "empty"), str(tmp_path / "a.png")]) == FAILED
    captured = capsys.readouterr()
    assert [row["path"] for row in json.loads(captured.out)] == [str(tmp_path / "a.png")]
    assert captured.err == f"“{tmp_path / 'empty'}” contains no files.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [""],
        ["classify", ""],
        ["classify", "a.png", "--csv", ""],
        ["classify", "a.png", "--heatmaps", ""],
        ["classify", "a.png", "--model", ""],
        ["info", "a.png", ""],
        ["dicom", "", "--out", "out"],
        ["dicom", "a.dcm", "--out", ""],
        ["batch", "", "--out", "out.csv"],
        ["batch", "scans", "--out", ""],
        ["receive", "--port", "0", "--out", ""],
    ],
)
def test_an_empty_path_is_wrong_usage_and_not_the_current_folder(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (WINDOW, *COMMANDS):
        monkeypatch.setattr(f"{command.module}.run", lambda _options: DONE)
    assert main(arguments) == USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith(": the path is empty\n")


def test_dicom_that_cannot_be_written_is_said_before_anything_is_scored(
    classifier: FakeClassifier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("highdicom", reason="only where DICOM can be written")
    write_phantom_png(tmp_path / "a.png", phantom_slice(2, lesions=2, size=128))
    (tmp_path / "out").touch()
    assert main(["dicom", str(tmp_path / "a.png"), "--out", str(tmp_path / "out")]) == FAILED
    captured = capsys.readouterr()
    assert captured.err.startswith(f"The folder “{tmp_path / 'out'}” cannot be created: ")
    assert captured.err.count("\n") == 1
    assert classifier.batches == []
