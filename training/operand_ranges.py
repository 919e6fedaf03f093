"""Ranges of the operands of residual sums, measured with Keras: the converter's are too wide. Keras only."""

from __future__ import annotations

import re
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.residual_sums import Ranges
from training.rewrite import CENTRE

OPERAND = r"conv\d_block\d+_[03]_bn"
"""Last layers of the two operands of a residual sum, before it: the shortcut's where it has a convolution (0)."""
AT_ONCE = 8
"""Slices; the outputs of all operands together take 50 MB each."""


def operand_ranges(network: Any, inputs: NDArray[np.float32]) -> Ranges:
    """Smallest and largest value over the inputs of what each residual block adds, shortcuts included.

    Parameters
    ----------
    network
        What `training.rewrite.for_export` returned.
    inputs
        (n, size, size, 2) float32.

    Returns
    -------
    By the name of the convolution, whose batch normalisation is part of it as in the exported file.
    """
    body = network.get_layer("body")
    summed = [layer for layer in body.layers if re.fullmatch(OPERAND, layer.name)]
    seen = keras.Model(body.input, [layer.output for layer in summed])
    lowest, highest = np.full(len(summed), np.inf), np.full(len(summed), -np.inf)
    for start in range(0, len(inputs), AT_ONCE):
        for index, values in enumerate(seen.predict_on_batch(inputs[start : start + AT_ONCE] - np.float32(CENTRE))):
            lowest[index] = min(lowest[index], values.min())
            highest[index] = max(highest[index], values.max())
    names = [layer.name.removesuffix("_bn") + "_conv" for layer in summed]
    return {name: (float(low), float(high)) for name, low, high in zip(names, lowest, highest, strict=True)}
