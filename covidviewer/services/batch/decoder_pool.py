"""Processes that read pictures, so that a hostile file costs itself only.

Each reads, frames and measures (`read_file`); the network runs elsewhere. A process that ends on a file, or takes
too long or too much memory for it, is replaced, and that file alone has failed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Final

from covidviewer.errors import DeviceUnavailable, Sentence
from covidviewer.imaging.decoder_process import (
    NO_PROCESS,
    TOO_LONG,
    DecoderProcess,
    allow_processor_time,
    limit_memory,
    prepare,
    reason_of_loss,
)
from covidviewer.imaging.limits import FILE_BYTES, HEADER_SECONDS, PICTURE_SECONDS, WAITING_SECONDS
from covidviewer.inference.results import Outcome
from covidviewer.services.batch.read_file import Ended, Message, Task, read, refused

TICK_S: Final = 0.2
FRAME_SECONDS: Final = HEADER_SECONDS + PICTURE_SECONDS
"""Processor time between two frames; framing takes a part of it."""


@dataclass(frozen=True)
class Limits:
    """What a file may take: seconds for a frame by the clock, bytes of memory in all.

    The process reads the slice and prepares it for the network, and no other holds it: it may take all.
    """

    seconds: float = WAITING_SECONDS
    memory: int = FILE_BYTES


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
        self._process = DecoderProcess(work, (keep_slices, memory))
        self._frames = 0
        self.task: Task | None = None

    @property
    def pipe(self) -> Connection | None:
        """Where its messages come from."""
        return self._process.pipe

    @property
    def starting(self) -> bool:
        """Whether the process is not ready yet."""
        return self._process.starting

    @property
    def free(self) -> bool:
        """Whether it can take a file now; starts the process where there is none."""
        if not self._process.exists:
            self._process.start()
        return self.task is None and not self.starting

    def give(self, task: Task) -> bool:
        """Hand over a file; False when the process died while it was idle, which costs no file."""
        assert self.pipe is not None
        try:
            self.pipe.send(task)
        except OSError:
            self.end()
            return False
        self.task, self._process.heard, self._frames = task, monotonic(), 0
        return True

    def hear(self) -> Iterator[Message]:
        """Take the message that is there."""
        assert self.pipe is not None
        try:
            message: Message | None = self.pipe.recv()
        except (EOFError, OSError):
            template, fields = reason_of_loss(self._process.loss(), FRAME_SECONDS)
            yield from self._lost(Sentence(template, **fields))
            return
        self._process.heard = monotonic()
        if message is None:
            self._process.ready()
            return
        if isinstance(message, Ended):
            self.task = None
        else:
            self._frames += 1
        yield message

    def watch(self, seconds: float) -> Iterator[Message]:
        """Give up a file that takes too long. A process that waits for us to listen is not too slow."""
        if self.task is None or monotonic() - self._process.heard < seconds:
            return
        if self.pipe is None or not self.pipe.poll():
            self.end()
            yield from self._lost(Sentence(TOO_LONG, seconds=seconds))

    def _lost(self, reason: str) -> Iterator[Message]:
        task, self.task = self.task, None
        if self._process.cannot_start:
            raise DeviceUnavailable(NO_PROCESS)
        if task is not None:
            yield replace(refused(task, reason, Outcome.FAILED), frame=self._frames)
            yield Ended(task.number, None)

    def end(self) -> None:
        """End the process."""
        self._process.end()


def work(pipe: Connection, keep_slices: bool, memory: int) -> None:
    """The life of a decoder process: take a task, send what comes of it, until nobody is there to listen."""
    prepare()
    import_readers()
    limit_memory(memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            task: Task = pipe.recv()
            allow_processor_time(FRAME_SECONDS)
            for message in read(task, keep_slices):
                pipe.send(message)
                allow_processor_time(FRAME_SECONDS)


def import_readers() -> None:
    """All that reading needs, before the memory is limited; one thread each, for there are several processes."""
    import cv2

    from covidviewer.inference import analyser
    from covidviewer.services import opening, scoring
    from covidviewer.services.user_files.log import start_log_file

    del analyser, opening, scoring
    cv2.setNumThreads(1)
    start_log_file()
