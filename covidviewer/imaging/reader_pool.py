"""The processes that read strange files for the whole program: a job goes in, and its value or refusal comes out."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from importlib import import_module
from threading import Condition
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from covidviewer.errors import CovidViewerError, DeviceUnavailable, UnreadableFile
from covidviewer.imaging.decoder_process import (
    NO_PROCESS,
    TOO_LONG,
    DecoderProcess,
    allow_processor_time,
    limit_memory,
    prepare,
    reason_of_loss,
    receive,
    send,
)
from covidviewer.imaging.limits import DECODER_BYTES, WAITING_SECONDS
from covidviewer.texts import N_

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Cancelled = Callable[[], bool]
Job = tuple[Callable[..., Any], tuple[Any, ...], float]
"""Function, arguments, seconds."""

MOST_PROCESSES: Final = 4
READERS: Final = ("covidviewer.imaging.dicom.reader", "covidviewer.imaging.raster")
"""Imported by a process before its memory is limited. By name: they come here themselves."""
TICK_S: Final = 0.1
NO_MEMORY: Final = N_("The file takes more than {limit} MB of memory to be read.")
DAMAGED: Final = N_("The file cannot be read: it is damaged.")

log = logging.getLogger(__name__)


class ReaderPool:
    """Processes that are started when they are needed. Any thread.

    Parameters
    ----------
    most
        Calls beyond so many at once wait; by default one for each logical CPU, at most `MOST_PROCESSES`.
    memory
        Bytes that a process may take beyond its idle size.
    """

    def __init__(self, most: int | None = None, memory: int = DECODER_BYTES) -> None:
        count = most or min(MOST_PROCESSES, os.cpu_count() or 2)
        self._all = tuple(DecoderProcess(work, (memory,)) for _ in range(count))
        self._idle = list(self._all)
        self._free = Condition()
        self._closed = False

    def call[Answer](
        self, function: Callable[..., Answer], *arguments: Any, seconds: float, cancelled: Cancelled
    ) -> Answer:
        """See `outside.call`."""

        def given_up() -> bool:
            return self._closed or cancelled()

        process = self._taken(given_up)
        try:
            answer: Answer = _called(process, (function, arguments, seconds), given_up)
            return answer
        finally:
            with self._free:
                self._idle.append(process)
                self._free.notify()

    def expect(self) -> None:
        """Start a process that can be ready when the first call comes; a call says why it cannot be started."""
        with self._free, contextlib.suppress(OSError):
            if self._idle and not any(process.exists for process in self._all):
                self._idle[-1].start()

    def close(self) -> None:
        """End the processes for good; whoever waits for one is told that reading was cancelled."""
        with self._free:
            self._closed = True
            for process in self._all:
                if process in self._idle:
                    process.end()
                else:
                    process.kill()

    def _taken(self, cancelled: Cancelled) -> DecoderProcess:
        with self._free:
            _check(cancelled)
            while not self._idle:
                self._free.wait(TICK_S)
                _check(cancelled)
            able = [process for process in self._idle if not process.cannot_start] or self._idle
            self._idle.remove(taken := able[-1])  # the last used is the one that has files open
            return taken


def _called(process: DecoderProcess, job: Job, cancelled: Cancelled) -> Any:
    """Hand a job to a process, started if need be, and wait for what comes of it."""
    try:
        _hand_over(process, job, cancelled)
        answered, value = _awaited(process, job[2], cancelled)
    except (EOFError, OSError):
        template, fields = reason_of_loss(process.loss(), job[2])
        raise UnreadableFile(template, **fields) from None
    except BaseException:  # cancelled, given up, Ctrl-C: what it still works on is of no use to the next
        process.end()
        raise
    if not answered:
        raise value
    return value


def _hand_over(process: DecoderProcess, job: Job, cancelled: Cancelled) -> None:
    """Start the process if need be, and send it the job; one that died while it was idle is replaced."""
    while not process.cannot_start:
        _check(cancelled)
        if not process.exists:
            try:
                process.start()
            except OSError as error:
                raise DeviceUnavailable(NO_PROCESS) from error
        assert process.pipe is not None
        try:
            while process.starting:
                if process.pipe.poll(TICK_S):
                    process.pipe.recv()
                    process.ready()
                    break
                _check(cancelled)
                if monotonic() - process.heard > WAITING_SECONDS:
                    raise DeviceUnavailable(NO_PROCESS)
            send(process.pipe, job)
        except (EOFError, OSError):
            process.loss()
        else:
            return
    raise DeviceUnavailable(NO_PROCESS)


def _awaited(process: DecoderProcess, seconds: float, cancelled: Cancelled) -> tuple[bool, Any]:
    """What `_answer` says there."""
    assert process.pipe is not None
    begun, patience = monotonic(), max(WAITING_SECONDS, seconds)
    while not process.pipe.poll(TICK_S):
        _check(cancelled)
        if monotonic() - begun > patience:
            raise UnreadableFile(TOO_LONG, seconds=patience)
    answer: tuple[bool, Any] = receive(process.pipe)
    return answer


def _check(cancelled: Cancelled) -> None:
    if cancelled():
        raise UnreadableFile("Reading the file was cancelled.")


def work(pipe: Connection, memory: int) -> None:
    """The life of a decoder process: take a job, send what comes of it, until nobody is there to listen."""
    prepare()
    for module in READERS:
        import_module(module)
    limit_memory(memory)
    try:
        pipe.send(None)
        while True:
            function, arguments, seconds = receive(pipe)
            allow_processor_time(seconds)
            send(pipe, _answer(function, arguments))
    except (EOFError, OSError):
        return


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """(True, the value) or (False, the refusal)."""
    try:
        return True, function(*arguments)
    except CovidViewerError as refusal:
        return False, refusal
    except MemoryError:
        return False, UnreadableFile(NO_MEMORY, limit=DECODER_BYTES // 1_000_000)
    except Exception as fault:  # noqa: BLE001 - the border of the process: one file must never cost the others
        log.error("A decoder failed: %s", type(fault).__name__)
        return False, UnreadableFile(DAMAGED)
