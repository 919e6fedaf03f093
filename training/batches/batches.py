"""Batches for one epoch: which slices, in which order, with which drawn opacities.

Each batch depends on its seeds and its number alone, so any process may prepare it (`training.batches.prefetch`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import CALIBRATED_RANGE
from training.batches.augment import NONE, Augmentation, augmented
from training.batches.synthetic_opacities import draw_opacities
from training.data.framed import Canvases
from training.data.resized import squeezed_input
from training.data.samples import CLEAR, COVID

Seeds = tuple[int, ...]
"""What an epoch's randomness depends on: the run's seed, the phase's number, the epoch's."""


@dataclass(frozen=True, eq=False)
class Batch:
    """`inputs` (n, size, size, 2) float32 and `targets` (n, 2) float32, one-hot.

    `seconds` of processor time are what another process took to prepare it.
    """

    inputs: NDArray[np.float32]
    targets: NDArray[np.float32]
    seconds: float = 0.0


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
    passes: int = 1

    @property
    def steps(self) -> int:
        """Batches an epoch: every labelled slice `passes` times, the last incomplete batch left out; every clear one
        where none is labelled.
        """
        clear = len(self.clear) if self.clear else 0
        return steps_an_epoch(len(self.labelled), clear, self.batch, self.extra, self.passes)


def steps_an_epoch(labelled: int, clear: int, batch: int, extra: int, passes: int = 1) -> int:
    """Steps for `passes` times so many slices, `batch` labelled and `extra` clear ones a step."""
    return max(1, labelled * passes // batch if batch else clear * passes // extra)


def even_batch(length: int, at_most: int = 80) -> int:
    """The largest batch that divides a set of `length` evenly (248 -> 62, 249 -> 3): the paper's steps for each set."""
    return max(size for size in range(1, min(length, at_most) + 1) if length % size == 0)


def canvas(canvases: Canvases, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One canvas as (density, hull) float32, calibrated and 0..1."""
    low, high = CALIBRATED_RANGE
    density = canvases.density[index].astype(np.float32) * np.float32((high - low) / 255) + np.float32(low)
    return density, canvases.hull[index].astype(np.float32) / 255


def batch_of(sources: Sources, seeds: Seeds, step: int) -> Batch:
    """Batch number `step` of the epoch that `seeds` name; the same seeds give the same batch."""
    rng = np.random.default_rng(seeds)
    order = rounds(len(sources.labelled), sources.passes, rng)
    clear = len(sources.clear) if sources.clear else 0
    clear_order = rounds(clear, -(-sources.steps * sources.extra // clear) if clear else 0, rng)
    rng = np.random.default_rng((*seeds, step))
    inputs, labels = [], []
    for index in order[step * sources.batch : (step + 1) * sources.batch]:
        label = int(sources.labelled.labels[index])
        draw = label == CLEAR and rng.random() < sources.drawn
        inputs.append(prepared(sources.labelled, int(index), sources, draw, rng))
        labels.append(COVID if draw else label)
    if sources.clear:
        for place in range(sources.extra):
            index = int(clear_order[step * sources.extra + place])
            inputs.append(prepared(sources.clear, index, sources, place % 2 == 0, rng))
            labels.append(COVID if place % 2 == 0 else CLEAR)
    return Batch(np.stack(inputs), np.eye(2, dtype=np.float32)[labels])


def rounds(count: int, passes: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """The numbers below `count`, `passes` times over, in another order each time."""
    return np.concatenate([np.zeros(0, np.int64), *(rng.permutation(count) for _ in range(passes))])


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
