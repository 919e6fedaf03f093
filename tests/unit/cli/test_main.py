"""The command line's words, exit codes and borders."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from covidviewer import __version__
from covidviewer.cli import main as module
from covidviewer.cli.console import FAILED, INTERRUPTED, USAGE
from covidviewer.cli.main import COMMANDS, main
from covidviewer.errors import BrokenModel, OutputUnwritable
from covidviewer.inference import loading
from covidviewer.phantom.files import write_phantom_dicom, write_phantom_png
from covidviewer.phantom.slices import phantom_slice


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_every_command_has_arguments_and_can_be_run(command: module.Command) -> None:
    found = import_module(command.module)
    found.add_arguments(argparse.ArgumentParser())
    assert callable(found.run)


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"CovidViewer {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(command.name in shown for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["classify"],
        ["classify", "--json", "--csv", "x", "a"],
        ["classify", "--device", "tpu", "a"],
        ["--nonsense"],
        ["info"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage:" in captured.err


def opened_by(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> list[Path]:
    opened: list[Path] = []

    def run(options: argparse.Namespace) -> int:
        opened.extend(options.paths)
        return 0

    monkeypatch.setattr("covidviewer.cli.window.run", run)
    assert main(arguments) == 0
    return opened


@pytest.mark.parametrize("arguments", [["./classify"], ["--", "classify"], ["scan.dcm", "classify"]])
def test_a_file_named_like_a_command_can_be_opened(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    assert Path("classify") in opened_by(monkeypatch, arguments)


def test_no_arguments_open_an_empty_window(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened_by(monkeypatch, []) == []


def test_without_a_display_the_window_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main(["scan.dcm"]) == FAILED
    assert capsys.readouterr().err.count("\n") == 1


def failing_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(options: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr("covidviewer.cli.info.run", run)


def test_ctrl_c_is_one_word_and_its_own_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing_with(monkeypatch, KeyboardInterrupt())
    assert main(["info", "x"]) == INTERRUPTED
    assert capsys.readouterr().err == "Stopped.\n"


def test_an_error_of_ours_is_its_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    failing_with(monkeypatch, OutputUnwritable("The disk is full."))
    assert main(["info", "x"]) == FAILED
    assert capsys.readouterr().err == "The disk is full.\n"


def test_an_unforeseen_error_is_a_sentence_and_its_traceback_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("covidviewer.services.user_files.log.log_path", lambda: tmp_path / "logs" / "covidviewer.log")
    failing_with(monkeypatch, ZeroDivisionError("seven"))
    assert main(["info", "x"]) == FAILED
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert "ZeroDivisionError: seven" in (tmp_path / "logs" / "covidviewer.log").read_text(encoding="utf-8")


def test_a_start_without_streams_works() -> None:
    code = "import sys; sys.stdout = sys.stderr = None; from covidviewer.cli.main import main; sys.exit(main(['--no']))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == USAGE


def test_importing_the_command_line_imports_nothing_heavy() -> None:
    heavy = {"numpy", "pydicom", "PySide6", "PIL", "cv2", "scipy", "platformdirs", "logging"}
    code = f"import sys, covidviewer.cli.main; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["classify", "a.png"],
        ["classify", "--json", "a.png"],
        ["batch", "scans", "--out", "out.csv"],
        ["dicom", "a.dcm", "--out", "out"],
        ["bench"],
    ],
    ids=" ".join,
)
def test_a_broken_model_is_one_sentence_for_every_command(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_choice: object) -> None:
        raise BrokenModel("The model is damaged.")

    monkeypatch.setattr(loading, "load_model", broken)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scans").mkdir()
    for name in ("a.png", "scans/a.png"):
        write_phantom_png(tmp_path / name, phantom_slice(1, size=64))
    write_phantom_dicom(tmp_path / "a.dcm", phantom_slice(1, size=64), seed=1)
    assert main(arguments) == FAILED
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "The model is damaged.\n")
    assert not (tmp_path / "out.csv").exists()
