"""A synthetic axial thorax in Hounsfield units: the sample scan and test data, without a patient.

`phantom_slice` gives one slice, `phantom_series` a series; both are the same for the same seed on every computer
(within one unit). NumPy only. Files are written by `files`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.phantom.anatomy import Dice, Thorax, thorax
from covidviewer.phantom.lesions import Lesion, scatter_lesions
from covidviewer.phantom.lungs import fill_lungs
from covidviewer.phantom.painting import Canvas, paint_airways, paint_chest

LOWEST_HU, HIGHEST_HU = -1024, 3071
SERIES_THICKNESS_MM = 5.0
LESION_FROM = 0.5
BLUR_KEEPS = 0.375
"""Of the deviation of noise, what `soften` leaves."""


@dataclass(frozen=True, eq=False)
class Phantom:
    """One slice and the truth about it.

    Attributes
    ----------
    values
        (rows, columns) int16, Hounsfield units.
    lungs
        (rows, columns) uint8: 0 outside the lungs, 1 the lung on the picture's left, 2 the one on its right; vessels
        and patches inside a lung belong to it.
    lesions
        (rows, columns) bool: at least half filled by a patch; always within `lungs`.
    spacing_mm
        Edge of a pixel.
    position_mm
        Height below the lung apex; grows from slice to slice.
    """

    values: NDArray[np.int16]
    lungs: NDArray[np.uint8]
    lesions: NDArray[np.bool_]
    spacing_mm: float
    position_mm: float

    @property
    def lesion_share(self) -> float:
        """Share 0..1 of the lungs' area that the patches take; 0 where there is no lung."""
        return float(self.lesions.sum() / max(1, int(np.count_nonzero(self.lungs))))


def phantom_slice(seed: int, level: float = 0.5, lesions: int = 0, size: int = 512) -> Phantom:
    """One slice.

    Parameters
    ----------
    seed
        0 or more: which thorax.
    level
        0 at the lungs' apex to 1 at their base; the lungs are whole from about 0.2 to 0.7. Beyond 0..1 there are none.
    lesions
        Number of patches around this level.
    size
        Rows and columns, from 64.
    """
    t = thorax(seed)
    z = level * t.height
    return cut_thorax(t, z, scatter_lesions(t, lesions, z), size, thickness_mm=2.5)


def phantom_series(
    seed: int, slices: int = 40, lesions: int = 0, size: int = 512, levels: tuple[float, float] = (0.04, 0.98)
) -> Iterator[Phantom]:
    """Slices of one thorax from head to foot, evenly spaced over `levels`; `lesions` patches spread over the lungs."""
    t = thorax(seed)
    patches = scatter_lesions(t, lesions, None)
    for level in np.linspace(*levels, slices) if slices > 1 else [sum(levels) / 2]:
        yield cut_thorax(t, float(level) * t.height, patches, size, thickness_mm=SERIES_THICKNESS_MM)


def cut_thorax(t: Thorax, z: float, patches: tuple[Lesion, ...], size: int, thickness_mm: float) -> Phantom:
    """Cut a thorax at height `z` mm."""
    canvas = Canvas.over(t, size)
    lungs = paint_chest(canvas, t, z)
    patch = fill_lungs(canvas, t, z, lungs, patches=patches, thickness_mm=thickness_mm)
    if z > -20:
        paint_airways(canvas, t, z)
    labels = np.zeros(canvas.values.shape, np.uint8)
    labels[lungs.place] = np.where(lungs.depth > 0, np.where(canvas.x[:, lungs.place[1]] < 0, 1, 2), 0)
    lesions = np.zeros(labels.shape, bool)
    lesions[lungs.place] = (patch >= LESION_FROM) & (lungs.depth > 0)
    return Phantom(scanned(canvas.values, t, z), labels, lesions, canvas.spacing_mm, z)


def scanned(values: NDArray[np.float32], t: Thorax, z: float) -> NDArray[np.int16]:
    """The picture as a scanner gives it: with noise, a little blurred, in whole Hounsfield units."""
    noise = Dice(t.seed, 9, round(z * 16) + 100_000).normals(*values.shape)
    noise *= np.float32(t.noise_hu / BLUR_KEEPS)
    noise += values
    blurred = soften(noise)
    np.rint(blurred, out=blurred)
    return np.clip(blurred, LOWEST_HU, HIGHEST_HU, out=blurred).astype(np.int16)


def soften(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each pixel averaged with its neighbours, weights 1 : 2 : 1 down and across; the outermost stay half sharp."""
    down = values.copy()
    down[1:-1] += values[:-2]
    down[1:-1] += values[2:]
    down[1:-1] += values[1:-1]
    down[1:-1] *= np.float32(0.25)
    out = down.copy()
    out[:, 1:-1] += down[:, :-2]
    out[:, 1:-1] += down[:, 2:]
    out[:, 1:-1] += down[:, 1:-1]
    out[:, 1:-1] *= np.float32(0.25)
    return out
