"""Batches prepared early by processes of their own: augmentation runs on the cores that training leaves free.

Canvases and finished batches lie in files that both sides map, since a batch is tens of megabytes and a pipe would be
slower than the network. A killed training leaves them in the run's folder; the next one there begins by removing them.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import CovidViewerError, OutputUnwritable
from covidviewer.files import os_error_reason
from training.batches.batches import Batch, Inputs, Seeds, Sources, batch_of
from training.data.framed import Canvases

FOLDER = "batches"
MOST_PROCESSES = 16
SLOTS_A_PROCESS = 2

type Epoch[Fed: Inputs] = Callable[[Seeds], Iterator[Batch[Fed]]]
"""What gives the batches of an epoch."""


def free_cores() -> int:
    """Processes that prepare batches: of the cores this process may use, all but one, which is left to the training."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_PROCESSES, allowed - 1))


@contextmanager
def prefetched(sources: Sources, run: Path, processes: int | None = None) -> Iterator[Epoch[NDArray[np.float32]]]:
    """What gives an epoch's batches in order, prepared ahead by `processes`; they end with the block.

    A batch is valid until the next one is asked for. `run` is the folder of the run, which no other training uses at
    the same time; the files lie in it. An error in a process is raised to who asks for its batch; `CovidViewerError`
    when one ended without a word; `OutputUnwritable` where the files find no room.
    """
    processes = processes or free_cores()
    folder = run / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            slots = [slot(sources, folder / f"slot-{number}.npy") for number in range(processes * SLOTS_A_PROCESS)]
            labelled = stored(sources.labelled, folder / "labelled")
            clear = stored(sources.clear, folder / "clear") if sources.clear else None
            lesioned = stored(sources.lesioned, folder / "lesioned") if sources.lesioned else None
        except OSError as error:
            raise OutputUnwritable(
                "Batches cannot be prepared in {folder}: {reason}.",
                folder=str(folder),
                reason=os_error_reason(error),
            ) from error
        plain = replace(sources, labelled=empty(sources.labelled), clear=None, lesioned=None)
        with ProcessPoolExecutor(
            processes,
            get_context("spawn"),
            begin,
            (plain, labelled, clear, lesioned, [file for file, _ in slots]),
        ) as pool:

            def epoch(seeds: Seeds) -> Iterator[Batch[NDArray[np.float32]]]:
                waiting: deque[Future[Batch[NDArray[np.float32]]]] = deque()
                begun = iter(range(sources.steps))

                def begin_next() -> None:
                    if (step := next(begun, None)) is not None:
                        waiting.append(pool.submit(prepare, seeds, step, step % len(slots)))

                for _ in slots:
                    begin_next()
                for step in range(sources.steps):
                    yield replace(waiting.popleft().result(), inputs=slots[step % len(slots)][1])
                    begin_next()

            try:
                yield epoch
            except BrokenProcessPool as died:
                raise CovidViewerError(
                    "A process that prepares batches ended without a word; memory may have run out."
                ) from died
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def slot(sources: Sources, file: Path) -> tuple[Path, NDArray[np.float32]]:
    """A place for one batch of inputs: its file, written in full so that a full disk is seen now, and mapped."""
    channels = 2 if sources.framed else 3
    np.save(file, np.zeros((sources.slices, sources.size, sources.size, channels), np.float32))
    return file, np.load(file, mmap_mode="r+")


@dataclass(frozen=True, eq=False)
class Stored:
    """Canvases without their pictures, and the files that hold these."""

    canvases: Canvases
    density: Path
    hull: Path
    lesion: Path | None

    def opened(self) -> Canvases:
        """The canvases, their pictures mapped for reading."""
        return replace(
            self.canvases,
            density=np.load(self.density, mmap_mode="r"),
            hull=np.load(self.hull, mmap_mode="r"),
            lesion=np.load(self.lesion, mmap_mode="r") if self.lesion else None,
        )


def stored(canvases: Canvases, stem: Path) -> Stored:
    """Write the pictures to files of their own."""
    density, hull = stem.with_suffix(".density.npy"), stem.with_suffix(".hull.npy")
    np.save(density, canvases.density)
    np.save(hull, canvases.hull)
    lesion = None
    if canvases.lesion is not None:
        lesion = stem.with_suffix(".lesion.npy")
        np.save(lesion, canvases.lesion)
    return Stored(empty(canvases), density, hull, lesion)


def empty(canvases: Canvases) -> Canvases:
    """The same names and labels without pictures."""
    return replace(canvases, density=canvases.density[:0], hull=canvases.hull[:0], lesion=None)


class _Here:
    """What a process of the pool works with, set once when it begins."""

    sources: Sources
    slots: tuple[NDArray[np.float32], ...]


def begin(plain: Sources, labelled: Stored, clear: Stored | None, lesioned: Stored | None, slots: list[Path]) -> None:
    """Open the files; end with the process that trains, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=end_with_parent, daemon=True).start()
    _Here.sources = replace(
        plain,
        labelled=labelled.opened(),
        clear=clear.opened() if clear else None,
        lesioned=lesioned.opened() if lesioned else None,
    )
    _Here.slots = tuple(np.load(file, mmap_mode="r+") for file in slots)


def end_with_parent() -> None:
    """Wait for the process that trains to end, and end too: a killed one cannot say goodbye."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def prepare(seeds: Seeds, step: int, place: int) -> Batch[NDArray[np.float32]]:
    """Prepare a batch and leave its inputs in slot `place`; returned without them, with the processor time it took."""
    started = time.process_time()
    batch = batch_of(_Here.sources, seeds, step)
    _Here.slots[place][:] = batch.inputs
    return replace(batch, inputs=batch.inputs[:0], seconds=time.process_time() - started)
