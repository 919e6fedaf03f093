"""Pooling over the lungs, appended to a LiteRT file in float32: the mean of the feature map's cells weighted by lung.

The converter would round the cells' shares and the weighted map to int8. Here the share of each cell that the hull
covers is one convolution of the file's own input, and the rest are products and means of the feature map in float32.
"""

from __future__ import annotations

import numpy as np

from training.litert.file import (
    CODES,
    VALID,
    add_output,
    add_tensor,
    new_operator,
    options_of,
    output_named,
    read,
    write,
)
from training.network.config import CELL, FRAMED_CHANNELS, LEAST_LUNG

HULL = 1
"""The input's channel that holds the hull."""
MAP_AXES = (1, 2)


def append_lung_pooling(data: bytes) -> bytes:
    """Append the pooled features as the output "features".

    Parameters
    ----------
    data
        A file with one signature: input "inputs" (1, size, size, 2), output "feature_map" (1, rows, columns, channels),
        both float32.

    Returns
    -------
    The file: "features" (1, channels) float32 as `network.pooled_over` computes them. An input without a hull has
    features near zero.
    """
    model = read(data)
    graph = model.subgraphs[0]
    inputs, feature_map = int(graph.inputs[0]), output_named(model, "feature_map")
    rows, columns, channels = (int(edge) for edge in graph.tensors[feature_map].shape[1:])
    average = np.zeros((1, CELL, CELL, FRAMED_CHANNELS), np.float32)
    average[..., HULL] = 1 / CELL**2
    kernel = add_tensor(model, "pooling/kernel", average.shape, average)
    nothing = add_tensor(model, "pooling/bias", (1,), np.zeros(1, np.float32))
    axes = add_tensor(model, "pooling/axes", (2,), np.array(MAP_AXES, np.int32))
    least = add_tensor(model, "pooling/least", (1, 1), np.full((1, 1), LEAST_LUNG / (rows * columns), np.float32))
    cells = add_tensor(model, "pooling/cells", (1, rows, columns, 1), None)
    weighted = add_tensor(model, "pooling/weighted", (1, rows, columns, channels), None)
    mean = add_tensor(model, "pooling/mean", (1, channels), None)
    covered = add_tensor(model, "pooling/covered", (1, 1), None)
    lungs = add_tensor(model, "pooling/lungs", (1, 1), None)
    features = add_tensor(model, "features", (1, channels), None)
    once = {"dilationHFactor": 1, "dilationWFactor": 1}
    by_cell = options_of("Conv2DOptions", strideH=CELL, strideW=CELL, padding=VALID, **once)
    graph.operators += [
        new_operator(model, CODES.CONV_2D, [inputs, kernel, nothing], cells, *by_cell),
        new_operator(model, CODES.MUL, [feature_map, cells], weighted, *options_of("MulOptions")),
        new_operator(model, CODES.MEAN, [weighted, axes], mean, *options_of("ReducerOptions")),
        new_operator(model, CODES.MEAN, [cells, axes], covered, *options_of("ReducerOptions")),
        new_operator(model, CODES.MAXIMUM, [covered, least], lungs, *options_of("MaximumMinimumOptions")),
        new_operator(model, CODES.DIV, [mean, lungs], features, *options_of("DivOptions")),
    ]
    add_output(model, "features", features)
    return write(model)
