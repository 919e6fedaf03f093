"""The trained network in the form that converts and computes rightly everywhere; the function stays. Keras only.

Two rewrites before conversion, both because of what converters and engines do in silence:

- Strided 1x1 convolutions (shortcuts of either form, and in v1 the convolutions beside them): LiteRT's GPU path
  computes them wrongly in int8, without an error (26 % off in the feature map). Taking every second pixel first, as a
  max pooling of size 1, and convolving with stride 1 is the same to the bit.
- The scaling in front: with `Rescaling(255, -127.5)` the converter gives the input the scale of its 255-fold, which
  leaves two grey levels. The factor and the spreading to three channels go into the first convolution's weights
  instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from training.network.network import CENTRE, HEAD, SCALE, base_of, pooled, pooling_of


def without_strided_pointwise(base: Any) -> Any:
    """A copy of a functional Keras model, same weights and layer names.

    With the strides of its 1x1 convolutions moved out.
    """
    strides: dict[str, tuple[int, int]] = {}

    def clone(layer: Any) -> Any:
        if (
            isinstance(layer, keras.layers.Conv2D)
            and tuple(layer.kernel_size) == (1, 1)
            and tuple(layer.strides) != (1, 1)
        ):
            strides[layer.name] = tuple(layer.strides)
            return keras.layers.Conv2D.from_config(layer.get_config() | {"strides": (1, 1)})
        return type(layer).from_config(layer.get_config())

    def call(layer: Any, *arguments: Any, **keywords: Any) -> Any:
        if layer.name not in strides:
            return layer(*arguments, **keywords)
        thinned = keras.layers.MaxPooling2D(pool_size=1, strides=strides[layer.name], name=f"{layer.name}_stride")
        return layer(thinned(arguments[0]), **keywords)

    return rebuilt(base, clone, call)


def for_export(model: Any) -> Any:
    """The network of `training.network.network.classifier` as it is converted.

    Parameters
    ----------
    model
        A two-channel classifier; its Dense head is left out, since it is appended in float after quantisation.

    Returns
    -------
    Functional model, (n, size, size, 2) float32 -> {"feature_map": (n, size/32, size/32, 2048), "features": (n, 2048)};
    without features where the lungs are pooled over, since that is appended in float too
    (`training.litert.lung_pooling`).
    """
    base = without_strided_pointwise(base_of(model))
    first = base.get_layer("conv1_conv")
    kernel, bias = first.get_weights()
    folded = np.stack([kernel[:, :, 0] + kernel[:, :, 1], kernel[:, :, 2]], axis=2) * np.float32(SCALE)

    inputs = keras.Input(model.input_shape[1:], name="inputs")
    centred = keras.layers.Rescaling(1.0, offset=-CENTRE, name="centred")(inputs)
    narrow = rebuilt(base, lambda layer: type(layer).from_config(layer.get_config()), None, channels=2, skip=first.name)
    narrow.get_layer(first.name).set_weights([folded, bias])
    outputs = {"feature_map": narrow.output}
    if pooling_of(model) == "max":
        outputs["features"] = pooled(narrow.output, None)
    body = keras.Model(narrow.input, outputs, name="body")
    return keras.Model(inputs, body(centred), name="export")


def rebuilt(
    base: Any,
    clone: Callable[[Any], Any],
    call: Callable[..., Any] | None,
    channels: int | None = None,
    skip: str = "",
) -> Any:
    """Clone a functional model and carry its weights over by layer name, but for the layer `skip`."""
    inputs = None if channels is None else keras.Input((*base.input_shape[1:3], channels), name="centred_inputs")
    copy = keras.models.clone_model(base, input_tensors=inputs, clone_function=clone, call_function=call)
    targets = {layer.name: layer for layer in copy.layers}
    for layer in base.layers:
        if layer.weights and layer.name != skip:
            targets[layer.name].set_weights(layer.get_weights())
    return copy


def dense_weights(model: Any) -> tuple[Any, Any]:
    """Kernel (features, 2) and bias (2,) of the Dense head, float32."""
    kernel, bias = model.get_layer(HEAD).get_weights()
    return kernel.astype(np.float32), bias.astype(np.float32)
