"""From a slice to a picture that Qt can draw. GUI thread or any other; imported once NumPy may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from covidviewer.imaging.windowing import render

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from covidviewer.imaging.slices import Slice, VoiWindow


def picture(slice_: Slice, window: VoiWindow, inverted: bool) -> QImage:
    """The slice in a window as an RGB32 image, which Qt scales twice as fast as Grayscale8."""
    return grey_image(render(slice_, window, slice_.inverted != inverted)).convertToFormat(QImage.Format.Format_RGB32)


def grey_image(grey: NDArray[np.uint8]) -> QImage:
    """(rows, columns) uint8 as a Grayscale8 image that owns its pixels."""
    rows, columns = grey.shape
    flat = np.ascontiguousarray(grey)
    return QImage(flat.data, columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def colour_image(colours: NDArray[np.uint8]) -> QImage:
    """(rows, columns, 4) uint8 red, green, blue, alpha (straight) as a premultiplied image that owns its pixels."""
    rows, columns, _ = colours.shape
    flat = np.ascontiguousarray(colours)
    straight = QImage(flat.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888)
    return straight.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
