"""Class activation map: which cells of the last feature map the score was made of. Pure functions of arrays.

A network makes one number of each of 2,048 channels over a 7 x 7 grid, and adds them up with the head's weights. Two
ways of doing so, and for each the map that adds up to the log odds, less the bias, with nothing left out:

- the mean over the lungs (`lungs_map`): each cell counts by the share of it that the lung hull covers, and is credited
  with what it added. A cell without lung adds nothing, and is empty.
- the maximum (`maximum_map`): a channel speaks from exactly one cell, the one where its maximum lies, and that cell is
  credited with all of it, wherever it is.

On a slice the map is drawn inside of the lung hull alone (`on_slice`).

What it cannot show: a cell "sees" far more than its 32 x 32 pixels (the receptive field covers the whole input), so a
warm cell says where the deciding activation is, not that the opacity ends there; it shows what spoke for the score,
not what is ill; and nothing about what another picture would have scored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.box import Box

Heat = NDArray[np.float32]


def lungs_map(feature_map: Heat, cells: Heat, kernel: Heat, temperature: float = 1.0) -> Heat:
    """Log odds of the first class, spread over the cells of the lungs that its features are the mean of.

    Parameters
    ----------
    feature_map
        (rows, columns, channels), after the last ReLU.
    cells
        (rows, columns) 0..1, the share of each cell that the lung hull covers (`lung_cells`).
    kernel
        (channels, 2), the head's weights, columns as the labels.
    temperature
        The card's; the map then adds up to the calibrated log odds.

    Returns
    -------
    (rows, columns) float32; the sum is the log odds less the bias. All zero where no cell holds any lung.
    """
    shares = cells.astype(np.float64)
    if not shares.any():
        return np.zeros(cells.shape, np.float32)
    spoken = feature_map.astype(np.float64) @ log_odds_weights(kernel)
    return np.asarray(spoken * shares / shares.sum() / temperature, np.float32)


def lung_cells(hull: Heat, grid: int) -> Heat:
    """(size, size) coverage by the lung hull, averaged over each of grid x grid cells; `size` a multiple of `grid`."""
    edge = hull.shape[0] // grid
    return np.asarray(hull.reshape(grid, edge, grid, edge).mean(axis=(1, 3)), np.float32)


def maximum_map(feature_map: Heat, kernel: Heat, temperature: float = 1.0) -> Heat:
    """Log odds of the first class, spread over the cells where the channels' maxima lie.

    Parameters
    ----------
    feature_map
        (rows, columns, channels), after the last ReLU.
    kernel
        (channels, 2), the head's weights, columns as the labels.
    temperature
        The card's; the map then adds up to the calibrated log odds.

    Returns
    -------
    (rows, columns) float32; the sum is the log odds less the bias. A channel that is zero everywhere adds nothing;
    one whose maximum stands in several cells is shared equally.
    """
    rows, columns, channels = feature_map.shape
    cells = feature_map.reshape(-1, channels).astype(np.float64)
    highest = cells.max(axis=0)
    at_maximum = cells == highest
    share = highest * log_odds_weights(kernel) / at_maximum.sum(axis=0)
    credit = at_maximum @ share
    return np.asarray(credit / temperature, np.float32).reshape(rows, columns)


def log_odds_weights(kernel: Heat) -> NDArray[np.float64]:
    """(channels,) weights of the log odds of the first class against the second, of a (channels, 2) kernel."""
    wide = kernel.astype(np.float64)
    return np.asarray(wide[:, 0] - wide[:, 1])


def on_slice(heat: Heat, box: Box, lungs: NDArray[np.uint8]) -> Heat:
    """The map in the slice's own pixels, inside of the lungs alone.

    Parameters
    ----------
    heat
        (rows, columns) of cells, in any unit.
    box
        The part of the slice that the cells divide.
    lungs
        (rows, columns) of the slice, 0 outside of the lung hull (`Framing.lungs`).

    Returns
    -------
    (rows, columns) of the slice, float32, in the unit of a cell: linear between the cells' centres, level from the
    outermost centres to the box's edges, and 0 outside of box and lungs.
    """
    down = weights(heat.shape[0], lungs.shape[0], box.top, box.bottom)
    across = weights(heat.shape[1], lungs.shape[1], box.left, box.right)
    return np.asarray((down @ heat @ across.T) * (lungs > 0), np.float32)


def weights(cells: int, pixels: int, start: float, end: float) -> Heat:
    """(pixels, cells) float32: how much each of the cells from `start` to `end` counts in each pixel along an edge."""
    place = (np.arange(pixels) + 0.5 - start) * (cells / (end - start))
    between = np.clip(place - 0.5, 0, cells - 1)
    near = np.maximum(0, 1 - np.abs(between[:, None] - np.arange(cells)[None, :]))
    return np.asarray(near * ((place >= 0) & (place <= cells))[:, None], dtype=np.float32)
