"""Measurements as frozen values in image coordinates, and what they say: lengths, angles, region statistics."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from covidviewer.services.measurement_files import Mark

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

Point = tuple[float, float]
"""(x, y) in image pixels, edges at whole numbers."""


class Shape(StrEnum):
    """The outlines a region may have."""

    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"


@dataclass(frozen=True)
class Distance:
    """A straight line."""

    start: Point
    end: Point


@dataclass(frozen=True)
class Angle:
    """Two arms that meet at `vertex`."""

    first: Point
    vertex: Point
    second: Point


@dataclass(frozen=True)
class Region:
    """An ellipse or rectangle in the box with these opposite corners."""

    shape: Shape
    corner: Point
    opposite: Point


Measurement = Distance | Angle | Region


def to_mark(measurement: Measurement) -> Mark:
    """As it is stored."""
    match measurement:
        case Distance(start, end):
            return Mark("distance", (start, end))
        case Angle(first, vertex, second):
            return Mark("angle", (first, vertex, second))
        case Region(shape, corner, opposite):
            return Mark(shape.value, (corner, opposite))


def from_mark(mark: Mark) -> Measurement:
    """As it was drawn."""
    match mark.kind:
        case "distance":
            return Distance(*mark.points)
        case "angle":
            return Angle(*mark.points)
        case _:
            return Region(Shape(mark.kind), *mark.points)


@dataclass(frozen=True)
class Statistics:
    """Of the pixels whose centres lie inside a region; padding and NaN left out.

    Attributes
    ----------
    count
        Number of pixels; the others are NaN when it is 0.
    mean, deviation, lowest, highest
        In the slice's units; `deviation` is the population's.
    area_mm2
        None when the spacing is unknown.
    """

    count: int
    mean: float
    deviation: float
    lowest: float
    highest: float
    area_mm2: float | None


def length(line: Distance, spacing_mm: tuple[float, float] | None) -> float:
    """In mm, or in pixels when the spacing (between rows, between columns) is unknown."""
    row, column = spacing_mm or (1.0, 1.0)
    return math.hypot((line.end[0] - line.start[0]) * column, (line.end[1] - line.start[1]) * row)


def degrees(angle: Angle, spacing_mm: tuple[float, float] | None) -> float:
    """The angle between the arms, 0..180, in the patient's plane (pixels that are not square are minded)."""
    row, column = spacing_mm or (1.0, 1.0)
    ax, ay = (angle.first[0] - angle.vertex[0]) * column, (angle.first[1] - angle.vertex[1]) * row
    bx, by = (angle.second[0] - angle.vertex[0]) * column, (angle.second[1] - angle.vertex[1]) * row
    return math.degrees(abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)))


def statistics(region: Region, slice_: Slice) -> Statistics:
    """Mean, spread and range of the slice's values inside a region."""
    import numpy as np

    left, right = sorted((region.corner[0], region.opposite[0]))
    top, bottom = sorted((region.corner[1], region.opposite[1]))
    columns = np.arange(max(0, math.floor(left)), min(slice_.columns, math.ceil(right)))
    rows = np.arange(max(0, math.floor(top)), min(slice_.rows, math.ceil(bottom)))
    x, y = (columns + 0.5)[None, :], (rows + 0.5)[:, None]
    if region.shape is Shape.ELLIPSE and right > left and bottom > top:
        centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
        inside = ((x - centre_x) / (right - left) * 2) ** 2 + ((y - centre_y) / (bottom - top) * 2) ** 2 <= 1
    else:
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)) if rows.size and columns.size else None
    if window is None:
        return Statistics(0, math.nan, math.nan, math.nan, math.nan, None)
    values = slice_.values[window].astype(np.float64)
    inside = inside & np.isfinite(values)
    if slice_.padding is not None:
        inside &= ~slice_.padding[window]
    picked = values[inside]
    spacing = slice_.spacing_mm
    area = picked.size * spacing[0] * spacing[1] if spacing else None
    if picked.size == 0:
        return Statistics(0, math.nan, math.nan, math.nan, math.nan, area)
    return Statistics(
        int(picked.size), float(picked.mean()), float(picked.std()), float(picked.min()), float(picked.max()), area
    )
