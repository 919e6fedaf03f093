"""The largest and least values that activations take over many slices, measured with Keras before conversion.

What is rounded to int8 is rounded over a range, and what lies outside is clipped. The converter takes half a second a
slice to find ranges; this takes an eighth, so it looks at all training slices and names those that reach furthest. And
for what residual blocks add it gives ranges that the converter finds wrongly (`training.litert.residual_sums`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.litert.residual_sums import Ranges
from training.network.network import CENTRE

OPERAND = r"conv\d_block\d+_[03]_bn"
"""Last layers of the two operands of a residual sum, before it: the shortcut's where it has a convolution (0)."""
ACTIVATION = r"conv1_relu|conv\d_block\d+_([12]_relu|out)"
AT_ONCE = 8


@dataclass(frozen=True, eq=False)
class ActivationRanges:
    """Per slice, of each layer that int8 holds.

    Attributes
    ----------
    layers
        Names of the n layers.
    least, largest
        (slices, n) float32.
    """

    layers: tuple[str, ...]
    least: NDArray[np.float32]
    largest: NDArray[np.float32]

    def reached_by(self) -> tuple[int, ...]:
        """The slices at which some layer takes its least or largest value of all: its range is theirs."""
        return tuple(sorted({*self.least.argmin(axis=0).tolist(), *self.largest.argmax(axis=0).tolist()}))

    def operand_ranges(self) -> Ranges:
        """Of each operand of a residual sum, by its convolution, whose batch normalisation is part of it as in the
        exported file.
        """
        return {
            name.removesuffix("_bn") + "_conv": (float(self.least[:, place].min()), float(self.largest[:, place].max()))
            for place, name in enumerate(self.layers)
            if re.fullmatch(OPERAND, name)
        }


def activation_ranges(network: Any, inputs: NDArray[np.float32]) -> ActivationRanges:
    """Run the network over the slices.

    Parameters
    ----------
    network
        What `training.export.rewrite.for_export` returned.
    inputs
        (slices, size, size, 2) float32.
    """
    body = network.get_layer("body")
    layers = [layer for layer in body.layers if re.fullmatch(f"{OPERAND}|{ACTIVATION}", layer.name)]
    ends = [
        keras.ops.stack([function(layer.output, axis=(1, 2, 3)) for layer in layers], axis=1)
        for function in (keras.ops.min, keras.ops.max)
    ]
    seen = keras.Model(body.input, ends)
    parts = [
        seen.predict_on_batch(inputs[start : start + AT_ONCE] - np.float32(CENTRE))
        for start in range(0, len(inputs), AT_ONCE)
    ]
    least, largest = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    return ActivationRanges(tuple(layer.name for layer in layers), least, largest)
