"""A process that reads files for another one, so that a hostile file costs itself only: bounds on memory and time.

The pool of this program's readers (`reader_pool`) and that of a batch (`services.batch.decoder_pool`) are made of
these. It knows no file format; what it works on is handed over by whoever starts it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any, Final

from covidviewer.texts import N_

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

CRASHED: Final = N_("The file could not be read: it crashed the reader.")
TOO_LONG: Final = N_("The file could not be read within {seconds:.0f} seconds.")
NO_PROCESS: Final = N_("No process could be started to read the images.")
MOST_FALSE_STARTS: Final = 3
CHUNK: Final = 2**20
"""Bytes of an array that are on their way at once."""


class DecoderProcess:
    """One process, and the pipe to it. One thread at a time.

    Parameters
    ----------
    target
        Runs in the process: called with the process's end of the pipe and `options`; sends None when it is ready.
    options
        Further arguments of `target`.
    """

    def __init__(self, target: Callable[..., None], options: tuple[Any, ...]) -> None:
        self._target, self._options = target, options
        self._process: SpawnProcess | None = None
        self._false_starts = 0
        self.pipe: Connection | None = None
        self.starting = False
        self.heard = 0.0
        """When it last gave a sign of life, by `time.monotonic`."""

    @property
    def exists(self) -> bool:
        """Whether there is a process, ready or not."""
        return self._process is not None

    @property
    def cannot_start(self) -> bool:
        """Whether it died so often before it was ready that another try is in vain."""
        return self._false_starts >= MOST_FALSE_STARTS

    def start(self) -> None:
        """Start the process; `ready` is called with its first message."""
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        process = context.Process(target=self._target, args=(theirs, *self._options), name="decoder", daemon=True)
        with theirs:
            process.start()
        self._process = process
        self.starting, self.heard = True, monotonic()

    def ready(self) -> None:
        """It has sent its first message."""
        self.starting, self._false_starts, self.heard = False, 0, monotonic()

    def kill(self) -> None:
        """Let it die; whoever reads from its pipe hears of it. Any thread."""
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError):  # closed meanwhile
                process.kill()

    def end(self) -> int | None:
        """Kill the process if it still runs; its exit code, negative for a signal. Calling it twice is harmless."""
        code = None
        if self._process is not None:
            died = self._process.exitcode is not None
            self._process.kill()
            self._process.join()
            code = self._process.exitcode
            self._process.close()
            self._false_starts += self.starting and died  # one that was cancelled may be as good as any
        if self.pipe is not None:
            self.pipe.close()
        self._process, self.pipe, self.starting = None, None, False
        return code

    def loss(self) -> int | None:
        """The process closed its end of the pipe: wait for its death, and clear up. Its exit code."""
        if self._process is not None:
            self._process.join(1)
        return self.end()


def reason_of_loss(code: int | None, seconds: float) -> tuple[str, dict[str, float]]:
    """Template and fields of the sentence for a process that ended on a file with this exit code."""
    if code is not None and code == -getattr(signal, "SIGXCPU", 0):
        return TOO_LONG, {"seconds": seconds}
    return CRASHED, {}


def prepare() -> None:
    """At the start of a decoder process: no Ctrl-C, and no core file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold a patient's pixels


def limit_memory(memory: int) -> None:
    """Let this process take `memory` bytes more than now, where the system holds that. After its imports."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    ceiling = pages * os.sysconf("SC_PAGE_SIZE") + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard), hard))


def allow_processor_time(seconds: float) -> None:
    """Let this process take so much processor time from now on; beyond it the system ends it (SIGXCPU, on POSIX)."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def send(pipe: Connection, value: object) -> None:
    """Send any value; its arrays are not copied, but go beside it, `CHUNK` bytes at a time."""
    arrays: list[pickle.PickleBuffer] = []
    pickled = pickle.dumps(value, protocol=5, buffer_callback=arrays.append)
    views = [array.raw() for array in arrays]
    pipe.send((pickled, [view.nbytes for view in views]))
    for view in views:
        for at in range(0, view.nbytes, CHUNK):
            pipe.send_bytes(view[at : at + CHUNK])


def receive(pipe: Connection) -> Any:
    """What `send` sent: its arrays can be written to. Raises EOFError or OSError when the process is gone."""
    pickled, sizes = pipe.recv()
    arrays = [bytearray(size) for size in sizes]
    for array in arrays:
        with memoryview(array) as view:
            for at in range(0, len(array), CHUNK):
                pipe.recv_bytes_into(view[at : at + CHUNK])
    return pickle.loads(pickled, buffers=arrays)  # noqa: S301 - of a process that we started
