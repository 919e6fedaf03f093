"""The strongest places of a heat map, in the slice's own pixels: where to look first. Pure functions of results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.inference.results import Result

MOST_PLACES: Final = 5
Places = NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """One place.

    Attributes
    ----------
    x, y
        The centre of the map's cell in the slice's pixels: 0 is the left or upper edge of the first pixel, 0.5 its
        centre.
    log_odds
        What the cell adds to the calibrated log odds; above 0 it speaks for the first class.
    """

    x: float
    y: float
    log_odds: float


def cell_centres(box: Box, rows: int, columns: int) -> tuple[Places, Places]:
    """(rows,) y and (columns,) x of the centres of a heat map's cells, in the slice's pixels."""
    y = box.top + (np.arange(rows) + 0.5) * (box.bottom - box.top) / rows
    x = box.left + (np.arange(columns) + 0.5) * (box.right - box.left) / columns
    return y, x


def cells_centred_in(lungs: NDArray[np.uint8], box: Box, rows: int, columns: int) -> NDArray[np.bool_]:
    """(rows, columns): the cells whose centre lies where `lungs` is above 0; beyond the picture none does."""
    y, x = (np.floor(centres).astype(int) for centres in cell_centres(box, rows, columns))
    height, width = lungs.shape
    within = ((y >= 0) & (y < height))[:, None] & ((x >= 0) & (x < width))
    at = lungs[np.clip(y, 0, height - 1)[:, None], np.clip(x, 0, width - 1)] > 0
    return np.asarray(at & within)


def share_outside(result: Result) -> float:
    """Share 0..1 of what speaks for the first class in cells whose centre lies outside the lung hull, and so is drawn
    nowhere; 0 without a map. A network that pools over the lungs has next to none.
    """
    if result.heat_map is None or result.framing is None:
        return 0.0
    positive = np.maximum(result.heat_map, 0)
    if not positive.any():
        return 0.0
    within = cells_centred_in(result.framing.lungs, result.framing.box, *positive.shape)
    return float(positive[~within].sum() / positive.sum())


def evidence(result: Result) -> tuple[Evidence, ...]:
    """The cells of a scored slice's heat map that weigh most, of those whose centre lies in the lung hull.

    At most `MOST_PLACES`: those that speak for the first class, strongest first, then those against it; () without a
    map. Cells that add nothing are no evidence.
    """
    if result.heat_map is None or result.framing is None:
        return ()
    heat, framing = result.heat_map, result.framing
    y, x = cell_centres(framing.box, *heat.shape)
    rows, columns = np.nonzero(cells_centred_in(framing.lungs, framing.box, *heat.shape) & (heat != 0))
    found = [
        Evidence(float(x[column]), float(y[row]), float(heat[row, column]))
        for row, column in zip(rows, columns, strict=True)
    ]
    found.sort(key=lambda one: (one.log_odds <= 0, -abs(one.log_odds)))
    return tuple(found[:MOST_PLACES])
