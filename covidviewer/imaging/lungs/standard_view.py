"""The standard view: a slice as a patient on the back is seen from the feet, in square pixels. One anatomy, one score.

The lungs are looked for, measured and cut out in it alone; what is found is turned back to the slice as it is stored.
Of a picture whose orientation and spacing are not known, the standard view is the picture itself. Any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import Geometry, Slice

Number = np.integer[Any] | np.floating[Any]

SQUARE: Final = 0.01
"""Edges of a pixel that differ by less, as a share, make it square."""
LONGEST_EDGE: Final = 4096
"""Pixels of a view that was made square; spacings that are far apart come from a faulty header."""


@dataclass(frozen=True)
class Turn:
    """One of the eight ways to store an array: first transposed, then rows and columns reversed, it is the standard."""

    transposed: bool = False
    rows_reversed: bool = False
    columns_reversed: bool = False

    def to_standard[Scalar: Number](self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        """A stored (rows, columns, ...) array as the standard has it."""
        if self == AS_STORED:
            return array
        turned = array.swapaxes(0, 1) if self.transposed else array
        return np.ascontiguousarray(self._reversed(turned))

    def from_standard[Scalar: Number](self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        """A (rows, columns, ...) array in the standard's directions as it would have been stored."""
        if self == AS_STORED:
            return array
        turned = self._reversed(array)
        return np.ascontiguousarray(turned.swapaxes(0, 1) if self.transposed else turned)

    def _reversed[Scalar: Number](self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        rows = slice(None, None, -1 if self.rows_reversed else 1)
        return array[rows, :: -1 if self.columns_reversed else 1]


AS_STORED: Final = Turn()


@dataclass(frozen=True)
class StandardView:
    """How the stored pixels of one slice become its standard view, and back.

    Attributes
    ----------
    turn
        To the patient's axes: rows run to the patient's left, columns to the back.
    turned, standard
        (rows, columns) after turning, and after pixels were made square as well.
    """

    turn: Turn
    turned: tuple[int, int]
    standard: tuple[int, int]

    @classmethod
    def of(cls, slice_: Slice) -> StandardView:
        """The view of a slice; its own pixels where neither orientation nor spacing says otherwise."""
        turn = AS_STORED if slice_.geometry is None else turn_of(slice_.geometry)
        turned, spacing = (slice_.rows, slice_.columns), spacing_of(slice_)
        if turn.transposed:
            turned = turned[::-1]
            spacing = spacing and (spacing[1], spacing[0])
        return cls(turn, turned, turned if spacing is None else square_shape(turned, spacing))

    @property
    def pixel_area(self) -> float:
        """Of one pixel of the view, in stored pixels."""
        return (self.turned[0] / self.standard[0]) * (self.turned[1] / self.standard[1])

    def to_standard[Scalar: Number](self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        """A (rows, columns) array of the stored slice in the view; labels (integers) stay labels."""
        return resampled(self.turn.to_standard(array), self.standard)

    def from_standard[Scalar: Number](self, array: NDArray[Scalar]) -> NDArray[Scalar]:
        """A (rows, columns) array of the view in the stored slice's pixels."""
        return self.turn.from_standard(resampled(array, self.turned))

    def box_to_standard(self, box: Box) -> Box:
        """A box in the stored slice's pixels in those of the view."""
        if self.turn.transposed:
            box = replace(box, top=box.left, left=box.top, bottom=box.right, right=box.bottom)
        return scaled(self._reversed(box), self.turned, self.standard)

    def box_from_standard(self, box: Box) -> Box:
        """A box in the view's pixels in those of the stored slice."""
        box = self._reversed(scaled(box, self.standard, self.turned))
        if self.turn.transposed:
            box = replace(box, top=box.left, left=box.top, bottom=box.right, right=box.bottom)
        return box

    def _reversed(self, box: Box) -> Box:
        rows, columns = self.turned
        if self.turn.rows_reversed:
            box = replace(box, top=rows - box.bottom, bottom=rows - box.top)
        if self.turn.columns_reversed:
            box = replace(box, left=columns - box.right, right=columns - box.left)
        return box


def is_axial(geometry: Geometry) -> bool:
    """Whether a slice is nearer to axial than to coronal or sagittal."""
    return int(np.argmax(np.abs(geometry.normal))) == 2


def turn_of(geometry: Geometry) -> Turn:
    """The turn to the nearest axial standard; none for slices that are nearer to coronal or sagittal."""
    along_row, down_column = geometry.row_direction, geometry.column_direction
    if not is_axial(geometry):
        return AS_STORED
    transposed = abs(along_row[1]) + abs(down_column[0]) > abs(along_row[0]) + abs(down_column[1])
    across, down = (down_column, along_row) if transposed else (along_row, down_column)
    return Turn(transposed, rows_reversed=down[1] < 0, columns_reversed=across[0] < 0)


def spacing_of(slice_: Slice) -> tuple[float, float] | None:
    """Millimetres (between rows, between columns), or None where the file does not say."""
    return slice_.spacing_mm or (slice_.geometry.spacing_mm if slice_.geometry else None)


def square_shape(shape: tuple[int, int], spacing: tuple[float, float]) -> tuple[int, int]:
    """(rows, columns) with pixels as high as wide: at the finer spacing, unless that takes too many pixels."""
    finer, coarser = min(spacing), max(spacing)
    if not 0 < coarser < (1 + SQUARE) * finer:
        height, width = shape[0] * spacing[0], shape[1] * spacing[1]
        edge = max(finer, max(height, width) / max(LONGEST_EDGE, *shape))
        return max(1, round(height / edge)), max(1, round(width / edge))
    return shape


def resampled[Scalar: Number](array: NDArray[Scalar], shape: tuple[int, int]) -> NDArray[Scalar]:
    """(rows, columns) at another size: nearest for integers; else linear where it grows, averaged where it shrinks."""
    import cv2

    if array.shape == shape:
        return array
    if array.dtype.kind != "f":
        how = cv2.INTER_NEAREST_EXACT
    else:
        how = cv2.INTER_AREA if shape[0] <= array.shape[0] and shape[1] <= array.shape[1] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(array, shape[::-1], interpolation=how), dtype=array.dtype)


def scaled(box: Box, was: tuple[int, int], becomes: tuple[int, int]) -> Box:
    """A box on a picture of (rows, columns) on the same picture at another size."""
    if was == becomes:
        return box
    down, across = becomes[0] / was[0], becomes[1] / was[1]
    return replace(box, top=box.top * down, left=box.left * across, bottom=box.bottom * down, right=box.right * across)
