"""A second start hands its paths over; what a dead program left behind is taken over, what a busy one holds is not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from covidviewer.ui.application import Application, take_over
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.startup import single_instance
from covidviewer.ui.startup.instance_socket import InstanceSocket, may_be_listened_to
from covidviewer.ui.startup.single_instance import SingleInstance, Start, understood

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from covidviewer.ui.startup.single_instance import SingleInstance
application = QCoreApplication([])
print(SingleInstance(sys.argv[1]).begin([Path(one) for one in sys.argv[2:]]).value)
"""


@pytest.fixture
def name(tmp_path: Path) -> str:
    return str(tmp_path / "socket") if os.name == "posix" else f"covidviewer-test-{os.getpid()}"


@pytest.fixture
def first(name: str, qtbot: QtBot) -> Iterator[SingleInstance]:
    made = SingleInstance(name)
    assert made.begin([]) is Start.FIRST
    yield made
    made.close()


def second_start(name: str, *paths: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND_START, name, *paths]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_second_start_hands_its_paths_to_the_first(first: SingleInstance, name: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.handed, timeout=20_000) as handed:
        second = second_start(name, "Schnitt äé 肺.dcm", "folder")
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.communicate()[0].strip() == "handed over"
    assert handed.args == [[Path.cwd() / "Schnitt äé 肺.dcm", Path.cwd() / "folder"]]


def test_a_second_start_without_paths_still_finds_the_first(first: SingleInstance, name: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.handed, timeout=20_000) as handed:
        second = second_start(name)
    second.communicate()
    assert handed.args == [[]]


@pytest.mark.skipif(os.name != "posix", reason="only on systems with socket files")
def test_a_socket_that_a_dead_program_left_is_taken_over(name: str, qtbot: QtBot) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(name)
    left.close()
    assert Path(name).exists()
    instance = SingleInstance(name)
    assert instance.begin([]) is Start.FIRST
    instance.close()
    assert not Path(name).exists()


def test_a_busy_first_program_is_left_alone(first: SingleInstance, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_instance, "REPLY_MS", 100)
    began = time.monotonic()
    assert SingleInstance(name).begin([]) is Start.ALONE
    assert time.monotonic() - began < 2
    probe = QLocalSocket()
    probe.connectToServer(name)
    assert probe.waitForConnected(500)


def test_the_door_looks_for_nobody_where_no_socket_is_and_hands_over_where_one_is(name: str, qtbot: QtBot) -> None:
    owner, other = QObject(), QObject()
    first, second = InstanceSocket(name, owner), InstanceSocket(name, other)
    assert not first.hand_over([Path("a.dcm")])
    taken: list[Path] = []
    first.listen(taken.extend)
    started = second_start(name, "b.dcm")
    qtbot.waitUntil(lambda: started.poll() is not None, timeout=20_000)
    assert started.communicate()[0].strip() == "handed over"
    assert taken == [Path.cwd() / "b.dcm"]
    second.listen(lambda paths: pytest.fail(f"two listen: {paths}"))
    first.close()
    assert not may_be_listened_to(name)


def test_a_start_that_meets_a_closing_window_keeps_its_paths(
    window: MainWindow, name: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance_socket, lost, answers = InstanceSocket(name, window), list[Path](), list[bool]()
    stop = window._stop
    instance_socket.listen(lost.extend)
    window.closing.connect(instance_socket.close)
    caller = QLocalSocket()
    caller.connectToServer(name)
    assert caller.waitForConnected(500)

    def start_while_threads_end() -> bool:
        caller.write(b'["' + bytes(Path.cwd()) + b'"]\n')
        caller.flush()
        for _ in range(20):
            QCoreApplication.processEvents()
        answers.append(caller.canReadLine())
        return stop()

    monkeypatch.setattr(window, "_stop", start_while_threads_end)
    window.close()
    assert (answers, lost) == ([False], [])
    assert not may_be_listened_to(name)


@pytest.mark.parametrize("line", [b"", b"{}", b'["relative.dcm"]', b"[1]", b"[" * 100_000, b"\xff"])
def test_a_message_that_is_not_ours_opens_nothing(line: bytes) -> None:
    assert understood(line) is None


def test_paths_that_are_no_unicode_arrive_whole() -> None:
    path = "/tmp/" + os.fsdecode(b"\xe4\xff.dcm")
    assert understood(json.dumps([path]).encode()) == [Path(path)]


def test_what_is_handed_over_is_opened(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window.files, "open", opened.extend)
    take_over(window, [tmp_path])
    assert opened == [tmp_path]


def test_a_file_that_the_desktop_hands_over_is_told(tmp_path: Path) -> None:
    told: list[Path] = []

    class Ear:
        class file_opened:  # noqa: N801
            emit = told.append

    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "肺.dcm")))
    assert event.type() is QEvent.Type.FileOpen
    assert Application.event(Ear(), event)  # type: ignore[arg-type]
    assert told == [tmp_path / "肺.dcm"]
