"""The receiver's seats: idle connections are sent away, closed ones free theirs, and deflated objects are not taken."""

from __future__ import annotations

import gc
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from covidviewer.services.dicom import receive
from covidviewer.services.dicom.receive import MOST_CONNECTIONS, Receiver
from covidviewer.services.dicom.receiver_plan import ReceiverPlan

pytest.importorskip("pynetdicom", reason="only with pynetdicom")
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""The senders of these tests, pynetdicom's, do not close the sockets of associations that were refused."""

CT = "1.2.840.10008.5.1.4.1.1.2"
PLAIN, DEFLATED = "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(receive, "REQUEST_S", 1.0)
    made = Receiver(ReceiverPlan(tmp_path / "in", 0, least_free=0), lambda _: None)
    yield made
    made.close()
    gc.collect()  # while the filter below holds


def idle(receiver: Receiver, count: int) -> list[socket.socket]:
    return [socket.create_connection(("127.0.0.1", receiver.port), timeout=20) for _ in range(count)]


def accepted(receiver: Receiver, *syntaxes: str) -> list[str]:
    """The transfer syntaxes of CT images that are taken; none where there is no association."""
    from pynetdicom import AE

    entity = AE(ae_title="SCANNER")
    for syntax in syntaxes:
        entity.add_requested_context(CT, syntax)
    association = entity.associate("127.0.0.1", receiver.port, ae_title="COVIDVIEWER")
    found = [str(context.transfer_syntax[0]) for context in association.accepted_contexts]
    if association.is_established:
        association.release()
    return found


def accepted_soon(receiver: Receiver, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if accepted(receiver, PLAIN):
            return True
        time.sleep(0.1)
    return False


def test_deflated_objects_are_not_taken(receiver: Receiver) -> None:
    assert accepted(receiver, PLAIN, DEFLATED) == [PLAIN]


def test_four_idle_connections_keep_nobody_out(receiver: Receiver) -> None:
    held = idle(receiver, 4)
    assert accepted(receiver, PLAIN) == [PLAIN]
    for one in held:
        one.close()


@pytest.mark.slow
def test_whoever_asks_for_nothing_loses_the_seat(receiver: Receiver) -> None:
    held = idle(receiver, MOST_CONNECTIONS)
    assert accepted_soon(receiver, 20)
    for one in held:
        assert one.recv(1) == b""
        one.close()


def test_a_seat_is_free_when_its_socket_closes(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        for one in idle(receiver, MOST_CONNECTIONS // 2):
            one.close()
    assert accepted_soon(receiver, 20)


@pytest.mark.slow
def test_no_more_connections_are_held_than_there_are_seats(receiver: Receiver) -> None:
    held = idle(receiver, MOST_CONNECTIONS + 8)
    lost = [one for one in held[MOST_CONNECTIONS:] if one.recv(1) == b""]
    assert len(lost) == 8
    for one in held:
        one.close()
