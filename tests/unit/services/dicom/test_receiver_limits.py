"""What a connection may send: units of any cut pass up to the limits, and not a byte more is kept beyond them."""

from __future__ import annotations

import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covidviewer.services.dicom.receiver_limits import LARGEST_PDU, LimitedConnection


def unit(length: int, content: bytes = b"") -> bytes:
    return struct.pack(">BBL", 4, 0, length) + content


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=6), st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_units_within_the_limits_arrive_as_they_were_sent_however_they_are_read(
    contents: list[bytes], cuts: list[int]
) -> None:
    sent = b"".join(unit(len(content), content) for content in contents)
    ours, theirs = socket.socketpair()
    with theirs, LimitedConnection.of(ours, largest_object=1_000_000) as limited:
        theirs.sendall(sent)
        theirs.shutdown(socket.SHUT_WR)
        arrived, turn = b"", 0
        while piece := limited.recv(cuts[turn % len(cuts)]):
            arrived, turn = arrived + piece, turn + 1
    assert arrived == sent


@given(st.lists(st.binary(max_size=40), max_size=4), st.integers(1, 30))
def test_a_unit_that_is_too_long_ends_the_connection_at_its_header(contents: list[bytes], cut: int) -> None:
    before = b"".join(unit(len(content), content) for content in contents)
    ours, theirs = socket.socketpair()
    with theirs, LimitedConnection.of(ours, largest_object=1_000_000) as limited:
        theirs.sendall(before + unit(LARGEST_PDU + 1))
        arrived = 0
        with pytest.raises(OSError, match="more than the maximum object size"):  # noqa: PT012 - how often is unknown
            while True:
                arrived += len(limited.recv(cut))
    assert len(before) + 6 - cut <= arrived < len(before) + 6


def test_an_object_may_have_its_bytes_and_the_next_one_has_them_again() -> None:
    ours, theirs = socket.socketpair()
    content = bytes(100_000)
    whole = unit(len(content), content)
    with theirs, LimitedConnection.of(ours, largest_object=0) as limited:
        for _ in range(3):
            for _ in range(LARGEST_PDU // len(whole)):
                theirs.sendall(whole)
                assert len(limited.recv(len(whole), socket.MSG_WAITALL)) == len(whole)
            limited.begin_object()
        with pytest.raises(OSError, match="more than the maximum object size"):  # noqa: PT012
            for _ in range(LARGEST_PDU // len(whole) + 1):
                theirs.sendall(whole)
                limited.recv(len(whole), socket.MSG_WAITALL)


def test_the_connection_that_was_accepted_keeps_its_timeout() -> None:
    ours, theirs = socket.socketpair()
    ours.settimeout(2.5)
    with theirs, LimitedConnection.of(ours, 1) as limited:
        assert limited.gettimeout() == 2.5
