"""Weights rounded to seven bits one input at a time, each error passed on to the weights that are not rounded yet.

Rounding each weight to the nearest step changes what a layer computes by 1 to 2 %, and 33 blocks add these errors up:
8 % of the features' length, where activations in int8 cost 4 %. Inputs of a convolution go together, so most of what
one weight loses the others can make up for: 1.5 % is left (`docs/experiments.md`). Method: E. Frantar et al., "GPTQ",
ICLR 2023. The converter finds these weights on its own steps and keeps them.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, lapack

from training.litert.file import SEVEN_BITS
from training.network.network import CENTRE

SLICES = 32
"""That show which inputs go together."""
PLACES = 4000
"""At most, of all slices' positions, for each convolution."""
DAMPING = 0.01
"""Of the mean square of the inputs, added to each: keeps the solution near the weights where few places were seen."""
AT_ONCE = 8
BLOCK = 64
"""Inputs whose errors are passed on within the block at once, and beyond it in one product."""

Matrix = NDArray[np.float64]


def round_weights(network: Any, calibration: NDArray[np.float32]) -> None:
    """Round the weights of every convolution in place, from the first to the last.

    Each looks at what those before it, already rounded, give it.

    Parameters
    ----------
    network
        What `training.export.rewrite.for_export` returned.
    calibration
        (n, size, size, 2) float32; `SLICES` of them, evenly spaced, are looked at.
    """
    body = network.get_layer("body")
    looked_at = calibration[:: max(len(calibration) // SLICES, 1)][:SLICES] - np.float32(CENTRE)
    rng = np.random.default_rng(0)
    layers = body.layers[1:]  # in an order in which each comes after what it reads
    last_reader = {id(tensor): layer for layer in layers for tensor in read_by(layer)}
    values = {id(body.input): keras.ops.convert_to_tensor(looked_at)}
    for layer in layers:
        given = [values[id(tensor)] for tensor in read_by(layer)]
        if isinstance(layer, keras.layers.Conv2D):
            kernel, bias = layer.get_weights()
            seen = seen_by(layer, given[0], rng)
            layer.set_weights([rounded(kernel.reshape(-1, kernel.shape[-1]), seen).reshape(kernel.shape), bias])
        values[id(layer.output)] = layer(given if len(given) > 1 else given[0])
        for tensor in read_by(layer):
            if last_reader[id(tensor)] is layer:
                values.pop(id(tensor), None)


def read_by(layer: Any) -> list[Any]:
    """The symbolic tensors that a layer reads."""
    return list(layer.input) if isinstance(layer.input, list) else [layer.input]


def seen_by(layer: Any, given: Any, rng: np.random.Generator) -> NDArray[np.float32]:
    """(places, rows * columns * channels of the kernel): what the convolution is multiplied with at some places."""
    share = PLACES / (len(given) * np.prod(layer.output.shape[1:3]))
    found = []
    for start in range(0, len(given), AT_ONCE):
        patches = keras.ops.image.extract_patches(
            given[start : start + AT_ONCE], layer.kernel_size, strides=layer.strides, padding=layer.padding
        )
        rows = keras.ops.convert_to_numpy(patches).reshape(-1, patches.shape[-1])
        found.append(rows[rng.random(len(rows)) < share])
    return np.concatenate(found)


def rounded(kernel: NDArray[np.float32], inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """The kernel in steps of each output's largest weight / 63, chosen to change `inputs @ kernel` least.

    Parameters
    ----------
    kernel
        (inputs, outputs) float32. The largest weight of an output is kept: it is what the steps are measured by.
    inputs
        (places, inputs) float32.
    """
    weights = kernel.T.astype(np.float64)  # (outputs, inputs)
    largest = np.abs(weights).argmax(axis=1)
    ends = np.take_along_axis(weights, largest[:, None], axis=1)
    steps = np.where(ends == 0, 1.0, np.abs(ends) / SEVEN_BITS)[:, 0]
    wide = inputs.astype(np.float64)
    products = wide.T @ wide / len(wide)
    order = np.argsort(-products.diagonal(), kind="stable")  # the strongest first, while all others can make up for it
    passed_on = shares(products[np.ix_(order, order)])

    left, codes = weights[:, order], np.empty_like(weights)
    for start in range(0, len(order), BLOCK):
        end = min(start + BLOCK, len(order))
        errors = np.empty((len(weights), end - start))
        for at in range(start, end):
            code = np.clip(np.rint(left[:, at] / steps), -SEVEN_BITS, SEVEN_BITS)
            code = np.where(largest == order[at], np.sign(ends[:, 0]) * SEVEN_BITS, code)
            errors[:, at - start] = (left[:, at] - code * steps) / passed_on[at, at]
            left[:, at:end] -= np.outer(errors[:, at - start], passed_on[at, at:end])
            codes[:, order[at]] = code
        left[:, end:] -= errors @ passed_on[start:end, end:]
    return np.asarray((codes * steps[:, None]).T, np.float32)


def shares(products: Matrix) -> Matrix:
    """Upper Cholesky factor of the inverse of the (n, n) mean products of inputs, damped: row i says how an error of
    input i is shared out among those after it.
    """
    n = len(products)
    damped = products + np.eye(n) * (DAMPING * products.diagonal().mean() + np.finfo(np.float64).tiny)
    lower, _ = lapack.dpotri(cholesky(damped, lower=True), lower=1)
    inverse = np.tril(lower) + np.tril(lower, -1).T
    return np.asarray(cholesky(inverse, lower=False))
