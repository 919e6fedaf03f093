"""A regular series as one block of values, and the three planes cut through it. Knows no file and no Qt. Any thread.

The block lies as the patient does: axis 0 goes from head to feet, axis 1 from front to back, axis 2 from the patient's
right to the left, each along the nearest axis of the scanner's grid. Nothing is interpolated: planes are cut along the
grid, and the pixel spacing says how large each sample is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from itertools import permutations
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnsupportedImage
from covidviewer.imaging.slices import Geometry, Series, Slice, Vector
from covidviewer.imaging.spacing import positions_mm
from covidviewer.texts import N_

LEAST_SLICES: Final = 3
MOST_TILT_DEGREES: Final = 0.5
PATIENT_AXES: Final = np.array([(0.0, 0.0, -1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)])
"""In LPS: to the feet, to the back, to the left."""
AHEAD: Final = 4
"""Slices in work for each thread."""


class Plane(IntEnum):
    """A plane is named for the axis of the block that it is perpendicular to."""

    AXIAL = 0
    CORONAL = 1
    SAGITTAL = 2


@dataclass(frozen=True, eq=False)
class Volume:
    """The block.

    Attributes
    ----------
    values
        (head to feet, front to back, right to left), in the slices' units; a view of how the slices were read.
    padding
        Like `values`, bool, or None when no slice has any.
    origin_mm
        LPS position of the centre of `values[0, 0, 0]`.
    directions
        Unit vectors along the three axes.
    spacing_mm
        Between samples along the three axes.
    along
        The axis along which the series was read, and whether its first slice comes first on it.
    sample
        A slice of the series: units, windows and labels are its.
    """

    values: NDArray[Any]
    padding: NDArray[np.bool_] | None
    origin_mm: Vector
    directions: tuple[Vector, Vector, Vector]
    spacing_mm: tuple[float, float, float]
    along: tuple[Plane, bool]
    sample: Slice

    def count(self, plane: Plane) -> int:
        """How many parallel planes there are."""
        return int(self.values.shape[plane])

    def cut(self, plane: Plane, index: int) -> Slice:
        """One plane as a slice. Rows and columns are the other two axes of the block, in their order."""
        row_axis, column_axis = across(plane)
        origin = np.array(self.origin_mm) + index * self.spacing_mm[plane] * np.array(self.directions[plane])
        spacing = (self.spacing_mm[row_axis], self.spacing_mm[column_axis])
        geometry = Geometry(
            vector(origin),
            self.directions[column_axis],
            self.directions[row_axis],
            spacing,
            self.spacing_mm[plane],
        )
        padding = None if self.padding is None else np.ascontiguousarray(self.padding[plane_at(plane, index)])
        return Slice(
            np.ascontiguousarray(self.values[plane_at(plane, index)]),
            self.sample.units,
            self.sample.source,
            geometry,
            spacing,
            padding,
            self.sample.windows,
            self.sample.inverted,
            self.sample.modality,
            self.sample.labels,
        )

    def series_index(self, index: int) -> int:
        """From an index along the reading direction to the series' own, and back."""
        plane, forwards = self.along
        return index if forwards else self.count(plane) - 1 - index


def plane_at(plane: Plane, index: int) -> tuple[slice | int, ...]:
    """Picks one plane of the block. (`take` would copy the whole block first, for it does not lie in memory order.)"""
    return (*(slice(None),) * plane, index)


def across(plane: Plane) -> tuple[int, int]:
    """The axes that are a plane's rows and columns."""
    row_axis, column_axis = (axis for axis in range(3) if axis != plane)
    return row_axis, column_axis


def why_no_volume(series: Series) -> str:
    """Why planes cannot be cut through a series, in a sentence; '' when they can."""
    headers = series.headers
    if len(headers) < LEAST_SLICES:
        return N_("There are too few slices for multiplanar reformation.")
    if any(header.geometry is None for header in headers):
        return N_("The slice positions are unknown, so the series cannot be reformatted.")
    if series.spacing_mm is None:
        return N_("The slices are not evenly spaced, so the series cannot be reformatted.")
    if len({(header.rows, header.columns) for header in headers}) > 1:
        return N_("The slices differ in size, so the series cannot be reformatted.")
    if tilt_degrees(series) > MOST_TILT_DEGREES:
        return N_("The gantry was tilted, so the series cannot be reformatted.")
    return ""


def tilt_degrees(series: Series) -> float:
    """Angle between the line through the slices' positions and their normal."""
    first = geometry_of(series)
    way = stack_vector(series)
    cosine = abs(float(way @ np.array(first.normal))) / float(np.linalg.norm(way))
    return float(np.degrees(np.arccos(min(1.0, cosine))))


