"""Batches for one epoch: which slices, in which order, with which drawn opacities; prepared ahead in one thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.framing import CALIBRATED_RANGE
from training.augment import NONE, Augmentation, augmented
from training.framed import Canvases
from training.opacities import draw_opacities
from training.squeezed import squeezed_input

COVID, CLEAR = 0, 1
AHEAD = 4


@dataclass(frozen=True, eq=False)
class Batch:
    """`inputs` (n, size, size, 2) float32 and `targets` (n, 2) float32, one-hot."""

    inputs: NDArray[np.float32]
    targets: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Sources:
    """What an epoch draws from: the labelled slices, and clear slices of another source (or None)."""

    labelled: Canvases
    clear: Canvases | None
    size: int
    batch: int
    extra: int
    drawn: float
    augmentation: Augmentation
    framed: bool = True

    @property
    def steps(self) -> int:
        """Batches an epoch: every labelled slice once, the last incomplete batch left out; every clear one without."""
        return steps_an_epoch(len(self.labelled), len(self.clear) if self.clear else 0, self.batch, self.extra)


def steps_an_epoch(labelled: int, clear: int, batch: int, extra: int) -> int:
    """Steps for so many slices, `batch` labelled and `extra` clear ones a step."""
    return max(1, labelled // batch if batch else clear // extra)


def even_batch(length: int, at_most: int = 80) -> int:
    """The largest batch that divides a set of `length` evenly (248 -> 62, 249 -> 3): the paper's steps for each set."""
    return max(size for size in range(1, min(length, at_most) + 1) if length % size == 0)


def canvas(canvases: Canvases, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One canvas as (density, hull) float32, calibrated and 0..1."""
    low, high = CALIBRATED_RANGE
    density = canvases.density[index].astype(np.float32) * np.float32((high - low) / 255) + np.float32(low)
    return density, canvases.hull[index].astype(np.float32) / 255


def epoch_batches(sources: Sources, rng: np.random.Generator) -> Iterator[Batch]:
    """One epoch; the same generator state gives the same batches."""
    order = rng.permutation(len(sources.labelled))
    clear_order = rng.permutation(len(sources.clear)) if sources.clear else np.zeros(0, int)
    for step in range(sources.steps):
        chosen = order[step * sources.batch : (step + 1) * sources.batch]
        inputs, labels = [], []
        for index in chosen:
            label = int(sources.labelled.labels[index])
            draw = label == CLEAR and rng.random() < sources.drawn
            inputs.append(prepared(sources.labelled, int(index), sources, draw, rng))
            labels.append(COVID if draw else label)
        if sources.clear:
            for place in range(sources.extra):
                index = int(clear_order[(step * sources.extra + place) % len(clear_order)])
                inputs.append(prepared(sources.clear, index, sources, place % 2 == 0, rng))
                labels.append(COVID if place % 2 == 0 else CLEAR)
        yield Batch(np.stack(inputs), np.eye(2, dtype=np.float32)[labels])


def prepared(
    canvases: Canvases, index: int, sources: Sources, draw: bool, rng: np.random.Generator
) -> NDArray[np.float32]:
    """One augmented input, with opacities drawn in first when `draw`."""
    if not sources.framed:
        mirrored = sources.augmentation.flip and rng.random() < 0.5
        return squeezed_input(canvases.density[index], sources.size, mirrored)
    density, hull = canvas(canvases, index)
    if draw:
        density = draw_opacities(density, hull, rng)
    return augmented(density, hull, sources.size, sources.augmentation, rng)


def plain_inputs(canvases: Canvases, size: int, framed: bool = True) -> NDArray[np.float32]:
    """All canvases as inputs without augmentation: (n, size, size, 2) float32; 3 channels where not `framed`."""
    if not framed:
        return np.stack([squeezed_input(picture, size, mirrored=False) for picture in canvases.density])
    rng = np.random.default_rng(0)
    return np.stack([augmented(*canvas(canvases, index), size, NONE, rng) for index in range(len(canvases))])


def ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, prepared up to `AHEAD` early in a thread; an error in the thread is raised here."""
    ready: queue.Queue[Batch | BaseException | None] = queue.Queue(AHEAD)
    stop = threading.Event()

    def put(item: Batch | BaseException | None) -> bool:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def prepare() -> None:
        try:
            for batch in batches:
                if not put(batch):
                    return
            put(None)
        except Exception as error:  # noqa: BLE001 - a thread's border: handed to the caller
            put(error)

    thread = threading.Thread(target=prepare, name="batches", daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stop.set()
        thread.join()
