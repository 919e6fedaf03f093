"""One slice, stored in other ways with the header right each time: the picture a person sees is the same.

Geometry: DICOM PS3.3 C.7.6.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.slices import Geometry, Slice, Vector

LONG_PIXEL = 1.55
Change = Callable[[Slice], Slice]


def transposed(slice_: Slice) -> Slice:
    """Rows and columns exchanged, the header with them."""
    return stored(slice_, slice_.values.T, lambda g: (g.column_direction, g.row_direction), swapped=True)


def front_to_back(slice_: Slice) -> Slice:
    """Turned by a quarter, so that rows run from front to back; seen from the same side."""
    return stored(
        slice_, np.rot90(slice_.values, 1), lambda g: (g.column_direction, opposite(g.row_direction)), swapped=True
    )


def upside_down(slice_: Slice) -> Slice:
    """Turned by half, as of a patient who lies on the other side."""
    return stored(
        slice_,
        slice_.values[::-1, ::-1],
        lambda g: (opposite(g.row_direction), opposite(g.column_direction)),
        swapped=False,
    )


def long_pixels(slice_: Slice) -> Slice:
    """The same with rows `LONG_PIXEL` times as far apart as columns."""
    assert slice_.geometry is not None
    rows = round(slice_.rows / LONG_PIXEL)
    values = cv2.resize(slice_.values.astype(np.float32), (slice_.columns, rows), interpolation=cv2.INTER_AREA)
    between_rows, between_columns = slice_.geometry.spacing_mm
    spacing = (between_rows * slice_.rows / rows, between_columns)
    geometry = replace(slice_.geometry, spacing_mm=spacing)
    whole = np.rint(values).astype(np.int16)
    return replace(slice_, values=whole, geometry=geometry, spacing_mm=spacing, padding=None)


Directions = Callable[[Geometry], tuple[Vector, Vector]]


def opposite(vector: Vector) -> Vector:
    """The other way."""
    return (-vector[0], -vector[1], -vector[2])


def stored(slice_: Slice, values: NDArray[Any], directions: Directions, swapped: bool) -> Slice:
    """The slice with its pixels in another order and the header that says so: the same picture of the same place."""
    geometry = slice_.geometry
    assert geometry is not None
    row, column = directions(geometry)
    spacing = geometry.spacing_mm[::-1] if swapped else geometry.spacing_mm
    corners = corners_of(slice_)
    first = next(  # the corner from which rows and columns run this way
        corner
        for corner in corners
        if all(np.dot(np.subtract(other, corner), way) >= -1e-3 for other in corners for way in (row, column))
    )
    moved = replace(geometry, row_direction=row, column_direction=column, spacing_mm=spacing, position_mm=first)
    return replace(
        slice_,
        values=np.ascontiguousarray(values),
        geometry=moved,
        spacing_mm=spacing if slice_.spacing_mm else None,
        padding=None,
    )


def corners_of(slice_: Slice) -> list[Vector]:
    """Centres of the four corner pixels, mm."""
    geometry = slice_.geometry
    assert geometry is not None
    down = np.multiply(geometry.column_direction, geometry.spacing_mm[0] * (slice_.rows - 1))
    along = np.multiply(geometry.row_direction, geometry.spacing_mm[1] * (slice_.columns - 1))
    start = np.array(geometry.position_mm)
    points = (start, start + along, start + down, start + along + down)
    return [(float(p[0]), float(p[1]), float(p[2])) for p in points]


STORED: Mapping[str, tuple[str, Change]] = {
    "stored transposed": ("stored transposed: largest change of the score", transposed),
    "stored front to back": ("stored with rows front to back: largest change", front_to_back),
    "stored upside down": ("stored upside down: largest change", upside_down),
    "long pixels": (f"pixels of 1 : {LONG_PIXEL}: largest change", long_pixels),
}
