"""A network of five blocks and its exported file, made once for all tests that need them."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from typing import Any

import numpy as np
import pytest

from covidviewer.inference.selfcheck import synthetic_input

if importlib.util.find_spec("tensorflow") is None:
    pytest.skip("only on a computer with the extra covidviewer[training]", allow_module_level=True)

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras

if keras.backend.backend() != "tensorflow":
    pytest.skip("only on Keras' TensorFlow backend: KERAS_BACKEND is set to another", allow_module_level=True)

from training.export import export, rewrite
from training.litert.file import append_head
from training.network.network import base_of, classifier
from training.statistics.calibration import Calibration

__all__ = [
    "BLOCKS",
    "HELD_OUT",
    "INPUTS",
    "SHALLOW",
    "keras",
    "over_lungs",
    "over_lungs_file",
    "shallow_calibration",
    "shallow_file",
    "shallow_network",
]

INPUTS = np.stack([synthetic_input(seed) for seed in range(40)])
HELD_OUT = INPUTS[30:]
SHALLOW, BLOCKS = (2, 1, 1, 1), 5


def settled(model: Any) -> Any:
    """Random weights as tame as trained ones: normalised by the drawn inputs, branches quieter than the path."""
    layers = base_of(model).layers
    norms = [layer for layer in layers if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in norms:
        layer.momentum = 0.0
        if layer.name.endswith("_3_bn"):
            layer.gamma.assign(layer.gamma * 0.2)
    model(INPUTS[:8], training=True)
    head = model.get_layer("probabilities")
    kernel, bias = head.get_weights()
    head.set_weights([kernel * 0.3, bias])
    return model


@cache
def shallow_network() -> Any:
    """A network of five blocks: 17 layers, the same names."""
    keras.utils.set_random_seed(1)
    return settled(classifier(blocks=SHALLOW))


@cache
def over_lungs() -> Any:
    """The same five blocks in the form v1.5, pooling over the lungs."""
    keras.utils.set_random_seed(1)
    return settled(classifier(blocks=SHALLOW, form="v1.5", pooling="lungs"))


@cache
def over_lungs_file() -> bytes:
    """Its file as it would be shipped."""
    network = over_lungs()
    return append_head(export.body_file(network, INPUTS[:16]), *rewrite.dense_weights(network))


@cache
def shallow_file() -> bytes:
    """Its file as it would be shipped."""
    network = shallow_network()
    return append_head(export.body_file(network, INPUTS[:16]), *rewrite.dense_weights(network))


@cache
def shallow_calibration() -> Calibration:
    """Of the file's own features; every second held-out input is called COVID."""
    (asked,) = export.features_of(shallow_file(), (HELD_OUT,), print)
    return export.calibrated(asked, np.arange(len(HELD_OUT)) % 2 == 0, *rewrite.dense_weights(shallow_network()))
