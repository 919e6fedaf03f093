"""The work of a batch on this computer: processes read ahead, the network answers on the thread that iterates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from queue import Empty, Full, Queue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from covidviewer.inference.analyser import BATCH
from covidviewer.services.batch.decoder_pool import Decoders, Limits
from covidviewer.services.batch.work import Assembly, Finished, Switch

if TYPE_CHECKING:
    from covidviewer.services.batch.read_file import Message, Task
    from covidviewer.services.heatmaps import HeatMapFolder
    from covidviewer.services.scoring import Scorer

WAITING: Final = 3 * BATCH
"""Frames that are read ahead of the network."""
LINGER_S: Final = 2.0
"""The network waits so long for a batch to fill; what is done is on the disk no later than that."""


class LocalWork:
    """See `work.Work`.

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

    def finished(self, tasks: Iterable[Task], switch: Switch) -> Iterator[list[Finished]]:
        """See `work.Work`. Raises `OutputUnwritable` when a heat map cannot be written."""
        queue: Queue[Message | None] = Queue(WAITING)
        faults: list[BaseException] = []
        decoders = Decoders(self._readers, self._maps is not None, self._limits)
        pump = Thread(target=carry, args=(decoders, iter(tasks), queue, switch, faults), name="batch", daemon=True)
        pump.start()
        try:
            yield from self._assembled(queue, switch)
        finally:
            if pump.is_alive():
                switch.stop()
            pump.join()
            decoders.close()
        if faults:
            raise faults[0]

    def _assembled(self, queue: Queue[Message | None], switch: Switch) -> Iterator[list[Finished]]:
        assembly = Assembly(self._scorer, self._maps)
        since, more = monotonic(), True
        while more and not switch.stopped:
            switch.wait()
            try:
                message = queue.get(timeout=0.1)
            except Empty:
                pass
            else:
                more = message is not None
                if message is not None:
                    assembly.take(message)
            if not (assembly.full or not more or monotonic() - since >= LINGER_S) or switch.stopped:
                continue
            whole = assembly.answered()
            if whole:
                yield whole
            since = monotonic()


def carry(
    decoders: Decoders,
    tasks: Iterator[Task],
    queue: Queue[Message | None],
    switch: Switch,
    faults: list[BaseException],
) -> None:
    """Carry messages from the decoders to the queue, on a thread of its own."""
    try:
        with closing(decoders.messages(tasks, lambda: switch.stopped)) as messages:
            for message in messages:
                if not put(queue, message, switch):
                    return
    except BaseException as fault:  # noqa: BLE001 - the border of the thread: raised again by `finished`
        faults.append(fault)
    finally:
        put(queue, None, switch)


def put(queue: Queue[Message | None], message: Message | None, switch: Switch) -> bool:
    """Wait for room; False once the run was stopped."""
    while not switch.stopped:
        try:
            queue.put(message, timeout=0.1)
        except Full:
            continue
        return True
    return False
