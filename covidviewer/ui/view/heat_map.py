"""The class activation map as a picture: a colour where the slice speaks for the score, another where against.

Clear between them. The colour bar is drawn from the same pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QImage

from covidviewer.ui.view.pixels import colour_image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from covidviewer.ui.view.heat_colours import HeatColours

SIZE: Final = 112
WEAK: Final = 0.15
"""A tenth of full strength is drawn clear: places that hardly moved the score stay as they are."""
LEAST_PEAK: Final = 0.05
"""Logit share below which a map is pale rather than stretched to full colour."""


def heat_image(heat: NDArray[np.float32], pair: HeatColours) -> tuple[QImage, float]:
    """The map, interpolated from its cells, and the logit share that full colour stands for.

    Parameters
    ----------
    heat
        (7, 7) float32, logit units per cell.
    pair
        What raises the score, and what lowers it.
    """
    peak = max(float(np.abs(heat).max()), LEAST_PEAK)
    return colour_image(colours(enlarged(heat, SIZE) / np.float32(peak), pair)), peak


def enlarged(heat: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Linear interpolation between the cells' centres, (size, size) float32; the edge cells reach to the edge."""
    return np.asarray(weights(heat.shape[0], size) @ heat @ weights(heat.shape[1], size).T, dtype=np.float32)


def weights(cells: int, size: int) -> NDArray[np.float32]:
    """(size, cells) float32: how much each cell counts at each of `size` places."""
    place = np.clip((np.arange(size) + 0.5) * cells / size - 0.5, 0, cells - 1)
    near = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(cells)[None, :]))
    return np.asarray(near, dtype=np.float32)


def colours(strength: NDArray[np.float32], pair: HeatColours) -> NDArray[np.uint8]:
    """Strengths -1..1 of any shape to (..., 4) uint8 red, green, blue, alpha."""
    amount = np.clip(np.abs(strength), 0, 1)[..., None]
    late = np.clip(amount * 2 - 1, 0, 1)
    raises = np.array(pair.raises[0]) * (1 - late) + np.array(pair.raises[1]) * late
    lowers = np.array(pair.lowers[0]) * (1 - late) + np.array(pair.lowers[1]) * late
    rgb = np.where(strength[..., None] >= 0, raises, lowers)
    alpha = np.clip(amount * 1.5 - WEAK, 0, 1) * 255
    coloured: NDArray[np.uint8] = np.concatenate([rgb, alpha], axis=-1).round().astype(np.uint8)
    return coloured


def bar_image(pair: HeatColours) -> QImage:
    """The colour bar, 1 pixel wide and 128 high, what raises the score on top."""
    return colour_image(colours(np.linspace(1, -1, 128, dtype=np.float32)[:, None], pair))
