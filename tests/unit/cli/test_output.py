"""Stdout that takes nothing more: a sentence with the system's reason, or no word where the reader has gone."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from covidviewer.cli.console import FAILED
from covidviewer.cli.main import main
from covidviewer.disclaimer import DISCLAIMER
from covidviewer.phantom.files import write_phantom_png
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import use_fake_model

SENTENCE = "The output cannot be written: no space left on device.\n"
COMMANDS = [["info"], ["info", "--json"], ["classify"], ["classify", "--json"], ["classify", "--csv", "-"]]


class Failing(io.StringIO):
    """A stream on which writing out fails."""

    def __init__(self, fault: OSError) -> None:
        super().__init__()
        self._fault = fault

    def flush(self) -> None:
        raise self._fault


@pytest.fixture
def picture(tmp_path: Path) -> str:
    write_phantom_png(tmp_path / "a.png", phantom_slice(2, lesions=2, size=128))
    return str(tmp_path / "a.png")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("fault", "said"),
    [(OSError(errno.ENOSPC, "No space left on device"), SENTENCE), (BrokenPipeError(errno.EPIPE, "Broken pipe"), "")],
    ids=["full", "gone"],
)
def test_a_full_disk_is_one_sentence_and_a_reader_that_went_away_none(
    command: list[str],
    fault: OSError,
    said: str,
    picture: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_fake_model(monkeypatch)
    monkeypatch.setattr(sys, "stdout", Failing(fault))
    assert main([*command, picture]) == FAILED
    assert capsys.readouterr().err.removeprefix(f"{DISCLAIMER}\n") == said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only on systems with /dev/full")
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["lines", "json"])
def test_a_process_on_a_full_disk_ends_with_its_sentence_and_nothing_after_it(form: list[str], picture: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "covidviewer", "info", *form, picture],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    assert (done.returncode, done.stderr) == (FAILED, SENTENCE)
