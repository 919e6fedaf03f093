"""Measurements as frozen values in image coordinates, and what they say: lengths, angles, region statistics."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from covidviewer.services.user_files.measurements import Mark

if TYPE_CHECKING:
    pass

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


@dataclass(frozen=True)
class Cobb:
    """Two straight lines that need not meet; the angle between them."""

    first: Distance
    second: Distance


@dataclass(frozen=True)
class Outline:
    """A region inside a closed line through `points`, at least three."""

    points: tuple[Point, ...]


Measurement = Distance | Angle | Cobb | Region | Outline


def to_mark(measurement: Measurement) -> Mark:
    """As it is stored."""
    match measurement:
        case Distance(start, end):
            return Mark("distance", (start, end))
        case Angle(first, vertex, second):
            return Mark("angle", (first, vertex, second))
        case Cobb(first, second):
            return Mark("cobb", (first.start, first.end, second.start, second.end))
        case Outline(points):
            return Mark("freehand", points)
        case Region(shape, corner, opposite):
            return Mark(shape.value, (corner, opposite))


def from_mark(mark: Mark) -> Measurement:
    """As it was drawn."""
    match mark.kind:
        case "distance":
            return Distance(*mark.points)
        case "angle":
            return Angle(*mark.points)
        case "cobb":
            return Cobb(Distance(*mark.points[:2]), Distance(*mark.points[2:]))
        case "freehand":
            return Outline(mark.points)
        case _:
            return Region(Shape(mark.kind), *mark.points)


def length(line: Distance, spacing_mm: tuple[float, float] | None) -> float:
    """In mm, or in pixels when the spacing (between rows, between columns) is unknown."""
    row, column = spacing_mm or (1.0, 1.0)
    return math.hypot((line.end[0] - line.start[0]) * column, (line.end[1] - line.start[1]) * row)


def degrees(angle: Angle, spacing_mm: tuple[float, float] | None) -> float:
    """The angle between the arms, 0..180, in the patient's plane (pixels that are not square are minded)."""
    return between(angle.vertex, angle.first, angle.vertex, angle.second, spacing_mm)


def cobb_degrees(cobb: Cobb, spacing_mm: tuple[float, float] | None) -> float:
    """The angle between the two lines, 0..90, whichever way they were drawn."""
    found = between(cobb.first.start, cobb.first.end, cobb.second.start, cobb.second.end, spacing_mm)
    return min(found, 180 - found)


def between(
    start: Point, end: Point, other_start: Point, other_end: Point, spacing: tuple[float, float] | None
) -> float:
    """Degrees 0..180 between two directions of the patient's plane."""
    row, column = spacing or (1.0, 1.0)
    ax, ay = (end[0] - start[0]) * column, (end[1] - start[1]) * row
    bx, by = (other_end[0] - other_start[0]) * column, (other_end[1] - other_start[1]) * row
    return math.degrees(abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)))
