"""The work of a batch on this computer: processes read ahead, the network scores on the thread that iterates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from queue import Empty, Full, Queue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from covidviewer.inference.analyser import BATCH
from covidviewer.services.batch.backend import CompletedFile, ResultCollector, RunControl
from covidviewer.services.batch.decoder_pool import Decoders, Limits

if TYPE_CHECKING:
    from covidviewer.services.batch.read_file import Message, Task
    from covidviewer.services.heatmaps import HeatMapFolder
    from covidviewer.services.scoring import Scorer

WAITING: Final = 3 * BATCH
"""Frames that are read ahead of the network."""
LINGER_S: Final = 2.0
"""The network waits so long for a batch to fill; what is done is on the disk no later than that."""


class LocalBackend:
    """See `backend.Backend`.

    Parameters
    ----------
    scorer, maps
        The network, and where heat maps go or None.
    readers, limits
        Processes that read, and what one file may take of them.
    """

    def __init__(self, scorer: Scorer, maps: HeatMapFolder | None, readers: int, limits: Limits) -> None:
        self._scorer, self._maps = scorer, maps
        self._readers, self._limits = readers, limits

    def completed(self, tasks: Iterable[Task], control: RunControl) -> Iterator[list[CompletedFile]]:
        """See `backend.Backend`. Raises `OutputUnwritable` when a heat map cannot be written."""
        queue: Queue[Message | None] = Queue(WAITING)
        faults: list[BaseException] = []
        decoders = Decoders(self._readers, self._maps is not None, self._limits)
        thread = Thread(
            target=pump_messages, args=(decoders, iter(tasks), queue, control, faults), name="batch", daemon=True
        )
        thread.start()
        try:
            yield from self._collected(queue, control)
        finally:
            if thread.is_alive():
                control.stop()
            thread.join()
            decoders.close()
        if faults:
            raise faults[0]

    def _collected(self, queue: Queue[Message | None], control: RunControl) -> Iterator[list[CompletedFile]]:
        collector = ResultCollector(self._scorer, self._maps)
        since, more = monotonic(), True
        while more and not control.stopped:
            control.wait()
            try:
                message = queue.get(timeout=0.1)
            except Empty:
                pass
            else:
                more = message is not None
                if message is not None:
                    collector.take(message)
            if not (collector.full or not more or monotonic() - since >= LINGER_S) or control.stopped:
                continue
            whole = collector.completed_files()
            if whole:
                yield whole
            since = monotonic()


def pump_messages(
    decoders: Decoders,
    tasks: Iterator[Task],
    queue: Queue[Message | None],
    control: RunControl,
    faults: list[BaseException],
) -> None:
    """Carry messages from the decoders to the queue, on a thread of its own."""
    try:
        with closing(decoders.messages(tasks, lambda: control.stopped)) as messages:
            for message in messages:
                if not put(queue, message, control):
                    return
    except BaseException as fault:  # noqa: BLE001 - the border of the thread: raised again by `completed`
        faults.append(fault)
    finally:
        put(queue, None, control)


def put(queue: Queue[Message | None], message: Message | None, control: RunControl) -> bool:
    """Wait for room; False once the run was stopped."""
    while not control.stopped:
        try:
            queue.put(message, timeout=0.1)
        except Full:
            continue
        return True
    return False
