"""An exported LiteRT file back into weights that can be trained further: `train --weights resources/models/...tflite`.

Export folds each batch normalisation into its convolution: y = gamma (K x - mean) / sqrt(variance + epsilon) + beta
becomes y = K' x + b'. Unfolding measures mean m and variance v of K' x over training slices and sets, with a stretch s
that brings each channel's weights to the size that an optimiser's step is meant for,

    K = s K'    mean = s m    variance = s^2 v    gamma = sqrt(s^2 v + epsilon) / s    beta = b' + m

the same function but for the file's rounding to 7 bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from training.litert.file import convolution_name, convolution_operators, dense_head, read, tensor_values
from training.network.checkpoint import Weights
from training.network.config import Blocks
from training.network.network import HEAD, SCALE, assign_by_name, base_of, classifier, weights_by_name

SLICES_AT_ONCE = 8
STATISTICS_SLICES = 240
"""Framed training slices over which batch statistics are measured."""
FIRST = "conv1_conv"
LARGEST_STRETCH = 1e4
"""A channel smaller than that has died; its weights are left as they are."""


def unfolded_weights(file: Path, inputs: NDArray[np.float32]) -> Weights:
    """The weights of an exported network, by name as in `network.network.weights_by_name`.

    Parameters
    ----------
    file
        What `export` wrote.
    inputs
        (n, size, size, 2) float32 framed training slices, over which the batch statistics are measured.

    Raises `UnreadableFile` for a file that export did not write.
    """
    try:
        data = file.read_bytes()
        kernels = folded_kernels(read(data))
        folded: Weights = dict(zip((f"{HEAD}/kernel", f"{HEAD}/bias"), dense_head(data), strict=True))
    except (OSError, ValueError, KeyError, AttributeError, IndexError, TypeError) as fault:
        raise UnreadableFile("{file} is not a network that export wrote.", file=str(file)) from fault
    network = classifier(inputs.shape[1], blocks=blocks_of(kernels))
    for layer in convolutions_of(network):
        kernel, bias = kernels[layer.name]
        normalization = normalization_of(network, layer)
        folded[f"{layer.name}/kernel"], folded[f"{layer.name}/bias"] = kernel, np.zeros_like(bias)
        folded[f"{normalization.name}/gamma"] = np.ones_like(bias)
        folded[f"{normalization.name}/beta"] = bias
        folded[f"{normalization.name}/moving_mean"] = np.zeros_like(bias)
        folded[f"{normalization.name}/moving_variance"] = np.full_like(bias, 1 - normalization.epsilon)
    assign_by_name(network, folded)
    normalise(network, inputs)
    return weights_by_name(network)


def folded_kernels(model: Any) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """{layer name: (kernel (rows, columns, in, out), bias (out,))} of every convolution, in float32, for three
    channels.
    """
    found: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
    for operator in convolution_operators(model):
        name = convolution_name(model, operator)
        kernel = dequantised(model, operator.inputs[1]).transpose(1, 2, 3, 0)
        if name == FIRST:  # masked crop and hull; the network spreads the crop to two channels and scales all three
            crop, hull = kernel[:, :, 0] / 2, kernel[:, :, 1]
            kernel = np.asarray(np.stack([crop, crop, hull], axis=2) / SCALE, dtype=np.float32)
        found[name] = (np.ascontiguousarray(kernel), dequantised(model, operator.inputs[2]))
    return found


def blocks_of(names: Iterable[str]) -> Blocks:
    """Residual blocks per stage of a network with these convolutions."""
    found = {name.rsplit("_", 2)[0] for name in names if "_block" in name}
    first, second, third, fourth = (sum(name.startswith(f"conv{stage}_") for name in found) for stage in (2, 3, 4, 5))
    return first, second, third, fourth


def dequantised(model: Any, index: int) -> NDArray[np.float32]:
    """A constant tensor's values in float32; one scale per output channel, on the first axis."""
    tensor, values = model.subgraphs[0].tensors[index], tensor_values(model, index)
    if values.dtype == np.float32:
        return values
    scale = np.asarray(tensor.quantization.scale, np.float32).reshape(-1, *[1] * (values.ndim - 1))
    return values.astype(np.float32) * scale


def convolutions_of(network: Any) -> list[Any]:
    """Every convolution layer, in order."""
    return [layer for layer in base_of(network).layers if isinstance(layer, keras.layers.Conv2D)]


def normalization_of(network: Any, convolution: Any) -> Any:
    """The batch normalisation behind a convolution, by Keras' names."""
    return base_of(network).get_layer(convolution.name.removesuffix("_conv") + "_bn")


def normalise(network: Any, inputs: NDArray[np.float32]) -> None:
    """Measure each convolution's output and put its batch normalisation into normal form; the function stays."""
    layers = convolutions_of(network)
    base = base_of(network)
    before = network.get_layer("scale").output
    outputs = keras.Model(base.input, [layer.output for layer in layers])
    prepared = keras.Model(network.input, before)
    sums = [np.zeros((2, layer.filters)) for layer in layers]
    seen = 0
    for start in range(0, len(inputs), SLICES_AT_ONCE):
        batch = inputs[start : start + SLICES_AT_ONCE]
        for index, values in enumerate(outputs.predict_on_batch(prepared.predict_on_batch(batch))):
            plain = np.asarray(values, np.float32)
            for row, moment in enumerate((plain, np.square(plain))):
                sums[index][row] += len(batch) * moment.mean((0, 1, 2), dtype=np.float64)
        seen += len(batch)
    for layer, total in zip(layers, sums, strict=True):
        mean, squares = total / seen
        kernel = keras.ops.convert_to_numpy(layer.kernel)
        stretch = usual_norm(kernel) / np.maximum(np.sqrt(np.square(kernel).sum((0, 1, 2))), np.finfo(np.float32).tiny)
        stretch = np.where(stretch < LARGEST_STRETCH, stretch, 1.0)
        variance = np.maximum(squares - mean**2, 0) * stretch**2
        normalization = normalization_of(network, layer)
        layer.kernel.assign(kernel * stretch)
        normalization.gamma.assign(np.sqrt(variance + normalization.epsilon) / stretch)
        normalization.beta.assign(keras.ops.convert_to_numpy(normalization.beta) + mean)
        normalization.moving_mean.assign(mean * stretch)
        normalization.moving_variance.assign(variance)


def usual_norm(kernel: NDArray[np.float32]) -> float:
    """Norm of one output channel's weights as Keras starts them: Glorot's variance, 2 / (fan in + fan out)."""
    channels, filters = kernel.shape[2:]
    return float(np.sqrt(2 * channels / (channels + filters)))
