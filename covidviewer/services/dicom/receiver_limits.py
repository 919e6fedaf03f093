"""How much a connection may send: the length of one protocol data unit, and the bytes of one object.

pynetdicom tells of a unit (`evt.EVT_DATA_RECV`) when all of it is read, and puts no limit to its length: of one that
promised a gigabyte, 200 MB that were sent lay in memory before anybody was told. So the bytes are counted where they
come in, at the socket that the server accepts. Standard library only.
"""

from __future__ import annotations

import logging
import socket
from typing import Final, Self

log = logging.getLogger(__name__)

LARGEST_PDU: Final = 1_000_000
"""Bytes of one protocol data unit; an association request is smaller than this."""
PDU_HEADER: Final = 6
"""Bytes of type, a reserved byte, and the length of what follows, big-endian (PS3.8 9.3.1)."""


class LimitedConnection(socket.socket):
    """A connection whose `recv` raises OSError, which ends the association, once its limits are passed.

    Read on one thread.
    """

    @classmethod
    def of(cls, connection: socket.socket, largest_object: int) -> Self:
        """Takes over an accepted connection, which is of no use afterwards; `largest_object` in bytes."""
        timeout = connection.gettimeout()
        limited = cls(connection.family, connection.type, connection.proto, fileno=connection.detach())
        limited.settimeout(timeout)
        limited._limit = largest_object + LARGEST_PDU
        return limited

    _limit = 0
    _received = 0
    """Bytes since the last object."""
    _header = b""
    """What is there of a unit's header, until it is whole."""
    _unit_left = 0
    """Bytes of the unit that are still to come."""

    def begin_object(self) -> None:
        """An object is whole: count from 0."""
        self._received = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """See `socket.socket.recv`. Raises OSError where a unit or an object is too large."""
        content = super().recv(size, flags)
        self._received += len(content)
        if self._received > self._limit or self._longest_unit_in(content) > LARGEST_PDU:
            log.warning("An association was aborted: it exceeded the maximum object size.")
            raise OSError("more than the maximum object size")
        return content

    def _longest_unit_in(self, content: bytes) -> int:
        """The length of the longest unit that begins in `content`, the next bytes of the stream; 0 where none does."""
        longest = 0
        while content:
            if self._unit_left:
                rest = content[self._unit_left :]
                self._unit_left -= len(content) - len(rest)
            else:
                rest = content[PDU_HEADER - len(self._header) :]
                self._header += content[: len(content) - len(rest)]
                if len(self._header) == PDU_HEADER:
                    self._unit_left = int.from_bytes(self._header[2:], "big")
                    self._header = b""
                    longest = max(longest, self._unit_left)
            content = rest
        return longest
