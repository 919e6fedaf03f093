"""Where a window of this program listens for other starts, and the way to it: Qt's network module is imported late."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths

if TYPE_CHECKING:
    from covidviewer.ui.startup.single_instance import SingleInstance


class InstanceSocket:
    """Hands paths to the window that is open, or listens for those of later starts. Window's thread.

    Parameters
    ----------
    name
        Of the socket; `socket_name()` for the user's own.
    parent
        Owns what is made.
    """

    def __init__(self, name: str, parent: QObject) -> None:
        self._name = name
        self._parent = parent
        self._instance: SingleInstance | None = None

    def hand_over(self, paths: Sequence[Path]) -> bool:
        """Whether another window has taken the paths. Looks for none where no socket is: that costs a start nothing."""
        if not may_be_listened_to(self._name):
            return False
        from covidviewer.ui.startup.single_instance import Start

        instance = self._made()
        taken = instance.begin(paths) is Start.HANDED_OVER
        instance.close()  # whoever finds a socket shall find somebody who listens: that is `listen`
        return taken

    def listen(self, take: Callable[[list[Path]], None]) -> None:
        """Take the paths of later starts from now on, unless another window does."""
        instance = self._made()
        instance.handed.connect(take)
        instance.listen()

    def close(self) -> None:
        """Listen no more."""
        if self._instance is not None:
            self._instance.close()

    def _made(self) -> SingleInstance:
        if self._instance is None:
            from covidviewer.ui.startup.single_instance import SingleInstance

            self._instance = SingleInstance(self._name, self._parent)
        return self._instance


def socket_name() -> str:
    """One a user and screen: a path in the user's run-time folder, on Windows the name of a pipe."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    home = zlib.crc32(f"{Path.home()}\0{screen}".encode("utf-8", "surrogateescape"))
    name = f"covidviewer-{home:08x}"
    if sys.platform == "win32":
        return name
    return str(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)) / name)


def may_be_listened_to(name: str) -> bool:
    """Whether there is such a socket, alive or left behind."""
    if sys.platform == "win32":
        return name in {pipe.name for pipe in Path(r"\\.\pipe").iterdir()}
    return os.path.lexists(name)
