"""Strange files are read outside this process: the door that every reader goes through. Light to import.

Strange is what takes a decoder written in C whose cost is not that of its pixels (compressed frames, pictures other
than ordinary PNGs), and what is far larger than a scanner's files. A decoder may crash, hang or ask for all memory: its
process is replaced, and that file alone has failed.

The program asks for the processes (`decoder_processes`); where nobody has, as in a decoder process itself, in training
or in a script, files are read where the reader is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from covidviewer.imaging.reader_pool import ReaderPool

Cancelled = Callable[[], bool]


class Strange(Exception):
    """A file that is not for this process; see `here_or_outside`."""


class _Door:
    """Whether strange files go outside, and the processes once there are any."""

    def __init__(self) -> None:
        self.is_open = False
        self._pool: ReaderPool | None = None
        self._lock = Lock()

    def pool(self) -> ReaderPool:
        """The processes, none of which is started by this."""
        from covidviewer.imaging.reader_pool import ReaderPool

        with self._lock:
            if self._pool is None:
                self._pool = ReaderPool()
            return self._pool

    def close(self) -> None:
        """End the processes; only then may files be read here again."""
        with self._lock:
            pool = self._pool
        if pool is not None:
            pool.close()
        with self._lock:
            self.is_open, self._pool = False, None


_DOOR = _Door()


@contextmanager
def decoder_processes() -> Iterator[None]:
    """Within it, strange files are read by processes, which start when the first such file comes.

    As with everything of `multiprocessing`, the program's main module must be one that can be imported. Not to be
    nested.
    """
    _DOOR.is_open = True
    try:
        yield
    finally:
        _DOOR.close()


def end_processes() -> None:
    """End them now, for a program that ends without leaving `decoder_processes`. Any thread."""
    _DOOR.close()


def takes_strange_files() -> bool:
    """Whether this process reads them itself."""
    return not _DOOR.is_open


def here_or_outside[Answer](
    function: Callable[..., Answer],
    *arguments: Any,
    seconds: float,
    cancelled: Cancelled = lambda: False,
) -> Answer:
    """The value of `function(*arguments)`, computed here; outside where it raises `Strange`. See `call`."""
    try:
        return function(*arguments)
    except Strange:
        return call(function, *arguments, seconds=seconds, cancelled=cancelled)


def call[Answer](
    function: Callable[..., Answer],
    *arguments: Any,
    seconds: float,
    cancelled: Cancelled = lambda: False,
) -> Answer:
    """The value of `function(*arguments)`, computed outside. Any thread.

    Parameters
    ----------
    function, arguments
        A function of a module, and what pickle can carry.
    seconds
        Processor time that it may take.
    cancelled
        Asked several times a second; True ends the process.

    Raises
    ------
    CovidViewerError
        What the function raises, or one sentence for a process that crashed, or took too long or too much memory.
    """
    if takes_strange_files():
        return function(*arguments)
    return _DOOR.pool().call(function, *arguments, seconds=seconds, cancelled=cancelled)


def expect() -> None:
    """Strange files are about to come: have a process start meanwhile, if none has. Any thread, returns at once."""
    if not takes_strange_files():
        _DOOR.pool().expect()