def volume_bytes(series: Series) -> int:
    """What the block takes at two bytes a value."""
    return 2 * len(series) * series.headers[0].rows * series.headers[0].columns


def read_volume(
    series: Series,
    read: Callable[[int], Slice],
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    threads: int = 4,
) -> Volume | None:
    """Read every slice and put the block together; None when cancelled.

    Parameters
    ----------
    series
        One for which `why_no_volume` is ''.
    read
        Gives a slice by index, on several threads at a time.
    progress
        Called with slices done and in all, on the calling thread.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        A slice cannot be read, or is another size than its header said.
    """
    count = len(series)
    values: NDArray[Any] | None = None
    padding: NDArray[np.bool_] | None = None
    sample: Slice | None = None
    for index, one in in_parallel(read, count, threads, cancelled):
        if values is None:
            values, sample = np.empty((count, one.rows, one.columns), one.values.dtype), one
        if one.values.shape != values.shape[1:]:
            raise UnsupportedImage("The size of slice {n} differs from its header.", n=index + 1)
        wide = np.result_type(values, one.values)
        values = values if values.dtype == wide else values.astype(wide)
        values[index] = one.values
        if one.padding is not None:
            padding = np.zeros(values.shape, np.bool_) if padding is None else padding
            padding[index] = one.padding
        if progress is not None:
            progress(index + 1, count)
    if cancelled() or values is None or sample is None:
        return None
    return as_patient(series, values, padding, sample)


def in_parallel(
    read: Callable[[int], Slice], count: int, threads: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[int, Slice]]:
    """(index, slice) in order, some read ahead; ends early when cancelled."""
    with ThreadPoolExecutor(threads, thread_name_prefix="volume") as pool:
        for start in range(0, count, AHEAD * threads):
            chunk = range(start, min(count, start + AHEAD * threads))
            for index, one in zip(chunk, pool.map(read, chunk), strict=True):
                if cancelled():
                    return
                yield index, one


def as_patient(series: Series, values: NDArray[Any], padding: NDArray[np.bool_] | None, sample: Slice) -> Volume:
    """Turn a block (slices, rows, columns) so that it lies as the patient does; values are not copied."""
    first = geometry_of(series)
    steps = stack_vector(series) / (len(series) - 1)
    slice_mm = float(np.linalg.norm(steps))
    grid = np.array([steps / slice_mm, first.column_direction, first.row_direction])
    spacing = (slice_mm, first.spacing_mm[0], first.spacing_mm[1])
    order = nearest_axes(grid)
    flips = [float(grid[axis] @ PATIENT_AXES[place]) < 0 for place, axis in enumerate(order)]
    origin = np.array(first.position_mm)
    for axis, flipped in zip(order, flips, strict=True):
        if flipped:
            origin = origin + (values.shape[axis] - 1) * spacing[axis] * grid[axis]
    directions = [vector(-grid[axis] if flipped else grid[axis]) for axis, flipped in zip(order, flips, strict=True)]
    return Volume(
        turned(values, order, flips),
        None if padding is None else turned(padding, order, flips),
        vector(origin),
        (directions[0], directions[1], directions[2]),
        (spacing[order[0]], spacing[order[1]], spacing[order[2]]),
        (Plane(order.index(0)), not flips[order.index(0)]),
        sample,
    )


def turned(block: NDArray[Any], order: Sequence[int], flips: Sequence[bool]) -> NDArray[Any]:
    """A view with its axes in `order`, some of them backwards."""
    return block.transpose(order)[tuple(slice(None, None, -1 if flipped else 1) for flipped in flips)]


def nearest_axes(grid: NDArray[np.float64]) -> tuple[int, int, int]:
    """For each patient axis the axis of the grid that runs most along it, each used once."""
    likeness = np.abs(PATIENT_AXES @ grid.T)
    best: tuple[int, int, int] = max(permutations(range(3)), key=lambda order: float(likeness[range(3), order].sum()))  # type: ignore[assignment]
    return best


def geometry_of(series: Series) -> Geometry:
    """The first slice's; `ValueError` without one."""
    geometry = series.headers[0].geometry
    if geometry is None:
        raise ValueError("a series without positions has no volume")
    return geometry


def stack_vector(series: Series) -> NDArray[np.float64]:
    """(3,) from the first slice's position to the last's, mm."""
    positions = positions_mm((series.headers[0], series.headers[-1]))
    way: NDArray[np.float64] = positions[1] - positions[0]
    return way


def vector(numbers: NDArray[np.float64]) -> Vector:
    """Three plain floats."""
    return (float(numbers[0]), float(numbers[1]), float(numbers[2]))
