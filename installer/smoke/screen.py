"""A screen of our own (Xvfb), and what is seen on it: titles of windows, pixels; and keys typed into it (xdotool)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from installer.failure import Failure

SIZE = (1400, 900)
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Screen:
    """An X server; `name` is what DISPLAY says."""

    name: str

    def pixels(self) -> NDArray[np.uint8]:
        """What is seen: (rows, columns, 3), red green blue."""
        from PIL import ImageGrab

        return np.asarray(ImageGrab.grab(xdisplay=self.name).convert("RGB"))

    def windows(self, title: str) -> list[str]:
        """Numbers of the visible windows whose title holds `title`."""
        return self._xdotool("search", "--onlyvisible", "--name", title).split()

    def type_key(self, window: str, key: str) -> None:
        """Press a key in a window."""
        self._xdotool("windowfocus", "--sync", window, "key", key)

    def _xdotool(self, *words: str) -> str:
        command = ["xdotool", *words]
        surroundings = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(command, check=False, env=surroundings, capture_output=True, text=True, timeout=20).stdout


@contextmanager
def own_screen() -> Iterator[Screen]:
    """A new screen until the end. Raises `Failure` where Xvfb or xdotool is missing."""
    for tool, package in (("Xvfb", "xvfb"), ("xdotool", "xdotool")):
        if shutil.which(tool) is None:
            raise Failure(f"{tool} is missing; install it with: apt-get install {package}")
    reading, writing = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    alone = ("-nolisten", "tcp", "-noreset")  # a server that starts anew after its last client turns the next one away
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, *alone],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise Failure("Xvfb could not open a screen.")
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait(10)


def wait_for(what: str, seen: Callable[[], object], seconds: float = PATIENCE_S) -> None:
    """Look until something is so. Raises `Failure` when it does not come."""
    end = monotonic() + seconds
    pause = Event()
    while not seen():
        if monotonic() > end:
            raise Failure(f"This did not come within {seconds:.0f} s: {what}.")
        pause.wait(0.1)
