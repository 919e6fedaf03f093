"""Processes that read pictures, so that a hostile file costs itself only.

Each reads, frames and measures (`read_file`); the network runs elsewhere. A process that ends on a file, or takes
too long or too much memory for it, is replaced, and that file alone has failed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from covidviewer.errors import DeviceUnavailable
from covidviewer.inference.results import Outcome
from covidviewer.services.batch.read_file import Ended, Message, Task, read, refused
from covidviewer.texts import N_

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

SECONDS_A_FRAME: Final = 60.0
MEMORY_BYTES: Final = 4_000_000_000
"""Beyond what the process takes before its first file. Held where the system can (Linux), not on macOS and Windows."""
TICK_S: Final = 0.2
MOST_FALSE_STARTS: Final = 3
CRASHED: Final = N_("The file could not be read: it crashed the reader.")
TOO_LONG: Final = N_("The file could not be read within {seconds:.0f} seconds.")


@dataclass(frozen=True)
class Limits:
    """What a file may take: seconds for a frame, bytes of memory in all."""

    seconds: float = SECONDS_A_FRAME
    memory: int = MEMORY_BYTES


class Decoders:
    """Processes that read files. Used from one thread at a time; `close` ends them at once.

    Parameters
    ----------
    count
        Processes; started when first needed.
    keep_slices
        Whether frames come with their pixels, for pictures of them.
    limits
        Beyond them a file has failed.
    """

    def __init__(self, count: int, keep_slices: bool = False, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._decoders = [_DecoderProcess(keep_slices, self._limits.memory) for _ in range(count)]

    def messages(
        self, tasks: Iterator[Task], stopped: Callable[[], bool] = lambda: False
    ) -> Generator[Message, None, None]:
        """What becomes of the files: frames as they come, and one `Ended` for each task.

        Ends soon after `stopped` says so, with files begun and not ended. Raises `DeviceUnavailable` when no process
        can be started here.
        """
        task = next(tasks, None)
        while not stopped():
            for decoder in self._decoders:
                if task is not None and decoder.free and decoder.give(task):
                    task = next(tasks, None)
            last = task is None
            busy = [
                decoder for decoder in self._decoders if decoder.task is not None or (decoder.starting and not last)
            ]
            if not busy:
                if last:
                    return
                continue
            ready = wait([decoder.pipe for decoder in busy if decoder.pipe is not None], timeout=TICK_S)
            for decoder in busy:
                if decoder.pipe in ready:
                    yield from decoder.hear()
                else:
                    yield from decoder.watch(self._limits.seconds)

    def close(self) -> None:
        """End the processes, whatever they do. Calling it twice is harmless."""
        for decoder in self._decoders:
            decoder.end()


class _DecoderProcess:
    """One process and the file it has in hand."""

    def __init__(self, keep_slices: bool, memory: int) -> None:
        self._options = (keep_slices, memory)
        self._process: SpawnProcess | None = None
        self._false_starts = 0
        self._heard = 0.0
        self._frames = 0
        self.pipe: Connection | None = None
        self.task: Task | None = None
        self.starting = False

    @property
    def free(self) -> bool:
        """Whether it can take a file now; starts the process where there is none."""
        if self._process is None:
            self._start()
        return self.task is None and not self.starting

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, *self._options), name="decoder", daemon=True)
        with theirs:
            process.start()
        self._process = process
        self.starting, self._heard = True, monotonic()

    def give(self, task: Task) -> bool:
        """Hand over a file; False when the process died while it was idle, which costs no file."""
        assert self.pipe is not None
        try:
            self.pipe.send(task)
        except OSError:
            self.end()
            return False
        self.task, self._heard, self._frames = task, monotonic(), 0
        return True

    def hear(self) -> Iterator[Message]:
        """Take the message that is there."""
        assert self.pipe is not None
        try:
            message: Message | None = self.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(CRASHED)
            return
        self._heard = monotonic()
        if message is None:
            self.starting, self._false_starts = False, 0
            return
        if isinstance(message, Ended):
            self.task = None
        else:
            self._frames += 1
        yield message

    def watch(self, seconds: float) -> Iterator[Message]:
        """Give up a file that takes too long. A process that waits for us to listen is not too slow."""
        if self.task is None or monotonic() - self._heard < seconds:
            return
        if self.pipe is None or not self.pipe.poll():
            yield from self._lost(TOO_LONG.format(seconds=seconds))

    def _lost(self, reason: str) -> Iterator[Message]:
        task, self.task = self.task, None
        if self.starting:
            self._false_starts += 1
            if self._false_starts >= MOST_FALSE_STARTS:
                raise DeviceUnavailable("No process could be started to read the images.")
        self.end()
        if task is not None:
            yield replace(refused(task, reason, Outcome.FAILED), frame=self._frames)
            yield Ended(task.number, None)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self.pipe is not None:
            self.pipe.close()
        self._process, self.pipe, self.starting = None, None, False


def work(pipe: Connection, keep_slices: bool, memory: int) -> None:
    """The life of a decoder process: take a task, send what comes of it, until nobody is there to listen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    import_readers()
    limit_memory(memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            task: Task = pipe.recv()
            for message in read(task, keep_slices):
                pipe.send(message)


def import_readers() -> None:
    """All that reading needs, before the memory is limited; one thread each, for there are several processes."""
    import cv2

    from covidviewer.inference import analyser
    from covidviewer.services import opening, scoring
    from covidviewer.services.user_files.log import start_log_file

    del analyser, opening, scoring
    cv2.setNumThreads(1)
    start_log_file()


def limit_memory(memory: int) -> None:
    """Let this process take `memory` bytes more than now, where the system holds that."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    ceiling = pages * os.sysconf("SC_PAGE_SIZE") + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard), hard))
