"""One window a user and screen: a second start hands its paths to the first, and leaves.

The rule for what is left behind by a program that died: under a lock, a socket that nobody answers at all is removed
and taken over; one that is connected but does not reply in time belongs to a busy program, and is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS: Final = 500
REPLY_MS: Final = 3000
LOCK_MS: Final = 5000
LARGEST_MESSAGE: Final = 4_000_000
"""Bytes; a longer one is no list of paths."""
REPLY: Final = b"taken\n"


class Start(Enum):
    """What this start turned out to be."""

    FIRST = "first"
    HANDED_OVER = "handed over"
    ALONE = "alone"
    """The first one does not reply: this one opens a window of its own, and takes no paths of others."""


class SingleInstance(QObject):
    """Listens when it is the first.

    Parameters
    ----------
    name
        Of the socket; see `instance_socket.socket_name`.
    """

    handed = Signal(object)
    """Paths (list of `Path`, perhaps empty) of another start."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def begin(self, paths: Sequence[Path]) -> Start:
        """Hand the paths over, or be the first. Blocks for `REPLY_MS` at most when another one hangs."""
        lock = QLockFile(lock_path(self._name))
        if not lock.tryLock(LOCK_MS):
            return Start.ALONE
        try:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if socket.waitForConnected(CONNECT_MS):
                return Start.HANDED_OVER if hand_over(socket, paths) else Start.ALONE
            if socket.error() is QLocalSocket.LocalSocketError.SocketTimeoutError:
                return Start.ALONE
            QLocalServer.removeServer(self._name)
            return Start.FIRST if self._server.listen(self._name) else Start.ALONE
        finally:
            lock.unlock()

    def listen(self) -> None:
        """Be the first if nobody is, without handing anything over; harmless when this one listens already."""
        lock = QLockFile(lock_path(self._name))
        if self._server.isListening() or not lock.tryLock(LOCK_MS):
            return
        try:
            socket = QLocalSocket()
            socket.connectToServer(self._name)
            if not socket.waitForConnected(CONNECT_MS) and (
                socket.error() is not QLocalSocket.LocalSocketError.SocketTimeoutError
            ):
                QLocalServer.removeServer(self._name)
                self._server.listen(self._name)
        finally:
            lock.unlock()

    def close(self) -> None:
        """Listen no more, and leave no socket behind; whoever has handed over nothing yet opens a window of its own."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._on_data(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._on_data(socket)

    def _on_data(self, socket: QLocalSocket) -> None:
        if not self._server.isListening() or socket.bytesAvailable() > LARGEST_MESSAGE:
            socket.abort()
        elif socket.canReadLine():
            paths = understood(bytes(socket.readLine().data()))
            if paths is None:
                socket.abort()
                return
            socket.write(REPLY)
            socket.flush()
            self.handed.emit(paths)


def hand_over(socket: QLocalSocket, paths: Sequence[Path]) -> bool:
    """Send the paths, made absolute; True when the other one has taken them."""
    socket.write(json.dumps([str(path.absolute()) for path in paths]).encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(REPLY_MS):
            return False
    return socket.readLine().data() == REPLY


def understood(line: bytes) -> list[Path] | None:
    """The paths of a message, or None when it is not ours."""
    try:
        held = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, list) or not all(isinstance(one, str) and Path(one).is_absolute() for one in held):
        return None
    return [Path(one) for one in held]


def lock_path(name: str) -> str:
    """Beside the socket, or in the temporary folder."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
    return f"{name}.lock" if Path(name).is_absolute() else str(Path(folder) / f"{name}.lock")
