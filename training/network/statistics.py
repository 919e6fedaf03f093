"""Mean and variance of the batch normalisations, measured on slices: those of the weights' own training do not hold."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.network.network import Tensors, assign_by_name, weights_by_name

AT_ONCE = 32


def untracked() -> AbstractContextManager[Any]:
    """A block in which PyTorch keeps nothing for gradients; nothing on the other backends, which do not anyway."""
    if keras.backend.backend() != "torch":
        return nullcontext()
    import torch

    block: AbstractContextManager[Any] = torch.no_grad()
    return block


def measured_statistics(twin: Any, weights: Tensors, inputs: NDArray[np.float32]) -> Tensors:
    """The weights with every normalisation's mean and variance over `inputs`, each batch counting the same.

    Parameters
    ----------
    twin
        A `network.classifier` without frozen statistics, used up: it gets the weights and runs in training mode.
    weights
        By name.
    inputs
        (n, size, size, channels) float32; the last incomplete batch of 32 is left out where there is another.
    """
    assign_by_name(twin, weights)
    layers = [layer for layer in twin._flatten_layers() if isinstance(layer, keras.layers.BatchNormalization)]  # noqa: SLF001 - Keras lists nested layers nowhere else
    with untracked():
        for number in range(max(1, len(inputs) // AT_ONCE)):
            for layer in layers:
                layer.momentum = number / (number + 1)
            twin(inputs[number * AT_ONCE : (number + 1) * AT_ONCE], training=True)
    measured = weights_by_name(twin)
    moved = {name for name in measured if name.endswith(("/moving_mean", "/moving_variance"))}
    return weights | {name: measured[name] for name in moved}
