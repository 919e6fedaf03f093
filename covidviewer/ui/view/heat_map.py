"""The class activation map as a picture: a colour where the slice speaks for the score, another where against.

Clear between them, and outside of the lungs. The colour bar is drawn from the same pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QImage

from covidviewer.inference.activation_map import on_slice
from covidviewer.ui.view.pixels import colour_image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from covidviewer.imaging.lungs.framing import Framing
    from covidviewer.ui.view.heat_colours import HeatColours

WEAK: Final = 0.15
"""A tenth of full strength is drawn clear: places that hardly moved the score stay as they are."""
LEAST_PEAK: Final = 0.05
"""Logit share below which a map is pale rather than stretched to full colour."""
STEPS: Final = 127
"""Of colour between nothing and full strength, either way."""


def heat_image(heat: NDArray[np.float32], framing: Framing, pair: HeatColours) -> tuple[QImage, float]:
    """The map in the slice's pixels, clear outside of the lungs, and the logit share that full colour stands for.

    Parameters
    ----------
    heat
        (7, 7) float32, logit units per cell.
    framing
        Where its cells and the lungs lie on the slice.
    pair
        What raises the score, and what lowers it.
    """
    peak = max(float(np.abs(heat).max()), LEAST_PEAK)
    strength = on_slice(heat, framing.box, framing.lungs) * np.float32(STEPS / peak)
    scale = colours(np.linspace(-1, 1, 2 * STEPS + 1, dtype=np.float32), pair)
    return colour_image(scale[np.rint(strength).astype(np.intp) + STEPS]), peak


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
