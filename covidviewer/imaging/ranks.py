"""Medians and percentiles by sorting: NumPy's sort is vectorised, and several times as fast as its own selection.

The same numbers as NumPy's, to the last bit, for finite arrays of more than nothing. Knows arrays only. Any thread.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def median(values: NDArray[Any]) -> float:
    """`numpy.median` of all values."""
    ordered = np.sort(values, axis=None)
    return float(np.mean(ordered[(ordered.size - 1) // 2 : ordered.size // 2 + 1]))


def percentiles(values: NDArray[Any], *shares: float) -> tuple[float, ...]:
    """`numpy.percentile(values, shares)`: the values below which so many of 100 lie, linear between neighbours."""
    ordered = np.sort(values, axis=None)
    return tuple(ranked(ordered, share) for share in shares)


def ranked(ordered: NDArray[Any], share: float) -> float:
    """The percentile of values in order; interpolated from the nearer neighbour, as NumPy does."""
    place = np.float64(ordered.size - 1) * (np.float64(share) / 100)
    below = int(place)
    part = place - below
    low, high = ordered[below], ordered[min(below + 1, ordered.size - 1)]
    step = high - low
    return float(high - step * (1 - part) if part >= 0.5 else low + step * part)
