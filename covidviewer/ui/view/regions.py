"""Which pixels a region holds, and what their values say. NumPy; knows no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from covidviewer.ui.view.measurements import Outline, Region, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from covidviewer.imaging.slices import Slice


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


def statistics(region: Region | Outline, slice_: Slice) -> Statistics:
    """Mean, spread and range of the slice's values inside a region."""
    picked = values_in(region, slice_)
    spacing = slice_.spacing_mm
    area = picked.size * spacing[0] * spacing[1] if spacing else None
    if picked.size == 0:
        return Statistics(0, math.nan, math.nan, math.nan, math.nan, area)
    return Statistics(
        int(picked.size), float(picked.mean()), float(picked.std()), float(picked.min()), float(picked.max()), area
    )


def values_in(region: Region | Outline, slice_: Slice) -> NDArray[np.float64]:
    """(pixels,) values inside a region, padding and NaN left out."""
    corners = region.points if isinstance(region, Outline) else (region.corner, region.opposite)
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    first, last = max(0, math.floor(left)), min(slice_.columns, math.ceil(right))
    upper, lower = max(0, math.floor(top)), min(slice_.rows, math.ceil(bottom))
    if first >= last or upper >= lower:
        return np.empty(0)
    centres_x = np.arange(first, last, dtype=np.float64) + 0.5
    centres_y = np.arange(upper, lower, dtype=np.float64) + 0.5
    inside = mask(region, centres_x, centres_y)
    window = (slice(upper, lower), slice(first, last))
    values = slice_.values[window].astype(np.float64)
    inside &= np.isfinite(values)
    if slice_.padding is not None:
        inside &= ~slice_.padding[window]
    picked: NDArray[np.float64] = values[inside]
    return picked


def mask(region: Region | Outline, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(len(y), len(x)) bool: which of the points of a grid lie inside."""
    if isinstance(region, Outline):
        return inside_outline(region, x, y)
    left, right = sorted((region.corner[0], region.opposite[0]))
    top, bottom = sorted((region.corner[1], region.opposite[1]))
    if region.shape is Shape.ELLIPSE and right > left and bottom > top:
        across = ((x - (left + right) / 2) / (right - left) * 2) ** 2
        down = ((y - (top + bottom) / 2) / (bottom - top) * 2) ** 2
        return across[None, :] + down[:, None] <= 1
    return ((y >= top) & (y <= bottom))[:, None] & ((x >= left) & (x <= right))[None, :]


def inside_outline(outline: Outline, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Even-odd rule: a point is inside when a ray to the left crosses the outline an odd number of times.

    Every edge marks, on each row that it crosses, the first column to the right of the crossing; running sums along
    the rows then count the crossings. Takes a millisecond for a thousand edges.
    """
    points = np.array(outline.points, dtype=np.float64)
    starts, ends = points, np.roll(points, -1, axis=0)
    crossed = (starts[:, 1, None] <= y) != (ends[:, 1, None] <= y)
    edge, row = np.nonzero(crossed)
    along = (y[row] - starts[edge, 1]) / (ends[edge, 1] - starts[edge, 1])
    at = starts[edge, 0] + along * (ends[edge, 0] - starts[edge, 0])
    marks = np.zeros((y.size, x.size + 1), dtype=np.int32)
    np.add.at(marks, (row, np.searchsorted(x, at, side="left")), 1)
    inside: NDArray[np.bool_] = np.cumsum(marks, axis=1)[:, :-1] % 2 == 1
    return inside
