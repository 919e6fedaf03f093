"""Canvases with round lungs, and the batches of an epoch over them, prepared in this process."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from training.batches.augment import NONE, Augmentation
from training.batches.batches import Batch, Seeds, Sources, batch_of
from training.data.framed import Canvases

EDGE = 64


def canvases(labels: list[int]) -> Canvases:
    """Round lungs whose density tells which they are: 2 grey levels apart."""
    rows, columns = np.mgrid[:EDGE, :EDGE]
    hull = np.where((rows - 32) ** 2 + (columns - 32) ** 2 < 22**2, 255, 0).astype(np.uint8)
    density = np.stack([np.where(hull > 0, 40 + 2 * i, 207).astype(np.uint8) for i in range(len(labels))])
    names = tuple(f"{i}.png" for i in range(len(labels)))
    return Canvases(names, np.array(labels, np.int64), density, np.stack([hull] * len(labels)), ())


def sources(drawn: float = 0.0, extra: int = 0, how: Augmentation = NONE) -> Sources:
    """Eight labelled slices in batches of four, and clear ones when `extra`."""
    clear = canvases([-1] * 6) if extra else None
    return Sources(canvases([0, 1] * 4), clear, 32, 4, extra, drawn, how)


def epoch_batches(sources: Sources, seeds: Seeds) -> Iterator[Batch[NDArray[np.float32]]]:
    """All batches of an epoch, prepared here."""
    return (batch_of(sources, seeds, step) for step in range(sources.steps))
