"""The two-class network: a residual base, pooling, Dense(2, softmax), and a lesion head while training. Keras only.

The paper's has global max pooling. The bundled one pools over the cells that the lungs cover, so that nothing outside
of them enters the score. Shallower networks of the same blocks and names exist for growing: they are trained first
and then deepened by blocks that start as the identity, so that the function stays the same while depth is added.
"""

from __future__ import annotations

import re
from typing import Any

import keras

from covidviewer.errors import UnreadableFile
from training.network.config import (
    CELL,
    FRAMED_CHANNELS,
    LEAST_LUNG,
    PICTURE_CHANNELS,
    RESNET101,
    Blocks,
    Config,
    Form,
    Phase,
    Pooling,
)
from training.network.resnet import residual_network

PARAMETERS, TRAINABLE_PARAMETERS = 42_662_274, 42_556_930
HEAD_SCALE, HEAD = "head_scale", "probabilities"
CELLS = "cells"
LESION_SCALE, LESIONS = "lesion_scale", "lesions"
SCALE, CENTRE = 255.0, 0.5
"""The network scales x to 255 x - 127.5 = 255 (x - 0.5)."""

Tensors = dict[str, Any]
"""Weights as the backend's own tensors, by name."""


def classifier(
    size: int = 224,
    channels: int = FRAMED_CHANNELS,
    blocks: Blocks = RESNET101,
    weights: str | None = None,
    head_scale: float = 1.0,
    form: Form = "v1",
    pooling: Pooling = "max",
    lesions: bool = False,
    frozen_statistics: bool = False,
) -> Any:
    """The two-class network.

    Parameters
    ----------
    size
        Edge of the input in pixels; the weights do not depend on it.
    channels
        2: masked crop in -0.3..1.3 and hull in 0..1 (`imaging.lungs.framing.model_input`), spread to three channels in
        the graph. 3: the paper's form, images as Keras' own ResNet preprocessing leaves them.
    blocks, form
        See `resnet.residual_network`; (3, 4, 23, 3) is ResNet101.
    weights
        Of the base: "imagenet", a weights file in Keras' form, or None.
    head_scale
        Training only: the features are multiplied by it before the heads. One step of Adam at rate r moves a logit by
        up to 2048 * r * feature, which drowns the signal after global max pooling: 1/32 tames the head without slowing
        the rest. A pretrained body takes a small rate and has small mean features: 16 lets the new head keep up.
        `weights_by_name` folds it into the Dense kernel, so stored weights are those of the plain network.
    pooling
        "max" over the whole feature map, or "lungs": the mean over its cells, each weighted by the share of it that the
        hull covers.
    frozen_statistics
        See `resnet.residual_network`.
    lesions
        Training only: also predict for each cell the share of it that is lesion, from a 1x1 convolution.

    Returns
    -------
    Keras model, (n, size, size, channels) float32 -> (n, 2) float32 probabilities: COVID, non-COVID. With `lesions`
    -> {"probabilities": those, "lesions": (n, size/32, size/32, 1) float32 logits}.
    """
    inputs = keras.Input((size, size, channels), name="inputs")
    outputs, cells = inputs, None
    if channels == FRAMED_CHANNELS:
        crop, hull = outputs[..., :1], outputs[..., 1:]
        cells = keras.layers.AveragePooling2D(CELL, name=CELLS)(hull) if pooling == "lungs" else None
        outputs = keras.layers.Concatenate(name="channels")([crop, crop, hull])
        outputs = keras.layers.Rescaling(SCALE, offset=-SCALE * CENTRE, name="scale")(outputs)
    elif pooling == "lungs":
        raise ValueError("only framed inputs have a hull to pool over")
    if pooling == "lungs" and size % CELL:
        raise ValueError(f"inputs of {size} pixels have no whole cells of {CELL}")
    feature_map = base_network(size, blocks, weights, form, frozen_statistics)(outputs)
    return keras.Model(inputs, heads(feature_map, cells, head_scale, lesions), name="covid_resnet")


def base_network(size: int, blocks: Blocks, weights: str | None, form: Form, frozen_statistics: bool) -> Any:
    """`residual_network`, or `keras.applications`' own with its weights; in fused layers on the PyTorch backend."""
    if weights:
        shape = (size, size, 3)
        base = keras.applications.ResNet101(include_top=False, weights=weights, input_shape=shape, name="resnet101")
    else:
        base = residual_network(size, blocks, form, frozen_statistics)
    if keras.backend.backend() != "torch":
        return base
    from training.network.fused import FUSED

    fused = keras.models.clone_model(
        base, clone_function=lambda layer: FUSED.get(type(layer), type(layer)).from_config(layer.get_config())
    )
    fused.set_weights(base.get_weights())
    return fused


