"""The modality transform (DICOM PS3.3 C.11.1), padding (C.7.5.1.1.2), and the narrowest array that holds the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.slices import Values

Stored = NDArray[np.integer[Any]] | NDArray[np.floating[Any]]

_INT16 = np.iinfo(np.int16)
_INT32 = np.iinfo(np.int32)


@dataclass(frozen=True)
class Rescale:
    """value = slope * stored + intercept (PS3.3 C.11.1.1.2); `type` is Rescale Type (0028,1054), '' when absent."""

    slope: float
    intercept: float
    type: str = ""


@dataclass(frozen=True, eq=False)
class ModalityLut:
    """A Modality LUT (PS3.3 C.11.1.1.1): `table[stored - first]`, its ends reached beyond."""

    first: int
    table: NDArray[np.int64]
    type: str = ""


@dataclass(frozen=True)
class PaddingRange:
    """Stored values, both ends included, that are padding and no measurement."""

    low: int
    high: int


def transform(stored: Stored, modality: Rescale | ModalityLut | None) -> Values:
    """Stored values to measured ones, (rows, columns) in and out; int16 where each value is whole and fits."""
    if modality is None:
        return smallest_dtype(stored)
    if isinstance(modality, ModalityLut):
        index = np.clip(stored.astype(np.int64) - modality.first, 0, len(modality.table) - 1)
        return smallest_dtype(modality.table[index])
    slope, intercept = modality.slope, modality.intercept
    if stored.dtype.kind in "iu" and slope.is_integer() and intercept.is_integer():
        return _rescaled_whole(stored, int(slope), int(intercept))
    return smallest_dtype(stored.astype(np.float64) * slope + intercept)


def _rescaled_whole(stored: Stored, slope: int, intercept: int) -> Values:
    """The usual CT case, without a float array: ends first, then one pass in the type that holds them."""
    ends = sorted(int(end) * slope + intercept for end in (stored.min(), stored.max()))
    if _INT16.min <= ends[0] and ends[1] <= _INT16.max and abs(slope) <= _INT16.max:
        # Two's complement wraps around in between and comes back: the ends fit.
        wrapped = np.array(intercept, np.int64).astype(np.int16)
        if slope == 1 and stored.dtype in (np.int16, np.uint16):
            return np.add(stored.view(np.int16), wrapped)
        values = stored.astype(np.int16)
        values *= np.int16(slope)
        values += wrapped
        return values
    return smallest_dtype(stored.astype(np.float64) * slope + intercept)


def smallest_dtype(values: Stored) -> Values:
    """The same values as int16 where all are whole and fit, else int32, else float32 (infinite beyond its range)."""
    if values.dtype == np.int16:
        return np.ascontiguousarray(values, dtype=np.int16)
    low, high = float(values.min()), float(values.max())
    whole = values.dtype.kind in "iub" or bool(np.isfinite(low + high) and np.array_equal(np.rint(values), values))
    if whole and _INT16.min <= low and high <= _INT16.max:
        return np.ascontiguousarray(values, dtype=np.int16)
    if whole and _INT32.min <= low and high <= _INT32.max:
        return np.ascontiguousarray(values, dtype=np.int32)
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(values, dtype=np.float32)


def padding_mask(stored: Stored, padding: PaddingRange | None) -> NDArray[np.bool_] | None:
    """(rows, columns) True where the stored value is padding; None when nowhere."""
    if padding is None:
        return None
    if padding.low == padding.high:
        mask = np.asarray(stored == padding.low)
    else:
        mask = np.asarray((stored >= padding.low) & (stored <= padding.high))
    return mask if mask.any() else None
