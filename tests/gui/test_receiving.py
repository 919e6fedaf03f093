"""Tools > Receive: off until it is started, takes a series of another program, shows it, and ends."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pydicom
import pytest
from pytestqt.qtbot import QtBot

from covidviewer.phantom.files import write_phantom_series
from covidviewer.ui.commands import receiving
from covidviewer.ui.dialogs.receiving import ReceiveDialog, listed
from covidviewer.ui.main_window import MainWindow

SUCCESS, DUPLICATE = 0x0000, 0x0111


@pytest.fixture
def dialog(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ReceiveDialog]:
    monkeypatch.setattr(receiving, "QUIET_MS", 50)
    window.board["receive"].trigger()
    made = window.receive.dialog
    assert made is not None
    made.folder.setText(str(tmp_path / "inbox"))
    made.port.setValue(free_port())
    yield made
    assert window.receive.stop(10_000)
    qtbot.waitUntil(lambda: not window.receive.running, timeout=10_000)


@pytest.fixture
def scan(tmp_path: Path) -> list[Path]:
    return write_phantom_series(tmp_path / "scan", seed=2, slices=3, size=96)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(dialog: ReceiveDialog, qtbot: QtBot) -> None:
    dialog.toggle.click()
    qtbot.waitUntil(lambda: "Listening" in dialog.state.text(), timeout=20_000)


def sent(port: int, files: Sequence[Path], title: str = "COVIDVIEWER") -> list[int] | None:
    """C-ECHO, then C-STORE of each file, with pynetdicom as the client; None when the association was refused."""
    from pynetdicom import AE
    from pynetdicom.sop_class import CTImageStorage, Verification  # type: ignore[attr-defined]

    entity = AE(ae_title="SCANNER")
    entity.add_requested_context(Verification)
    entity.add_requested_context(CTImageStorage)
    association = entity.associate("127.0.0.1", port, ae_title=title)
    if not association.is_established:
        return None
    try:
        assert association.send_c_echo().Status == SUCCESS
        return [association.send_c_store(pydicom.dcmread(path)).Status for path in files]
    finally:
        association.release()


def test_nothing_listens_until_it_is_started_nor_after_it_is_stopped(dialog: ReceiveDialog, qtbot: QtBot) -> None:
    port = dialog.port.value()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
    started(dialog, qtbot)
    assert "this computer only" in dialog.state.text()
    assert not dialog.folder.isEnabled()
    socket.create_connection(("127.0.0.1", port), timeout=2).close()
    dialog.toggle.click()
    qtbot.waitUntil(lambda: dialog.toggle.text() == "Start", timeout=10_000)
    assert dialog.state.text().startswith("Off")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_series_that_is_sent_is_kept_and_shown(
    dialog: ReceiveDialog, window: MainWindow, scan: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    started(dialog, qtbot)
    assert sent(dialog.port.value(), scan) == [SUCCESS] * 3
    qtbot.waitUntil(lambda: window.session.shown is not None, timeout=20_000)
    assert window.session.shown is not None
    assert len(window.session.shown.series) == 3
    assert len(list((tmp_path / "inbox").rglob("*.dcm"))) == 3
    assert dialog.counts.text() == "3 objects of 1 series received"


def test_what_is_refused_is_said_and_counted(dialog: ReceiveDialog, scan: list[Path], qtbot: QtBot) -> None:
    started(dialog, qtbot)
    assert sent(dialog.port.value(), scan[:1]) == [SUCCESS]
    other = pydicom.dcmread(scan[0])
    other.PatientName = "Other"
    other.save_as(scan[0])
    assert sent(dialog.port.value(), scan[:1]) == [DUPLICATE]
    qtbot.waitUntil(lambda: "1 rejected" in dialog.counts.text(), timeout=10_000)
    assert "already exists" in dialog.trouble.text()
    assert sent(dialog.port.value(), scan[:1], title="ANYONE") is None


@pytest.mark.skipif(shutil.which("storescu") is None, reason="only on computers with DCMTK")
def test_who_is_not_on_the_list_of_titles_may_not_send(
    dialog: ReceiveDialog, scan: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.senders.setText("PACS, SCANNER1")
    started(dialog, qtbot)
    for calling, well in (("PACS", True), ("STRANGER", False)):
        command = ["storescu", "-aet", calling, "-aec", "COVIDVIEWER", "127.0.0.1", str(dialog.port.value())]
        done = subprocess.run([*command, str(scan[0])], capture_output=True, check=False, timeout=30)
        assert (done.returncode == 0) == well


def test_a_port_that_is_taken_is_a_sentence_and_it_stays_off(dialog: ReceiveDialog, qtbot: QtBot) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        dialog.port.setValue(int(taken.getsockname()[1]))
        dialog.toggle.click()
        qtbot.waitUntil(lambda: dialog.toggle.text() == "Start", timeout=20_000)
    assert "Cannot listen on" in dialog.trouble.text()
    assert dialog.state.text().startswith("Off")


def test_start_waits_for_a_folder_and_lists_are_split_at_commas(dialog: ReceiveDialog) -> None:
    dialog.folder.clear()
    assert not dialog.toggle.isEnabled()
    assert listed(" 10.1.2.3 , ,PACS") == ("10.1.2.3", "PACS")