def heads(feature_map: Any, cells: Any, head_scale: float, lesions: bool) -> Any:
    """What is predicted from a feature map (n, rows, columns, channels); `cells` (n, rows, columns, 1) or None."""
    features = pooled(feature_map, cells)
    if head_scale != 1.0:
        features = keras.layers.Rescaling(head_scale, dtype="float32", name=HEAD_SCALE)(features)
    start = (
        "zeros" if head_scale > 1 else "glorot_uniform"
    )  # a scaled random head drowns the loss from the first step on
    probabilities = keras.layers.Dense(2, activation="softmax", dtype="float32", kernel_initializer=start, name=HEAD)(
        features
    )
    if not lesions:
        return probabilities
    shares = keras.layers.Conv2D(1, 1, dtype="float32", kernel_initializer="zeros", name=LESIONS)(
        keras.layers.Rescaling(head_scale, dtype="float32", name=LESION_SCALE)(feature_map)
    )
    return {HEAD: probabilities, LESIONS: shares}


def pooled(feature_map: Any, cells: Any) -> Any:
    """(n, channels) features: the largest value of each channel, or its mean over the lungs where `cells` are given."""
    if cells is None:
        return keras.layers.GlobalMaxPooling2D(name="pooled")(feature_map)
    return pooled_over(feature_map, cells)


def pooled_over(feature_map: Any, cells: Any) -> Any:
    """(n, channels) mean over the cells of a feature map, weighted by `cells`."""
    lungs = keras.ops.maximum(keras.ops.sum(cells, axis=(1, 2)), LEAST_LUNG)
    return keras.ops.sum(feature_map * cells, axis=(1, 2)) / lungs


def classifier_of(config: Config, phase: Phase, **options: Any) -> Any:
    """The `classifier` that a config wants in one of its phases; `options` go before what the config says."""
    channels = FRAMED_CHANNELS if config.framed else PICTURE_CHANNELS
    return classifier(
        phase.size, channels, phase.blocks, **({"form": config.form, "pooling": config.pooling} | options)
    )


def pooling_of(model: Any) -> Pooling:
    """How a `classifier` pools."""
    return "lungs" if any(layer.name == CELLS for layer in model.layers) else "max"


def body_of(model: Any) -> Any:
    """A `classifier` up to its heads, sharing its weights: inputs -> [the last feature map, the pooled features]."""
    framed = model.input_shape[-1] == FRAMED_CHANNELS
    feature_map = base_of(model)(model.get_layer("scale").output if framed else model.input)
    cells = model.get_layer(CELLS).output if pooling_of(model) == "lungs" else None
    return keras.Model(model.input, [feature_map, pooled(feature_map, cells)], name="body")


def layers_before(model: Any, first: str) -> tuple[str, ...]:
    """Names of the base's layers before the first whose name begins with `first`, in order."""
    names = [layer.name for layer in base_of(model).layers]
    return tuple(names[: next(place for place, name in enumerate(names) if name.startswith(first))])


def lower_part(model: Any, first: str) -> Any:
    """Inputs of `model` -> the feature map that enters the layer `first` (the beginning of its name)."""
    base = base_of(model)
    lower = keras.Model(base.input, base.get_layer(layers_before(model, first)[-1]).output, name="lower")
    return keras.Model(model.input, lower(model.get_layer("scale").output), name="lower_part")


def upper_part(model: Any, first: str) -> Any:
    """The layers from `first` on, sharing their weights with `model`, which pools over the lungs.

    Returns
    -------
    Keras model, [the feature map that enters them, the lungs' share of each last cell (n, rows, columns, 1)] -> what
    `model` returns.
    """
    base = base_of(model)
    entering = base.get_layer(layers_before(model, first)[-1]).output
    inputs = keras.Input(entering.shape[1:], name="entering")
    cells = keras.Input((*base.output.shape[1:3], 1), name="lung_cells")
    last = keras.Model(entering, base.output, name="upper")(inputs)
    known = {layer.name: layer for layer in model.layers}
    features = pooled_over(last, cells)
    if HEAD_SCALE in known:
        features = known[HEAD_SCALE](features)
    outputs = known[HEAD](features)
    if LESIONS in known:
        outputs = {HEAD: outputs, LESIONS: known[LESIONS](known[LESION_SCALE](last))}
    return keras.Model([inputs, cells], outputs, name="upper_part")


def base_of(model: Any) -> Any:
    """The convolutional base inside a `classifier`."""
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def head_layers(model: Any) -> list[Any]:
    """The Dense head, before it the lesion head where there is one."""
    return [layer for layer in model.layers if layer.name in (LESIONS, HEAD)]


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
    layers = [*base_of(model).layers, *head_layers(model)]
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
    layers = [*(layer for layer in base_of(model).layers if layer.weights), *head_layers(model)]
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
