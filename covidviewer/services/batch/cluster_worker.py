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
from covidviewer.services.batch.backend import CompletedFile, ResultCollector
from covidviewer.services.batch.read_file import Task, read
from covidviewer.services.heatmaps import HeatMapFolder
from covidviewer.services.scoring import Scorer
from covidviewer.texts import N_

HUNG: Final = 70
"""Exit code of a worker that waited too long for a file."""
OTHER_MODEL: Final = N_(
    "The workers have model {theirs}, this computer has {ours}; install the same version of the program on both."
)


@dataclass(frozen=True)
class WorkerConfig:
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
class ChunkResult:
    """What came of a chunk: its files, or the sentence that says why the worker can do none."""

    files: tuple[CompletedFile, ...] = ()
    problem: str = ""


_own = local()


def score_chunk(config: WorkerConfig, tasks: tuple[Task, ...]) -> ChunkResult:
    """Score the files of a chunk. Never raises for their content."""
    try:
        scorer = own_scorer(config)
        maps = HeatMapFolder(config.heat_maps) if config.heat_maps else None
        return ChunkResult(tuple(scored(tasks, ResultCollector(scorer, maps), maps is not None, config.seconds)))
    except CovidViewerError as error:
        return ChunkResult(problem=str(error))


def scored(
    tasks: tuple[Task, ...], collector: ResultCollector, keep_slices: bool, seconds: float
) -> Iterator[CompletedFile]:
    """The files as they are done."""
    for task in tasks:
        messages = read(task, keep_slices)
        while True:
            with watched(seconds):
                message = next(messages, None)
            if message is None:
                break
            collector.take(message)
            if collector.full:
                yield from collector.completed_files()
    yield from collector.completed_files()


def own_scorer(config: WorkerConfig) -> Scorer:
    """The network of this thread; another one when another model is wanted. Raises `BrokenModel`."""
    kept: tuple[str, Scorer] | None = getattr(_own, "kept", None)
    if kept is not None and kept[0] == config.model:
        return kept[1]
    if kept is not None:
        del _own.kept
        kept[1].close()
    import cv2

    cv2.setNumThreads(1)  # each thread of the worker computes on its own
    made = config.make_scorer()
    if model_name(made) != config.model:
        made.close()
        raise BrokenModel(OTHER_MODEL, theirs=model_name(made), ours=config.model)
    _own.kept = (config.model, made)
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
