"""How alike two slices' lungs are: what tells slices of one patient where the data set does not.

Whole images are blind to another crop of the same slice, so the framed lungs are compared, high-passed and shifted by a
few pixels. Slices of different classes are of different patients: their likeness is the null distribution that the
threshold is read from.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.data.framed import CANVAS_GROWTH, CANVAS_SIZE, Canvases

SIZE, SMOOTHING, SHIFT = 64, 4.0, 2
"""Edge of the compared lungs, standard deviation of what is taken away, and largest shift, in pixels."""
NULL_QUANTILE = 0.99999
"""Of pairs of different classes, one in 100,000 is more alike than the threshold."""

Likeness = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class LungLikeness:
    """`values` (n, n) float32 correlations, -1 where there are no lungs and on the diagonal; and the `threshold`."""

    values: Likeness
    threshold: float

    def joins(self, labels: NDArray[np.int64]) -> NDArray[np.bool_]:
        """(n, n) which pairs of one class are more alike than the threshold."""
        return np.asarray((self.values > self.threshold) & (labels[:, None] == labels[None]))


def lung_likeness(canvases: Canvases, names: tuple[str, ...]) -> LungLikeness:
    """Likeness of the slices called `names`, in this order, each with each; the canvases know their classes."""
    place = {name: at for at, name in enumerate(canvases.names)}
    known = np.array([at for at, name in enumerate(names) if name in place])
    rows = np.array([place[names[at]] for at in known])
    found = np.full((len(names), len(names)), -1, np.float32)
    found[np.ix_(known, known)] = correlations(np.stack([detail(canvases, row) for row in rows]))
    np.fill_diagonal(found, -1)
    labels = canvases.labels[rows]
    other = found[np.ix_(known, known)][labels[:, None] < labels[None]]
    return LungLikeness(found, float(np.quantile(other, NULL_QUANTILE)) if other.size else 1.0)


def detail(canvases: Canvases, index: int) -> NDArray[np.float32]:
    """(64, 64) float32: the lungs' density without what is smooth in it, zero outside the hull."""
    margin = round(CANVAS_SIZE * (1 - 1 / CANVAS_GROWTH) / 2)

    def small(image: NDArray[np.uint8]) -> NDArray[np.float32]:
        box = image[margin : CANVAS_SIZE - margin, margin : CANVAS_SIZE - margin].astype(np.float32)
        return np.asarray(cv2.resize(box, (SIZE, SIZE), interpolation=cv2.INTER_AREA), np.float32)

    density, hull = small(canvases.density[index]), small(canvases.hull[index]) / 255
    smooth = cv2.GaussianBlur(density * hull, (0, 0), SMOOTHING) / (cv2.GaussianBlur(hull, (0, 0), SMOOTHING) + 1e-3)
    return np.asarray((density - smooth) * hull, np.float32)


def correlations(details: NDArray[np.float32]) -> Likeness:
    """(n, n) float32: the largest Pearson correlation of each pair over shifts of up to `SHIFT` pixels."""
    still = standardised(details)
    best = np.full((len(details), len(details)), -1, np.float32)
    for rows in range(-SHIFT, SHIFT + 1):
        for columns in range(-SHIFT, SHIFT + 1):
            moved = standardised(np.roll(details, (rows, columns), (1, 2)))
            np.maximum(best, still @ moved.T, out=best)
    return np.maximum(best, best.T)


def standardised(details: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, pixels) of mean 0 and length 1."""
    flat = details.reshape(len(details), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6), np.float32)
