"""What a cluster's worker does: a chunk of a batch's files, read and scored on one thread with a network of its own.

The network is loaded once a thread and stays for the next chunk. A file on which the worker's process ends costs the
whole chunk; who gave it out tries its files one by one then (`cluster`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer, local
from typing import Final

from covidviewer.errors import BrokenModel, CovidViewerError
from covidviewer.services.batch.read_file import Task, read
from covidviewer.services.batch.work import Assembly, Finished
from covidviewer.services.heatmaps import HeatMapFolder
from covidviewer.services.scoring import Scorer
from covidviewer.texts import N_

HUNG: Final = 70
"""Exit code of a worker that waited too long for a file."""
OTHER_MODEL: Final = N_(
    "The workers have model {theirs}, this computer has {ours}; install the same version of the program on both."
)


@dataclass(frozen=True)
class Order:
    """What is the same for all chunks of a run.

    Attributes
    ----------
    make_scorer
        Loads the network on the worker's thread; sent to the worker, so a function of a module or a partial of one.
    model
        `model_name` of the network that it must be.
    heat_maps
        Where heat maps of scored slices go, a place that every worker can write to; or None.
    seconds
        For a frame; then the worker's process ends.
    """

    make_scorer: Callable[[], Scorer]
    model: str
    heat_maps: Path | None
    seconds: float


@dataclass(frozen=True, eq=False)
class Chunk:
    """What came of a chunk: its files, or the sentence that says why the worker can do none."""

    files: tuple[Finished, ...] = ()
    problem: str = ""


_own = local()


def score_chunk(order: Order, tasks: tuple[Task, ...]) -> Chunk:
    """Score the files of a chunk. Never raises for their content."""
    try:
        scorer = own_scorer(order)
        maps = HeatMapFolder(order.heat_maps) if order.heat_maps else None
        return Chunk(tuple(scored(tasks, Assembly(scorer, maps), maps is not None, order.seconds)))
    except CovidViewerError as error:
        return Chunk(problem=str(error))


def scored(tasks: tuple[Task, ...], assembly: Assembly, keep_slices: bool, seconds: float) -> Iterator[Finished]:
    """The files as they are done."""
    for task in tasks:
        messages = read(task, keep_slices)
        while True:
            with watched(seconds):
                message = next(messages, None)
            if message is None:
                break
            assembly.take(message)
            if assembly.full:
                yield from assembly.answered()
    yield from assembly.answered()


def own_scorer(order: Order) -> Scorer:
    """The network of this thread; another one when another model is wanted. Raises `BrokenModel`."""
    kept: tuple[str, Scorer] | None = getattr(_own, "kept", None)
    if kept is not None and kept[0] == order.model:
        return kept[1]
    if kept is not None:
        del _own.kept
        kept[1].close()
    import cv2

    cv2.setNumThreads(1)  # each thread of the worker computes on its own
    made = order.make_scorer()
    if model_name(made) != order.model:
        made.close()
        raise BrokenModel(OTHER_MODEL, theirs=model_name(made), ours=order.model)
    _own.kept = (order.model, made)
    return made


def model_name(scorer: Scorer) -> str:
    """Version and fingerprint of a model: what a row's score depends on. Raises `BrokenModel`."""
    card = scorer.bundle.card
    return f"{card.version} {card.sha256[:16]}"


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    """End this process when the block takes longer: nothing else ends a decoder that hangs."""
    timer = Timer(seconds, os._exit, (HUNG,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
