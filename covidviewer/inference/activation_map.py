"""Class activation map: which cells of the last feature map the score was made of. Pure functions of arrays.

The network takes the maximum of each of 2,048 channels over a 7 x 7 grid and adds them up with the head's weights. So
a channel speaks from exactly one cell, the one where its maximum lies, and `maximum_map` credits that cell with all
of it: the cells add up to the log odds, less the bias. Nothing is smoothed and nothing is left out.

What it cannot show: a cell "sees" far more than its 32 x 32 pixels (the receptive field covers the whole input), so a
warm cell says where the deciding activation is, not that the opacity ends there; it shows what spoke for the score,
not what is ill; and nothing about what another picture would have scored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def maximum_map(
    feature_map: NDArray[np.float32], kernel: NDArray[np.float32], temperature: float = 1.0
) -> NDArray[np.float32]:
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


def log_odds_weights(kernel: NDArray[np.float32]) -> NDArray[np.float64]:
    """(channels,) weights of the log odds of the first class against the second, of a (channels, 2) kernel."""
    wide = kernel.astype(np.float64)
    return np.asarray(wide[:, 0] - wide[:, 1])
