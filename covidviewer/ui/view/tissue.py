"""The lung hull and its density bands as an overlay: what the opacified share was counted from.

Blue below the range of aerated lung, yellow and orange above it; aerated lung stays clear, so that it can be read.
Takes about 15 ms a slice: not for the GUI thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from covidviewer.imaging.lungs.opacity import OPACITY_BANDS, opacity_bands_image
from covidviewer.ui.view.pixels import colour_image

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from covidviewer.imaging.lungs.framing import Framing
    from covidviewer.imaging.slices import Slice

BAND_COLOURS: Final = {
    "over-aerated": (70, 130, 235, 110),
    "aerated": (0, 0, 0, 0),
    "ground-glass": (250, 214, 80, 110),
    "consolidation": (235, 106, 30, 140),
}
"""Red, green, blue, alpha by the band's identity."""
OUTLINE: Final = (240, 168, 72, 255)


def tissue_image(slice_: Slice, framing: Framing) -> QImage:
    """The overlay, as large as the slice."""
    table = np.array([(0, 0, 0, 0), *(BAND_COLOURS[band.identity] for band in OPACITY_BANDS)], dtype=np.uint8)
    colours = table[opacity_bands_image(slice_, framing)]
    colours[outline(framing.lungs)] = OUTLINE
    return colour_image(colours)


def outline(lungs: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(rows, columns) bool: pixels of a lung that touch another label."""
    edge = np.zeros(lungs.shape, dtype=bool)
    down, right = lungs[1:] != lungs[:-1], lungs[:, 1:] != lungs[:, :-1]
    edge[1:] |= down
    edge[:-1] |= down
    edge[:, 1:] |= right
    edge[:, :-1] |= right
    return edge & (lungs > 0)
