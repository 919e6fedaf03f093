"""The paper's network: ResNet101 without its top, global max pooling, Dense(2, softmax). Keras only.

Shallower networks of the same blocks and names exist for growing: they are trained first and then deepened by blocks
that start as the identity, so that the function stays the same while depth is added.
"""

from __future__ import annotations

import re
from typing import Any

import keras
from keras.src.applications.resnet import ResNet, stack_residual_blocks_v1

from covidviewer.errors import UnreadableFile
from training.network.config import RESNET101, Blocks

PARAMETERS, TRAINABLE_PARAMETERS = 42_662_274, 42_556_930
HEAD_SCALE, HEAD = "head_scale", "probabilities"
SCALE, CENTRE = 255.0, 0.5
"""The network scales x to 255 x - 127.5 = 255 (x - 0.5)."""

Tensors = dict[str, Any]
"""Weights as the backend's own tensors, by name."""
FRAMED_CHANNELS, PICTURE_CHANNELS = 2, 3


def classifier(
    size: int = 224,
    channels: int = FRAMED_CHANNELS,
    blocks: Blocks = RESNET101,
    weights: str | None = None,
    head_scale: float = 1.0,
) -> Any:
    """The two-class network.

    Parameters
    ----------
    size
        Edge of the input in pixels; the weights do not depend on it.
    channels
        2: masked crop in -0.3..1.3 and hull in 0..1 (`imaging.lungs.framing.model_input`), spread to three channels in
        the graph.
        3: the paper's form, pictures as Keras' own ResNet preprocessing leaves them.
    blocks
        Residual blocks per stage; (3, 4, 23, 3) is ResNet101.
    weights
        "imagenet", a weights file in Keras' form, or None.
    head_scale
        Training only: the features are multiplied by it before the Dense head. One step of Adam at rate r moves a logit
        by up to 2048 * r * feature, which drowns the signal after global max pooling; 1/32 tames the head without
        slowing the rest. `weights_by_name` folds it into the kernel, so stored weights are always those of the plain
        network.

    Returns
    -------
    Keras model, (n, size, size, channels) float32 -> (n, 2) float32 probabilities: COVID, non-COVID.
    """
    inputs = keras.Input((size, size, channels), name="inputs")
    outputs = inputs
    if channels == FRAMED_CHANNELS:
        crop, hull = outputs[..., :1], outputs[..., 1:]
        outputs = keras.layers.Concatenate(name="channels")([crop, crop, hull])
        outputs = keras.layers.Rescaling(255.0, offset=-127.5, name="scale")(outputs)
    base = residual_network(size, blocks, weights)
    if keras.backend.backend() == "torch":
        from training.network.fused import FUSED

        untouched = base
        base = keras.models.clone_model(
            base, clone_function=lambda layer: FUSED.get(type(layer), type(layer)).from_config(layer.get_config())
        )
        base.set_weights(untouched.get_weights())
    features = base(outputs)
    if head_scale != 1.0:
        features = keras.layers.Rescaling(head_scale, dtype="float32", name=HEAD_SCALE)(features)
    head = keras.layers.Dense(2, activation="softmax", dtype="float32", name=HEAD)
    return keras.Model(inputs, head(features), name="covid_resnet")


def residual_network(size: int, blocks: Blocks, weights: str | None) -> Any:
    """The convolutional base with global max pooling; ResNet101 is `keras.applications`' own."""
    shape = (size, size, 3)
    if blocks == RESNET101:
        return keras.applications.ResNet101(
            include_top=False, pooling="max", weights=weights, input_shape=shape, name="resnet101"
        )

    def stages(outputs: Any) -> Any:
        for index, count in enumerate(blocks):
            stride = 1 if index == 0 else 2
            outputs = stack_residual_blocks_v1(outputs, 64 * 2**index, count, stride1=stride, name=f"conv{index + 2}")
        return outputs

    return ResNet(
        stages,
        False,
        True,
        name="resnet",
        weights_name="none",
        include_top=False,
        pooling="max",
        weights=None,
        input_shape=shape,
    )


def base_of(model: Any) -> Any:
    """The convolutional base inside a `classifier`."""
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def start_as_identity(model: Any) -> None:
    """Set the last batch-norm scale of every residual block to zero: each block then passes its input on unchanged.

    101 layers train from nothing so; with the usual scales of one they do not.
    """
    for layer in base_of(model).layers:
        if re.fullmatch(r"conv\d_block\d+_3_bn", layer.name):
            layer.gamma.assign(keras.ops.zeros(layer.gamma.shape))


def train_from(model: Any, name: str) -> None:
    """Freeze every layer before the first whose name begins with `name`; "" trains all, `HEAD` the Dense head alone.

    A frozen batch normalisation keeps its statistics. Raises `UnreadableFile` when no layer has such a name.
    """
    layers = [*base_of(model).layers, model.get_layer(HEAD)]
    first = next((place for place, layer in enumerate(layers) if layer.name.startswith(name)), None)
    if first is None:
        raise UnreadableFile('The network has no layer whose name begins with "{name}".', name=name)
    for place, layer in enumerate(layers):
        layer.trainable = place >= first


def head_scale_of(model: Any) -> float:
    """The `head_scale` a `classifier` was built with."""
    return next((float(layer.scale) for layer in model.layers if layer.name == HEAD_SCALE), 1.0)


def variables_by_name(model: Any) -> dict[str, Any]:
    """Every weight's variable, by "layer/weight" ("conv2_block1_1_conv/kernel")."""
    layers = [layer for layer in base_of(model).layers if layer.weights] + [model.get_layer(HEAD)]
    return {f"{layer.name}/{variable.name}": variable for layer in layers for variable in layer.weights}


def tensors_by_name(model: Any) -> Tensors:
    """Every weight of the plain network as a tensor of the backend, by "layer/weight"; the head's scale is folded into
    its kernel.
    """
    tensors = {name: keras.ops.stop_gradient(variable.value) for name, variable in variables_by_name(model).items()}
    tensors[f"{HEAD}/kernel"] = tensors[f"{HEAD}/kernel"] * head_scale_of(model)
    return tensors


def as_arrays(tensors: Tensors) -> dict[str, Any]:
    """The same as NumPy arrays."""
    return {name: keras.ops.convert_to_numpy(tensor) for name, tensor in tensors.items()}


def weights_by_name(model: Any) -> dict[str, Any]:
    """`tensors_by_name` as NumPy arrays."""
    return as_arrays(tensors_by_name(model))


def assign_by_name(model: Any, weights: dict[str, Any]) -> tuple[str, ...]:
    """Set the weights whose names the model knows, as `weights_by_name` gave them; returns the names that were not
    given.
    """
    missing = []
    for name, variable in variables_by_name(model).items():
        if name not in weights:
            missing.append(name)
        elif name == f"{HEAD}/kernel":
            variable.assign(weights[name] / head_scale_of(model))
        else:
            variable.assign(weights[name])
    return tuple(missing)
