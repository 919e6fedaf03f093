"""ResNet's convolutional base in Keras, in both of its forms. Knows layers; neither heads, weights nor training.

"v1" (He et al. 2016, arXiv 1512.03385) halves the resolution in the first 1x1 convolution of a stage, as
`keras.applications` does; "v1.5" (torchvision, and the CT-pretrained weights) in its 3x3 convolution. Layers, weights
and their names are the same: 42,658,176 parameters for ResNet101.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras

from training.network.config import Blocks, Form

FIRST_FILTERS = 64
EXPANSION = 4
EPSILON = 1.001e-5
"""Of the batch normalisation, as in `keras.applications`."""


class FrozenNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]  # Keras is untyped
    """Batch normalisation by its stored mean and variance, while training too; scale and offset are trained.

    A small batch of few sources has other statistics than the slices that the network will see.
    """

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:  # noqa: ARG002 - Keras' signature
        """(n, rows, columns, channels) -> same."""
        return super().call(inputs, training=False, mask=mask)


def residual_network(size: int, blocks: Blocks, form: Form = "v1", frozen_statistics: bool = False) -> Any:
    """The base without pooling, weights at random.

    Parameters
    ----------
    size
        Edge of the input in pixels.
    blocks
        Residual blocks per stage; (3, 4, 23, 3) is ResNet101.
    form
        Where a stage halves the resolution.
    frozen_statistics
        Normalise by `FrozenNormalization`.

    Returns
    -------
    Functional model, (n, size, size, 3) float32 -> (n, size/32, size/32, 2048), after the last ReLU.
    """
    normalization = FrozenNormalization if frozen_statistics else keras.layers.BatchNormalization
    convolved = partial(convolved_by, normalization)
    inputs = keras.Input((size, size, 3))
    outputs = keras.layers.ZeroPadding2D(3, name="conv1_pad")(inputs)
    outputs = convolved(outputs, FIRST_FILTERS, 7, "conv1", strides=2)
    outputs = keras.layers.Activation("relu", name="conv1_relu")(outputs)
    outputs = keras.layers.ZeroPadding2D(1, name="pool1_pad")(outputs)
    outputs = keras.layers.MaxPooling2D(3, strides=2, name="pool1_pool")(outputs)
    for stage, count in enumerate(blocks):
        filters = FIRST_FILTERS * 2**stage
        for block in range(count):
            strides = 2 if stage and not block else 1
            name = f"conv{stage + 2}_block{block + 1}"
            outputs = residual_block(convolved, outputs, filters, strides, form, name, not block)
    return keras.Model(inputs, outputs, name=f"resnet{3 * sum(blocks) + 2}")


def residual_block(
    convolved: Callable[..., Any], inputs: Any, filters: int, strides: int, form: Form, name: str, projects: bool
) -> Any:
    """1x1, 3x3 and 1x1 convolutions beside the identity, or beside a 1x1 convolution where the shape changes."""
    first, second = (strides, 1) if form == "v1" else (1, strides)
    shortcut = convolved(inputs, EXPANSION * filters, 1, f"{name}_0", strides) if projects else inputs
    outputs = convolved(inputs, filters, 1, f"{name}_1", first)
    outputs = keras.layers.Activation("relu", name=f"{name}_1_relu")(outputs)
    if second != 1:  # padded on both sides, as PyTorch does: "same" would pad below and to the right alone
        outputs = keras.layers.ZeroPadding2D(1, name=f"{name}_2_pad")(outputs)
    outputs = convolved(outputs, filters, 3, f"{name}_2", second, padding="same" if second == 1 else "valid")
    outputs = keras.layers.Activation("relu", name=f"{name}_2_relu")(outputs)
    outputs = convolved(outputs, EXPANSION * filters, 1, f"{name}_3")
    outputs = keras.layers.Add(name=f"{name}_add")([shortcut, outputs])
    return keras.layers.Activation("relu", name=f"{name}_out")(outputs)


def convolved_by(
    normalization: type, inputs: Any, filters: int, kernel: int, name: str, strides: int = 1, padding: str = "valid"
) -> Any:
    """A convolution with bias and its batch normalisation: "NAME_conv", "NAME_bn"."""
    outputs = keras.layers.Conv2D(filters, kernel, strides=strides, padding=padding, name=f"{name}_conv")(inputs)
    return normalization(epsilon=EPSILON, name=f"{name}_bn")(outputs)
