"""Batches for one epoch: which slices, in which order, with which synthetic opacities.

Each batch depends on its seeds and its number alone, so any process may prepare it (`training.batches.prefetch`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import CALIBRATED_RANGE
from training.batches.augment import NONE, Augmentation, augmented, augmented_with
from training.batches.synthetic_opacities import render_opacities
from training.data.framed import Canvases
from training.data.resized import resized_input
from training.data.samples import CLEAR, COVID

Seeds = tuple[int, ...]
"""What an epoch's randomness depends on: the run's seed, the phase's number, the epoch's."""
CELL = 32
"""Edge in pixels of the input that one cell of the lesion head's map stands for."""
VISIBLE = 0.06
"""Calibrated density that drawing must add to a pixel for it to count as lesion."""

Inputs = NDArray[np.float32] | list[NDArray[np.float32]]
"""What a network takes: one array, or one for each of its inputs."""
Source = Literal["labelled", "clear", "lesioned"]


@dataclass(frozen=True, eq=False)
class Batch[Fed: Inputs]:
    """One step's slices.

    Attributes
    ----------
    inputs
        (n, size, size, 2) float32; where the frozen layers' output is kept, what enters the layers after them.
    targets
        (n, 2) float32, one-hot.
    lesions, known
        (n, cells, cells) float32: the share of each cell that is lesion, and the weight of what is known of it: the
        lungs' share of the cell, or 0 where nobody outlined lesions.
    seconds
        Of processor time that another process took to prepare it.
    """

    inputs: Fed
    targets: NDArray[np.float32]
    lesions: NDArray[np.float32]
    known: NDArray[np.float32]
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Sources:
    """What an epoch draws from: the labelled slices, clear slices of another source (or None), and slices with and
    without outlined lesions (or None).
    """

    labelled: Canvases
    clear: Canvases | None
    size: int
    batch: int
    extra: int
    drawn: float
    augmentation: Augmentation
    framed: bool = True
    passes: int = 1
    lesioned: Canvases | None = None
    outlined: int = 0

    @property
    def steps(self) -> int:
        """Batches an epoch: every labelled slice `passes` times, the last incomplete batch left out; every clear one
        where none is labelled.
        """
        clear = len(self.clear) if self.clear else 0
        return steps_an_epoch(len(self.labelled), clear, self.batch, self.extra, self.passes)

    @property
    def slices(self) -> int:
        """Slices a step."""
        return self.batch + (self.extra if self.clear else 0) + (self.outlined if self.lesioned else 0)


@dataclass(frozen=True)
class Pick:
    """One slice of a batch: the `index`-th of a source, with opacities drawn in when `drawn`; `label` is its class."""

    source: Source
    index: int
    label: int
    drawn: bool = False


@dataclass(frozen=True, eq=False)
class TrainingInput:
    """One training input (size, size, 2) float32, its lesions and what is known of them, see `Batch`."""

    input: NDArray[np.float32]
    lesions: NDArray[np.float32]
    known: NDArray[np.float32]


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


def picks_of(sources: Sources, seeds: Seeds, step: int) -> list[Pick]:
    """The slices of batch number `step` of the epoch that `seeds` name; the same seeds give the same slices."""
    rng = np.random.default_rng(seeds)
    order = shuffled_passes(len(sources.labelled), sources.passes, rng)
    clear = len(sources.clear) if sources.clear else 0
    clear_order = shuffled_passes(clear, -(-sources.steps * sources.extra // clear) if clear else 0, rng)
    rng = np.random.default_rng((*seeds, step))
    picks = []
    for index in order[step * sources.batch : (step + 1) * sources.batch]:
        label = int(sources.labelled.labels[index])
        draw = label == CLEAR and rng.random() < sources.drawn
        picks.append(Pick("labelled", int(index), COVID if draw else label, draw))
    if sources.clear:
        for place in range(sources.extra):
            index = int(clear_order[step * sources.extra + place])
            picks.append(Pick("clear", index, COVID if place % 2 == 0 else CLEAR, place % 2 == 0))
    if sources.lesioned:
        classes = [np.flatnonzero(sources.lesioned.labels == label) for label in (COVID, CLEAR)]
        for place in range(sources.outlined):
            members = classes[place % 2] if classes[place % 2].size else classes[1 - place % 2]
            index = int(rng.choice(members))
            picks.append(Pick("lesioned", index, int(sources.lesioned.labels[index])))
    return picks


def batch_of(sources: Sources, seeds: Seeds, step: int) -> Batch[NDArray[np.float32]]:
    """Batch number `step` of the epoch that `seeds` name; the same seeds give the same batch."""
    picks = picks_of(sources, seeds, step)
    rng = np.random.default_rng((*seeds, step, len(picks)))
    pictures = [training_input(sources, pick, rng) for pick in picks]
    return Batch(
        np.stack([picture.input for picture in pictures]),
        np.eye(2, dtype=np.float32)[[pick.label for pick in picks]],
        np.stack([picture.lesions for picture in pictures]),
        np.stack([picture.known for picture in pictures]),
    )


def shuffled_passes(count: int, passes: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """The numbers below `count`, `passes` times over, in another order each time."""
    return np.concatenate([np.zeros(0, np.int64), *(rng.permutation(count) for _ in range(passes))])


def training_input(
    sources: Sources, pick: Pick, rng: np.random.Generator, augmentation: Augmentation | None = None
) -> TrainingInput:
    """One input, augmented as the sources say or by `augmentation`, with opacities drawn in first where picked so."""
    canvases = {"labelled": sources.labelled, "clear": sources.clear, "lesioned": sources.lesioned}[pick.source]
    if canvases is None:
        raise ValueError(f"there are no {pick.source} slices")
    how = augmentation or sources.augmentation
    edge = -(-sources.size // CELL)
    nothing = np.zeros((edge, edge), np.float32)
    if not sources.framed:
        mirrored = how.flip and rng.random() < 0.5
        return TrainingInput(resized_input(canvases.density[pick.index], sources.size, mirrored), nothing, nothing)
    density, hull = canvas(canvases, pick.index)
    lesion = None if canvases.lesion is None else canvases.lesion[pick.index].astype(np.float32) / 255
    if pick.drawn:
        clear, density = density, render_opacities(density, hull, rng)
        lesion = (density - clear > VISIBLE).astype(np.float32)
    made, where = augmented_with(density, hull, lesion, sources.size, how, rng)
    if pick.source == "labelled":
        return TrainingInput(made, nothing, nothing)
    return TrainingInput(made, by_cell(where, edge), by_cell(made[..., 1], edge))


def by_cell(coverage: NDArray[np.float32], edge: int) -> NDArray[np.float32]:
    """(size, size) coverage averaged over each of edge x edge cells, float32."""
    return np.asarray(cv2.resize(coverage, (edge, edge), interpolation=cv2.INTER_AREA), np.float32)


def plain_inputs(canvases: Canvases, size: int, framed: bool = True) -> NDArray[np.float32]:
    """All canvases as inputs without augmentation: (n, size, size, 2) float32; 3 channels where not `framed`."""
    if not framed:
        return np.stack([resized_input(picture, size, mirrored=False) for picture in canvases.density])
    rng = np.random.default_rng(0)
    return np.stack([augmented(*canvas(canvases, index), size, NONE, rng) for index in range(len(canvases))])
