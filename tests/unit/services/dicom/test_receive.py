"""The receiver, against DCMTK's programs as real clients, and against clients that mean harm."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pydicom
import pytest

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.opening import open_paths
from covidviewer.phantom.files import write_phantom_series
from covidviewer.services.dicom.receive import (
    MISMATCH,
    NO_ROOM,
    STORED_CLASSES,
    SUCCESS,
    THERE_ALREADY,
    Received,
    Receiver,
)
from covidviewer.services.dicom.receiver_plan import ReceiverPlan, allowed_networks, is_allowed

dcmtk = pytest.mark.skipif(shutil.which("storescu") is None, reason="only on computers with DCMTK")
Start = Callable[..., Receiver]


@pytest.fixture
def scan(tmp_path: Path) -> list[Path]:
    return write_phantom_series(tmp_path / "scan", seed=2, slices=3, size=96)


@pytest.fixture
def told() -> list[Received]:
    return []


@pytest.fixture
def start(tmp_path: Path, told: list[Received]) -> Iterator[Start]:
    running: list[Receiver] = []

    def begin(**changes: object) -> Receiver:
        plan = ReceiverPlan(tmp_path / "in", **({"port": 0, "least_free": 0} | changes))  # type: ignore[arg-type]
        running.append(Receiver(plan, told.append))
        return running[-1]

    yield begin
    for receiver in running:
        receiver.close()


def send(receiver: Receiver, *files: Path, calling: str = "SCANNER", called: str = "COVIDVIEWER") -> int:
    command = ["storescu", "-aet", calling, "-aec", called, "127.0.0.1", str(receiver.port), *map(str, files)]
    return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode


def answers(receiver: Receiver) -> bool:
    command = ["echoscu", "-aet", "PACS", "-aec", "COVIDVIEWER", "127.0.0.1", str(receiver.port)]
    return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@dcmtk
def test_a_series_that_is_sent_opens_with_the_values_that_were_sent(
    start: Start, scan: list[Path], told: list[Received], tmp_path: Path
) -> None:
    receiver = start()
    assert answers(receiver)
    assert send(receiver, *scan) == 0
    assert [one.status for one in told] == [SUCCESS] * 3
    (series,) = open_paths([tmp_path / "in"]).series
    (sent,) = open_paths([tmp_path / "scan"]).series
    for index in range(3):
        np.testing.assert_array_equal(series.read_slice(index).values, sent.read_slice(index).values)
    folder = str(pydicom.dcmread(scan[0]).SeriesInstanceUID)
    assert {path.parent.name for path in files_in(tmp_path / "in")} == {folder}


@dcmtk
def test_sending_again_is_no_fault_and_replaces_nothing(start: Start, scan: list[Path], tmp_path: Path) -> None:
    receiver = start()
    assert send(receiver, scan[0]) == 0
    (kept,) = files_in(tmp_path / "in")
    before = kept.read_bytes()
    assert send(receiver, scan[0]) == 0
    changed = pydicom.dcmread(scan[0])
    changed.PatientName = "Someone^Else"
    changed.save_as(scan[0])
    assert send(receiver, scan[0]) != 0
    assert kept.read_bytes() == before
    assert files_in(tmp_path / "in") == [kept]


@dcmtk
@pytest.mark.parametrize(
    ("changes", "calling", "called"),
    [
        ({"calling": ("PACS",)}, "SCANNER", "COVIDVIEWER"),
        ({}, "SCANNER", "ANY-SCP"),
        ({"networks": ("10.0.0.0/8",)}, "SCANNER", "COVIDVIEWER"),
        ({"least_free": 10**18}, "SCANNER", "COVIDVIEWER"),
        ({"largest_object": 1}, "SCANNER", "COVIDVIEWER"),
    ],
)
def test_who_may_not_send_and_what_does_not_fit_leaves_nothing(
    start: Start, scan: list[Path], tmp_path: Path, changes: dict[str, object], calling: str, called: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if "largest_object" in changes:
        monkeypatch.setattr(
            "covidviewer.services.dicom.receiver_limits.LARGEST_PDU", 17_000
        )  # an object here has 19 kB
    receiver = start(**changes)
    assert send(receiver, *scan, calling=calling, called=called) != 0
    assert files_in(tmp_path / "in") == []
    if "networks" not in changes:
        assert answers(receiver)


@dcmtk
def test_who_is_on_the_list_may_send(start: Start, scan: list[Path], tmp_path: Path) -> None:
    receiver = start(calling=("PACS", "SCANNER"), networks=("127.0.0.1",))
    assert send(receiver, *scan) == 0
    assert len(files_in(tmp_path / "in")) == 3


@dcmtk
@pytest.mark.parametrize(
    "said",
    [
        struct.pack(">BBL", 1, 0, 0xFFFFFFFF),
        struct.pack(">BBL", 4, 0, 0xFFFFFFF0) + b"\0" * 100,
        b"GET / HTTP/1.1\r\n\r\n",
        b"\0" * 6,
    ],
)
def test_nonsense_and_a_promise_of_four_gigabytes_end_that_connection_alone(start: Start, said: bytes) -> None:
    receiver = start()
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=20) as connection:
        connection.sendall(said)
        while connection.recv(4096):
            pass
    assert answers(receiver)


def test_an_object_that_is_not_what_was_announced_is_refused(start: Start, scan: list[Path], tmp_path: Path) -> None:
    receiver = start()
    content = scan[0].read_bytes()
    uid = str(pydicom.dcmread(scan[0]).SOPInstanceUID)
    ct = STORED_CLASSES[0]
    for sop_class, instance, sent in (
        (ct, "../../x", content),
        (ct, "1.2.3", content),
        ("1.2.840.10008.5.1.4.1.1.4", uid, content),
        (ct, uid, content[:200]),
        (ct, uid, b"nothing"),
        (ct, "1.2." + "3" * 80, content),
    ):
        assert receiver.keep(sent, sop_class, instance).status == MISMATCH
    assert files_in(tmp_path / "in") == []
    assert receiver.keep(content, ct, uid).status == SUCCESS
    assert receiver.keep(content + b"\0\0", ct, uid).status == THERE_ALREADY


def test_a_series_uid_that_leads_elsewhere_is_refused(start: Start, scan: list[Path], tmp_path: Path) -> None:
    dataset = pydicom.dcmread(scan[0])
    uid = str(dataset.SeriesInstanceUID).encode()
    content = scan[0].read_bytes().replace(uid, b"../../../../etc/x".ljust(len(uid), b"\0"))
    received = start().keep(content, STORED_CLASSES[0], str(dataset.SOPInstanceUID))
    assert (received.status, received.reason) == (MISMATCH, "The object has no valid UIDs.")
    assert not (tmp_path / "etc").exists()


def test_a_disk_that_cannot_be_written_is_told_and_leaves_nothing(
    start: Start, scan: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(_: int) -> None:
        raise OSError(28, "No space left on device")

    receiver = start()
    monkeypatch.setattr("covidviewer.files.os.fsync", fsync)
    uid = str(pydicom.dcmread(scan[0]).SOPInstanceUID)
    received = receiver.keep(scan[0].read_bytes(), STORED_CLASSES[0], uid)
    assert received.status == NO_ROOM
    assert "no space left" in received.reason
    assert files_in(tmp_path / "in") == []


def test_a_port_that_is_taken_is_one_sentence(start: Start) -> None:
    taken = start().port
    with pytest.raises(CovidViewerError, match="Cannot listen on"):
        start(port=taken)


def test_a_door_beyond_this_computer_needs_a_list() -> None:
    with pytest.raises(CovidViewerError, match="allow-list"):
        allowed_networks(ReceiverPlan(Path(), 0, "0.0.0.0"))
    networks = allowed_networks(ReceiverPlan(Path(), 0, "0.0.0.0", networks=("10.1.2.0/24", "2001:db8::1")))
    allowed = [address for address in ADDRESSES if is_allowed(address, networks)]
    assert allowed == ["10.1.2.7", "::ffff:10.1.2.7", "2001:db8::1"]
    loopback = allowed_networks(ReceiverPlan(Path(), 0))
    assert [address for address in ADDRESSES if is_allowed(address, loopback)] == ["127.0.0.1", "::1"]


ADDRESSES = ("10.1.2.7", "10.1.3.7", "::ffff:10.1.2.7", "2001:db8::1", "2001:db8::2", "127.0.0.1", "::1", "nonsense")


def test_closing_ends_an_association_in_work(start: Start) -> None:
    receiver = start()
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=20) as connection:
        receiver.close()
        with suppress(ConnectionResetError):
            assert connection.recv(1) in (b"", b"\x07")  # the end, or an A-ABORT before it
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", receiver.port), timeout=2)


@dcmtk
@pytest.mark.skipif(os.name != "posix", reason="only on systems with signals")
def test_the_command_says_what_it_does_and_ctrl_c_ends_it(scan: list[Path], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "covidviewer",
        "receive",
        "--port",
        "0",
        "--keep-free",
        "1",
        "--out",
        str(tmp_path / "in"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        port = process.stderr.readline().partition("127.0.0.1:")[2].partition(";")[0]
        sent = subprocess.run(
            ["storescu", "-aec", "COVIDVIEWER", "127.0.0.1", port, str(scan[0])], check=False, timeout=30
        )
        assert sent.returncode == 0
        assert Path(process.stdout.readline().rstrip("\n")).is_file()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
