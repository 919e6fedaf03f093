"""The window of an installation: it shows what is said, goes when all is well, and is not missed without Tk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Event

import pytest

from installer import commands
from installer.failure import Failure
from installer.progress_window import shown_in_window

ROOT = Path(__file__).resolve().parents[3]
needs_a_screen = pytest.mark.skipif(
    shutil.which("Xvfb") is None or find_spec("tkinter") is None, reason="only on Linux with Xvfb and a Python with Tk"
)


@pytest.fixture
def screen() -> Iterator[str]:
    """An X server of our own; what DISPLAY says of it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def in_window(screen: str, words: str) -> subprocess.CompletedProcess[str]:
    """Show a Python program in the window, in a process of its own; its exit code is said last."""
    command = [sys.executable, "-c", words]
    ask = f"from installer.progress_window import shown_in_window\nprint('code', shown_in_window({command!r}))"
    return subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def asked(
    screen: str, words: str, closing_when: str, waiting_for: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """`in_window`, whose button is pressed once a text of the window says `closing_when` and a file is there."""
    command = [sys.executable, "-u", "-c", words]
    ask = f"""
from pathlib import Path
from installer import progress_window
from installer.progress_window import Progress, shown_in_window
look = Progress._look
def closing(self):
    look(self)
    there = {str(waiting_for or ROOT)!r}
    if any({closing_when!r} in part["text"] for part in (self._head, self._line)) and Path(there).exists():
        if Path(there).is_dir() or Path(there).read_text():
            print("shown:", self._line["text"])
            self._button.invoke()
Progress._look = lambda self: closing(self)
print("code", shown_in_window({command!r}))
"""
    with subprocess.Popen(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": screen},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def is_over(pid: int) -> bool:
    """Whether a process ends within ten seconds."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        Event().wait(0.1)
    return False


@needs_a_screen
def test_the_window_goes_when_the_installation_is_done(screen: str) -> None:
    seen = in_window(screen, "import os; print('package 1: numpy', os.environ['COVIDVIEWER_PROGRESS_LINES'])")
    assert seen.stdout.splitlines() == ["package 1: numpy 1", "code 0"]


@needs_a_screen
def test_a_failure_waits_in_the_window_until_it_is_closed(screen: str) -> None:
    words = "import sys; [print(n) for n in range(2000)]; print('the reason'); sys.exit(3)"
    with asked(screen, words, closing_when="could not be installed") as seen:
        assert seen.communicate(timeout=30)[0].splitlines()[-2:] == ["shown: the reason", "code 3"]


@needs_a_screen
@pytest.mark.skipif(sys.platform == "win32", reason="by signals")
def test_cancelling_ends_what_the_installation_started(screen: str, tmp_path: Path) -> None:
    started = tmp_path / "pid"
    child = f"import os, pathlib, time; pathlib.Path({str(started)!r}).write_text(str(os.getpid())); time.sleep(60)"
    words = f"import subprocess, sys; print('begun'); subprocess.run([sys.executable, '-c', {child!r}])"
    with asked(screen, words, closing_when="begun", waiting_for=started) as seen:
        assert seen.communicate(timeout=30)[0].splitlines()[-1].startswith("code -")
    assert is_over(int(started.read_text()))


def test_without_a_screen_there_is_no_window_and_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "tkinter", None)
    started = tmp_path / "started"
    assert shown_in_window([sys.executable, "-c", f"open({str(started)!r}, 'w')"]) is None
    assert not started.exists()


@pytest.mark.parametrize(("ready", "code"), [(True, 9), (False, 0), (False, None)])
def test_a_double_click_ends_with_the_window_of_the_program(
    ready: bool, code: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def run(paths: list[str]) -> int:
        ran.append(paths)
        return 0

    monkeypatch.setattr(commands, "has_display", lambda *_: True)
    monkeypatch.setattr(commands, "is_ready", lambda *_: ready)
    monkeypatch.setattr(commands, "shown_in_window", lambda _: code)
    monkeypatch.setattr(commands, "run", run)
    assert commands.launch(["a.dcm"]) == 0
    assert ran == [["a.dcm"]]


def test_after_a_failure_that_was_shown_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: list[str]) -> int:
        raise Failure("opened all the same")

    monkeypatch.setattr(commands, "has_display", lambda *_: True)
    monkeypatch.setattr(commands, "is_ready", lambda *_: False)
    monkeypatch.setattr(commands, "shown_in_window", lambda _: 1)
    monkeypatch.setattr(commands, "run", never)
    assert commands.launch([]) == 1
