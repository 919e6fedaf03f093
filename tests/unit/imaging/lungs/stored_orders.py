"""A phantom slice stored in every order of its axes, with the header that says so, and with pixels that are not square.

Written out by hand, not with the code that it tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.slices import FileKind, Geometry, Slice, Source, Units
from covidviewer.phantom.slices import Phantom

Array = NDArray[Any]
LEFT, RIGHT, BACK, FRONT = (1.0, 0.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, -1.0, 0.0)
ORDERS: Final[dict[str, tuple[Callable[[Array], Array], tuple[Any, Any]]]] = {
    "upright": (lambda a: a, (LEFT, BACK)),
    "mirrored": (lambda a: a[:, ::-1], (RIGHT, BACK)),
    "back first": (lambda a: a[::-1], (LEFT, FRONT)),
    "half a turn": (lambda a: a[::-1, ::-1], (RIGHT, FRONT)),
    "transposed": (lambda a: a.T, (BACK, LEFT)),
    "rows run forward": (lambda a: a.T[:, ::-1], (FRONT, LEFT)),
    "columns run right": (lambda a: a.T[::-1], (BACK, RIGHT)),
    "transposed, half a turn": (lambda a: a.T[::-1, ::-1], (FRONT, RIGHT)),
}
"""By name: how an upright array is stored, and the directions of rows and columns that its header then has."""
LONG: Final = 1.55


def stored(values: Array, order: str, spacing: tuple[float, float] = (1.0, 1.0)) -> Slice:
    """Upright values with their spacing, as a file holds them in another order."""
    turn, (row, column) = ORDERS[order]
    if row in (BACK, FRONT):
        spacing = (spacing[1], spacing[0])
    geometry = Geometry((0.0, 0.0, 0.0), row, column, spacing)
    source = Source(Path("slice.dcm"), FileKind.DICOM)
    kept = np.ascontiguousarray(turn(values))
    return Slice(kept, Units.HU, source, geometry=geometry, spacing_mm=spacing, modality="CT")


def as_picture(slice_: Slice) -> Slice:
    """The same pixels of an unknown patient."""
    return replace(slice_, geometry=None, spacing_mm=None)


def long_rows(phantom: Phantom, order: str = "upright") -> Slice:
    """The slice with rows 1.55 times as far apart as columns."""
    rows, columns = phantom.values.shape
    fewer = round(rows / LONG)
    values = cv2.resize(phantom.values.astype(np.float32), (columns, fewer), interpolation=cv2.INTER_AREA)
    spacing = (phantom.spacing_mm * rows / fewer, phantom.spacing_mm)
    return stored(np.rint(values).astype(np.int16), order, spacing)
