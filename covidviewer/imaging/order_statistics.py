"""Medians and percentiles, several times as fast as NumPy's own: 16-bit values are counted, others selected singly.

NumPy's selection is vectorised where it looks for a single place, and not where it looks for two. The same numbers as
NumPy's, to the last bit, for finite arrays of more than nothing. Knows arrays only. Any thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def median(values: NDArray[Any]) -> float:
    """`numpy.median` of all values."""
    [pair] = order_statistics(values, [(values.size - 1) // 2])
    return float(np.mean(pair if values.size % 2 == 0 else pair[:1]))


def percentiles(values: NDArray[Any], *shares: float) -> tuple[float, ...]:
    """`numpy.percentile(values, shares)`: the values below which so many of 100 lie, linear between neighbours."""
    places = [np.float64(values.size - 1) * (np.float64(share) / 100) for share in shares]
    pairs = order_statistics(values, [int(place) for place in places])
    return tuple(between(pair, place - int(place)) for pair, place in zip(pairs, places, strict=True))


def between(pair: NDArray[Any], part: np.float64) -> float:
    """So far on the way from one value to the next; interpolated from the nearer one, as NumPy does.

    Where 16-bit neighbours lie further apart than 32767, NumPy's difference overflows and this does not.
    """
    low, high = pair if pair.dtype.kind == "f" else pair.astype(np.float64)
    step = high - low
    return float(high - step * (1 - part) if part >= 0.5 else low + step * part)


def order_statistics(values: NDArray[Any], places: Sequence[int]) -> list[NDArray[Any]]:
    """For each place, from 0, what would stand there and behind it if the values were sorted.

    Returns
    -------
    (2,) each, of the values' type; the last value has itself behind it.
    """
    flat, last = values.ravel(), values.size - 1
    if flat.dtype == np.int16:
        least = flat.min()
        reached = np.cumsum(np.bincount((flat - least).view(np.uint16)))
        wanted = [(place, min(place + 1, last)) for place in places]
        return [(np.searchsorted(reached, pair, side="right") + least).astype(np.int16) for pair in wanted]
    pairs = []
    for place in places:
        flat = np.partition(flat, place)
        behind = flat[place + 1 :]
        pairs.append(np.array([flat[place], behind.min() if behind.size else flat[place]], flat.dtype))
    return pairs
