"""The DICOM window functions (PS3.3 C.11.2.1.2 and C.11.2.1.3), the presets table, and the automatic window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.order_statistics import order_statistics
from covidviewer.imaging.slices import Slice, Units, VoiTable, VoiWindow, WindowFunction

AUTO_PERCENTILES = (0.1, 99.9)
_BRIGHTEST = 255.0
_OFFSET = 32768
_LEAST_WIDTH = 1e-6


@dataclass(frozen=True)
class Preset:
    """A named window in Hounsfield units."""

    id: str
    name: str
    window: VoiWindow


PRESETS: tuple[Preset, ...] = (
    Preset("lung", "Lung", VoiWindow(-600.0, 1500.0)),
    Preset("mediastinum", "Mediastinum", VoiWindow(40.0, 400.0)),
    Preset("bone", "Bone", VoiWindow(350.0, 2000.0)),
    Preset("abdomen", "Abdomen", VoiWindow(50.0, 400.0)),
    Preset("emphysema", "Emphysema", VoiWindow(-850.0, 500.0)),
)


def render(slice_: Slice, window: VoiWindow, inverted: bool) -> NDArray[np.uint8]:
    """Values to the screen's grey levels.

    Parameters
    ----------
    slice_
        Any slice; its padding (PS3.3 C.7.5.1.1.2) is black, inverted or not.
    window
        In the slice's units.
    inverted
        True shows low values bright. The caller combines `slice_.inverted` with the person's wish.

    Returns
    -------
    (rows, columns) uint8, new and contiguous. NaN is shown as the lowest value.
    """
    if slice_.values.dtype == np.int16:
        table = _table(window, inverted)
        shown = np.take(table, _as_index(slice_.values), mode="clip")
    else:
        values = np.nan_to_num(slice_.values.astype(np.float64), nan=-np.inf, posinf=np.inf, neginf=-np.inf)
        shown = _levels(values, window, inverted)
    if slice_.padding is not None:
        shown[slice_.padding] = 0
    return shown


def voi(values: NDArray[np.floating[Any]], window: VoiWindow) -> NDArray[np.float64]:
    """The standard's window function with an output range of 0 to 255, unrounded; same shape.

    LINEAR (C.11.2.1.2.1) works on whole steps: its slope reaches over width - 1; LINEAR_EXACT's (C.11.2.1.3.2) over
    width. SIGMOID (C.11.2.1.3.1) never quite reaches the ends. A table (C.11.2.1.1) gives its first and last entry
    beyond its ends, and the nearest one between them.
    """
    if window.table is not None:
        return _looked_up(np.asarray(values, dtype=np.float64), window, window.table)
    x = np.asarray(values, dtype=np.float64)
    c, w = window.centre, max(window.width, _LEAST_WIDTH)
    if window.function is WindowFunction.SIGMOID:
        return np.asarray(_BRIGHTEST / (1.0 + np.exp(np.clip(-4.0 * (x - c) / w, -700.0, 700.0))))
    if window.function is WindowFunction.LINEAR_EXACT:
        return np.asarray(np.clip((x - c) / w + 0.5, 0.0, 1.0) * _BRIGHTEST)
    if w <= 1:  # all of the slope lies in one step: at or below centre - 0.5 is dark
        return np.where(x <= c - 0.5, 0.0, _BRIGHTEST)
    return np.asarray(np.clip((x - (c - 0.5)) / (w - 1.0) + 0.5, 0.0, 1.0) * _BRIGHTEST)


def auto_window(slice_: Slice) -> VoiWindow:
    """The window from the 0.1st to the 99.9th percentile, padding and non-finite values left out; at least 1 wide."""
    values = slice_.values if slice_.padding is None else slice_.values[~slice_.padding]
    if values.dtype.kind == "f":
        values = values[np.isfinite(values)]
    if values.size == 0:
        return VoiWindow(0.0, 1.0, name="auto")
    ranks = [round(percent / 100 * (values.size - 1)) for percent in AUTO_PERCENTILES]
    low, high = (float(found[0]) for found in order_statistics(values, ranks))
    if values.dtype.kind == "f":
        return VoiWindow((low + high) / 2, max(high - low, _LEAST_WIDTH), WindowFunction.LINEAR_EXACT, "auto")
    return VoiWindow((low + high + 1) / 2, high - low + 1, name="auto")


def first_window(slice_: Slice) -> VoiWindow:
    """What a slice is first shown in: the file's own window; lung for HU; all greys of an 8-bit picture; else auto."""
    if slice_.windows:
        return slice_.windows[0]
    if slice_.units is Units.HU:
        return PRESETS[0].window
    if slice_.values.dtype == np.int16 and slice_.values.min() >= 0 and 32 <= slice_.values.max() <= 255:
        return VoiWindow(128.0, 256.0)
    return auto_window(slice_)


def _levels(values: NDArray[np.floating[Any]], window: VoiWindow, inverted: bool) -> NDArray[np.uint8]:
    levels = np.rint(voi(values, window)).astype(np.uint8)
    return np.subtract(np.uint8(255), levels) if inverted else levels


def _looked_up(x: NDArray[np.float64], window: VoiWindow, table: VoiTable) -> NDArray[np.float64]:
    entries = np.frombuffer(table.levels, "<u2")
    low, span = window.centre - window.width / 2, max(window.width - 1, _LEAST_WIDTH)
    place = np.clip((x - low) / span, 0.0, 1.0) * (len(entries) - 1)
    return np.asarray(entries[np.rint(place).astype(np.intp)] * (_BRIGHTEST / ((1 << table.bits) - 1)))


def _as_index(values: NDArray[Any]) -> NDArray[np.uint16]:
    """int16 seen as uint16 without a copy: 0..32767 stay, negative values become 32768..65535."""
    return np.ascontiguousarray(values).view(np.uint16)


@lru_cache(maxsize=8)
def _table(window: VoiWindow, inverted: bool) -> NDArray[np.uint8]:
    """65,536 levels in the order of `_as_index`."""
    levels = _levels(np.arange(-_OFFSET, _OFFSET, dtype=np.float64), window, inverted)
    return np.roll(levels, _OFFSET)
