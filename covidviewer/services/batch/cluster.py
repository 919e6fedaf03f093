"""The work of a batch on a Dask cluster: chunks of files go to workers, what they found streams back.

Dask gives the chunks of a lost worker to another one. A chunk on which workers end again and again is given out file
by file, each of them alone on the cluster, for a worker that ends takes what waits at it along; the file that ends
workers has failed. The only module that imports distributed, and late.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Self

from covidviewer.errors import CovidViewerError, DeviceUnavailable
from covidviewer.files import first_line
from covidviewer.imaging.decoder_process import CRASHED
from covidviewer.services.batch.backend import CompletedFile, RunControl, failed_file
from covidviewer.services.batch.cluster_worker import ChunkResult, WorkerConfig, score_chunk

if TYPE_CHECKING:
    from covidviewer.services.batch.read_file import Task

LARGEST_CHUNK: Final = 64
"""Files; one thread needs one to three seconds for them, and a lost worker loses no more."""
AHEAD: Final = 3
"""Chunks a thread that are given out: one in work, two that wait at the worker."""
CONNECTING_S: Final = 20.0
LOOK_S: Final = 5.0
"""Between two looks at how many threads the cluster has; it may grow and shrink."""
NEEDS_DISTRIBUTED: Final = "--dask needs distributed; “pip install covidviewer[cluster]” installs it."
NO_CLUSTER: Final = "No Dask scheduler responds at “{address}”: {why}."
NO_WORKERS: Final = "The Dask scheduler at “{address}” has no workers; start some with “dask worker {address}”."
LOST: Final = "The connection to the Dask cluster was lost; completed work is saved, use --resume to continue."
CANNOT: Final = "A worker of the cluster failed ({why}); it needs the same version of the program."


@dataclass(eq=False)
class _Given:
    """A chunk that was given out, the future of what comes of it, and whether nothing else was given out with it."""

    tasks: tuple[Task, ...]
    future: Any
    alone: bool


class ClusterBackend:
    """See `backend.Backend`. Connects when it is made; `close` ends the connection, not the cluster. One thread.

    Parameters
    ----------
    address
        Of the scheduler: "tcp://10.1.2.3:8786".
    order
        What the workers are told.
    largest_chunk
        Files.

    Raises `DeviceUnavailable`, one sentence, when there is no cluster or no worker.
    """

    def __init__(self, address: str, config: WorkerConfig, largest_chunk: int = LARGEST_CHUNK) -> None:
        self._address, self._config, self._largest = address, config, largest_chunk
        self._client = connected(address)
        self._given: dict[str, _Given] = {}
        self._suspects: deque[Task] = deque()
        self._done: Queue[Any] = Queue()
        self._threads, self._looked = 0, 0.0
        try:
            self._client.wait_for_workers(1, timeout=CONNECTING_S)
        except (TimeoutError, OSError) as error:
            self.close()
            raise DeviceUnavailable(NO_WORKERS, address=address) from error

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """End the connection. Calling it twice is harmless."""
        with suppress(Exception):
            self._client.close(timeout=2)

    def completed(self, tasks: Iterable[Task], control: RunControl) -> Iterator[list[CompletedFile]]:
        """See `backend.Backend`. Raises `CovidViewerError` when the cluster is lost or no worker can do its part."""
        every = [with_absolute_path(task) for task in tasks]
        size = max(1, min(self._largest, len(every) // (AHEAD * max(1, self._threads_now()))))
        waiting = iter(every)
        try:
            while not control.stopped:
                while not control.paused and self._has_room():
                    alone = bool(self._suspects)
                    chunk = (self._suspects.popleft(),) if alone else tuple(islice(waiting, size))
                    if not chunk:
                        break
                    self._give(chunk, alone)
                if not self._given and not control.paused:
                    return
                yield from self._heard()
        finally:
            self._take_back()

    def _has_room(self) -> bool:
        """Whether another chunk may be given out; a suspect waits until nothing else is."""
        if self._suspects or any(given.alone for given in self._given.values()):
            return not self._given
        return len(self._given) < AHEAD * self._threads_now() + 1

    def _give(self, chunk: tuple[Task, ...], alone: bool) -> None:
        future = self._client.submit(score_chunk, self._config, chunk, pure=False)
        self._given[future.key] = _Given(chunk, future, alone)
        future.add_done_callback(self._done.put)

    def _heard(self) -> Iterator[list[CompletedFile]]:
        """What came of the next chunk; nothing, after a moment, when there is none yet."""
        try:
            future = self._done.get(timeout=0.2)
        except Empty:
            if self._client.status != "running":
                raise CovidViewerError(LOST) from None
            return
        given = self._given.pop(future.key, None)
        if given is None:
            return
        if future.status == "cancelled":
            raise CovidViewerError(LOST)
        if future.status == "error":
            yield from self._ended_workers(given)
            return
        chunk: ChunkResult = future.result()
        if chunk.problem:
            raise CovidViewerError("{problem}", problem=chunk.problem)
        yield list(chunk.files)

    def _ended_workers(self, given: _Given) -> Iterator[list[CompletedFile]]:
        """Workers ended on a chunk: its files are tried alone, and one that was alone has failed."""
        from distributed.scheduler import KilledWorker

        error = given.future.exception()
        if not isinstance(error, KilledWorker):
            raise CovidViewerError(CANNOT, why=first_line(error)) from error
        if not given.alone:
            self._suspects += given.tasks
            return
        (task,) = given.tasks
        yield [failed_file(task.number, task.name, CRASHED)]

    def _take_back(self) -> None:
        """Let go of what was given out and is not done."""
        futures = [given.future for given in self._given.values()]
        self._given.clear()
        with suppress(Exception):  # the cluster may be gone, and then there is nothing to take back
            self._client.cancel(futures, force=True)

    def _threads_now(self) -> int:
        """Threads of all workers, looked up now and then; at least 1."""
        if monotonic() - self._looked >= LOOK_S:
            try:
                self._threads = sum(self._client.nthreads().values())
            except Exception as error:
                raise CovidViewerError(LOST) from error
            self._looked = monotonic()
        return max(1, self._threads)


def connected(address: str) -> Any:
    """A client of the cluster. Raises `DeviceUnavailable`."""
    try:
        import distributed
    except ImportError:
        raise DeviceUnavailable(NEEDS_DISTRIBUTED) from None
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said in a sentence
    client: Any = distributed.Client
    try:
        return client(address, timeout=CONNECTING_S, set_as_default=False, name="covidviewer-batch")
    except (OSError, ValueError) as error:
        raise DeviceUnavailable(NO_CLUSTER, address=address, why=first_line(error, "no answer")) from error


def with_absolute_path(task: Task) -> Task:
    """The task with a path that does not depend on who looks."""
    return replace(task, place=task.place.absolute()) if isinstance(task.place, Path) else task
