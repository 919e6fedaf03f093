"""Which slice of one series lies where a slice of another lies: by position in the patient. Knows headers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.slices import Series, SliceHeader
from covidviewer.imaging.spacing import positions_mm

PARALLEL: Final = 0.94
"""Cosine of 20 degrees: slices that are less parallel have no slice in common."""


@dataclass(frozen=True)
class Match:
    """How two series go together.

    Attributes
    ----------
    first_mm, second_mm
        Where each slice lies along the first series' normal.
    offset_mm
        Added to a place of the first series to find it in the second.
    """

    first_mm: NDArray[np.float64]
    second_mm: NDArray[np.float64]
    offset_mm: float = 0.0

    def to_second(self, index: int) -> int:
        """The slice of the second series that lies nearest to a slice of the first."""
        return nearest(self.second_mm, float(self.first_mm[index]) + self.offset_mm)

    def to_first(self, index: int) -> int:
        """The slice of the first series that lies nearest to a slice of the second."""
        return nearest(self.first_mm, float(self.second_mm[index]) - self.offset_mm)

    def aligned(self, first: int, second: int) -> Match:
        """The same with the offset at which these two slices belong together."""
        return Match(self.first_mm, self.second_mm, float(self.second_mm[second] - self.first_mm[first]))


def match(first: Series, second: Series) -> Match | None:
    """How `second` goes with `first`, or None when their slices are not parallel.

    Series of one study share the patient's coordinates; between studies the middles are put together, for the patient
    lay elsewhere on the table. Where positions are unknown, the slices are spread evenly over both series.
    """
    if not (placed(first) and placed(second)):
        return Match(np.linspace(0.0, 1.0, len(first)), np.linspace(0.0, 1.0, len(second)))
    normals = [np.array(one.headers[0].geometry.normal) for one in (first, second) if one.headers[0].geometry]
    if abs(float(normals[0] @ normals[1])) < PARALLEL:
        return None
    found = Match(along(first.headers, normals[0]), along(second.headers, normals[0]))
    if first.headers[0].study_uid == second.headers[0].study_uid:
        return found
    return Match(found.first_mm, found.second_mm, middle(found.second_mm) - middle(found.first_mm))


def placed(series: Series) -> bool:
    """Whether every slice has a position."""
    return all(header.geometry is not None for header in series.headers)


def along(headers: Sequence[SliceHeader], normal: NDArray[np.float64]) -> NDArray[np.float64]:
    """(slices,) places along a direction, mm."""
    places: NDArray[np.float64] = positions_mm(headers) @ normal
    return places


def nearest(places: NDArray[np.float64], wanted: float) -> int:
    """The index of the place nearest to `wanted`, the first of equals."""
    return int(np.argmin(np.abs(places - wanted)))


def middle(places: NDArray[np.float64]) -> float:
    """Halfway between the ends."""
    return float(places.min() + places.max()) / 2
