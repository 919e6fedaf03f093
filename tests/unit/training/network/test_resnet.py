"""The residual network's forms, its normalisation and its pooling, each against NumPy."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import tests.tiny_training  # noqa: F401 - chooses Keras' backend

import keras  # isort: skip

from training.network.config import Config, Phase
from training.network.network import (
    LESIONS,
    assign_by_name,
    base_of,
    body_of,
    classifier,
    classifier_of,
    lower_part,
    pooled_over,
    upper_part,
    weights_by_name,
)
from training.network.resnet import EPSILON, FrozenNormalization, convolved_by, residual_block
from training.network.statistics import measured_statistics

SHALLOW = (1, 1, 1, 1)
Array = NDArray[np.float64]


def convolved(inputs: Array, kernel: Array, bias: Array, stride: int, pad: int) -> Array:
    """(rows, columns, in) -> (rows', columns', out), zeros around the picture."""
    padded = np.pad(inputs, ((pad, pad), (pad, pad), (0, 0)))
    edge = kernel.shape[0]
    rows, columns = ((size - edge) // stride + 1 for size in padded.shape[:2])
    out = np.empty((rows, columns, kernel.shape[3]))
    for row in range(rows):
        for column in range(columns):
            part = padded[row * stride : row * stride + edge, column * stride : column * stride + edge]
            out[row, column] = np.einsum("rci,rcio->o", part, kernel) + bias
    return out


@pytest.mark.parametrize(("form", "strides"), [("v1", {1: 2}), ("v1.5", {2: 2})])
def test_a_block_that_halves_the_resolution_does_so_where_its_form_says(form: Any, strides: dict[int, int]) -> None:
    random = np.random.default_rng(2)
    inputs = keras.Input((8, 6, 5))
    block = partial(convolved_by, keras.layers.BatchNormalization)
    model = keras.Model(inputs, residual_block(block, inputs, 3, 2, form, "block", projects=True))
    for layer in model.layers:
        layer.set_weights(
            [
                random.uniform(0.5, 1.5, value.shape) * random.choice([-1, 1])
                if "_bn" not in layer.name
                else random.uniform(0.5, 1.5, value.shape)
                for value in layer.get_weights()
            ]
        )

    def step(values: Array, name: str, stride: int = 1, pad: int = 0) -> Array:
        kernel, bias = model.get_layer(f"block_{name}_conv").get_weights()
        gamma, beta, mean, variance = model.get_layer(f"block_{name}_bn").get_weights()
        made = convolved(values, kernel, bias, stride, pad)
        return np.asarray((made - mean) / np.sqrt(variance + EPSILON) * gamma + beta)

    picture = random.normal(size=(8, 6, 5))
    shortcut = step(picture, "0", 2)
    branch = np.maximum(step(picture, "1", strides.get(1, 1)), 0)
    branch = np.maximum(step(branch, "2", strides.get(2, 1), pad=1), 0)
    wanted = np.maximum(shortcut + step(branch, "3"), 0)
    found = np.asarray(model(picture[None].astype(np.float32)))[0]
    assert found.shape == wanted.shape == (4, 3, 12)
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-3)


def test_frozen_statistics_are_used_and_kept_while_training() -> None:
    layer, plain = FrozenNormalization(epsilon=EPSILON), keras.layers.BatchNormalization(epsilon=EPSILON)
    values = np.random.default_rng(3).normal(4, 2, (6, 3, 3, 2)).astype(np.float32)
    own = [np.array(some, np.float32) for some in ([2, 3], [1, -1], [0.5, 1], [4, 9])]
    for one in (layer, plain):
        one.build(values.shape)
        one.set_weights(own)
    gamma, beta, mean, variance = own
    wanted = (values - mean) / np.sqrt(variance + EPSILON) * gamma + beta
    np.testing.assert_allclose(np.asarray(layer(values, training=True)), wanted, rtol=1e-4, atol=1e-4)
    assert np.abs(np.asarray(plain(values, training=True)) - wanted).max() > 1
    for found, before in zip(layer.get_weights(), own, strict=True):
        np.testing.assert_array_equal(found, before)


def test_measured_statistics_are_means_over_whole_batches_and_nothing_else_changes() -> None:
    twin = classifier(32, blocks=SHALLOW)
    weights = weights_by_name(twin)
    inputs = np.random.default_rng(4).random((70, 32, 32, 2), np.float32)
    found = measured_statistics(twin, weights, inputs)
    first = keras.Model(base_of(twin).input, base_of(twin).get_layer("conv1_conv").output)
    scaled = 255 * inputs[..., [0, 0, 1]] - 127.5
    batches = [np.asarray(first(scaled[at : at + 32]), np.float64) for at in (0, 32)]  # six slices are left out
    mean = np.mean([batch.mean(axis=(0, 1, 2)) for batch in batches], axis=0)
    variance = np.mean([batch.var(axis=(0, 1, 2)) for batch in batches], axis=0)
    np.testing.assert_allclose(found["conv1_bn/moving_mean"], mean, rtol=1e-3, atol=1e-2)
    np.testing.assert_allclose(found["conv1_bn/moving_variance"], variance, rtol=1e-3)
    for name, value in weights.items():
        if "/moving_" not in name:
            np.testing.assert_array_equal(found[name], value)


def test_pooling_over_the_lungs_is_a_weighted_mean_and_nothing_without_them() -> None:
    random = np.random.default_rng(5)
    maps, cells = random.random((3, 4, 4, 6), np.float32), random.random((3, 4, 4, 1), np.float32)
    cells[1] = 0
    found = np.asarray(pooled_over(maps, cells))
    for place in (0, 2):
        wanted = np.average(maps[place].reshape(16, 6), axis=0, weights=cells[place].ravel())
        np.testing.assert_allclose(found[place], wanted, rtol=1e-4)
    assert not found[1].any()


@pytest.fixture(scope="module")
def over_lungs() -> Any:
    """A network with both heads at random."""
    model = classifier(64, blocks=SHALLOW, form="v1.5", pooling="lungs", lesions=True, head_scale=4.0)
    random = np.random.default_rng(6)
    for name in ("probabilities", LESIONS):
        layer = model.get_layer(name)
        layer.set_weights([random.normal(0, 0.1, value.shape) for value in layer.get_weights()])
    return model


def framed_inputs(count: int, size: int) -> NDArray[np.float32]:
    inputs = np.random.default_rng(7).random((count, size, size, 2), np.float32)
    inputs[..., 1] = inputs[..., 1] > 0.4
    inputs[:, : size // 2, :, 1] = 0
    return inputs


@pytest.mark.parametrize("first", ["conv3", "conv5"])
def test_the_lower_and_the_upper_part_are_the_whole(over_lungs: Any, first: str) -> None:
    inputs = framed_inputs(3, 64)
    cells = inputs[..., 1:].reshape(3, 2, 32, 2, 32, 1).mean(axis=(2, 4))
    found = upper_part(over_lungs, first)([np.asarray(lower_part(over_lungs, first)(inputs)), cells])
    wanted = over_lungs(inputs)
    assert found.keys() == wanted.keys()
    for name, values in wanted.items():
        np.testing.assert_allclose(np.asarray(found[name]), np.asarray(values), rtol=1e-4, atol=1e-5)


def test_the_body_gives_the_map_and_the_features_that_the_head_sees(over_lungs: Any) -> None:
    inputs = framed_inputs(3, 64)
    plain = classifier(64, blocks=SHALLOW, form="v1.5", pooling="lungs")
    assert assign_by_name(plain, weights_by_name(over_lungs)) == ()
    maps, features = (np.asarray(some) for some in body_of(plain)(inputs))
    assert maps.shape == (3, 2, 2, 2048)
    lungs = inputs[..., 1].reshape(3, 2, 32, 2, 32).mean(axis=(2, 4))[..., None]
    np.testing.assert_allclose(features, (maps * lungs).sum((1, 2)) / lungs.sum((1, 2)), rtol=1e-3, atol=1e-5)
    kernel, bias = plain.get_layer("probabilities").get_weights()
    kernel /= np.abs(features @ kernel).max()  # a random network's features are large
    plain.get_layer("probabilities").set_weights([kernel, bias])
    powers = np.exp(features @ kernel + bias)
    wanted = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(np.asarray(plain(inputs)), wanted, rtol=1e-3)


def test_the_body_of_a_network_with_the_maximum_pools_so() -> None:
    model = classifier(64, 3, SHALLOW)
    maps, features = (np.asarray(some) for some in body_of(model)(np.zeros((1, 64, 64, 3), np.float32)))
    np.testing.assert_array_equal(features, maps.max(axis=(1, 2)))


def test_inputs_without_whole_cells_and_without_a_hull_are_not_pooled_over() -> None:
    config = Config("odd", (Phase("odd", 80, epochs=1, peak_rate=1e-3, blocks=SHALLOW),), pooling="lungs")
    with pytest.raises(ValueError, match="no whole cells"):
        classifier_of(config, config.phases[0])
    with pytest.raises(ValueError, match="have a hull"):
        classifier(64, 3, SHALLOW, pooling="lungs")
