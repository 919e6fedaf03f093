"""The network: the paper's to the parameter, and what growing and initial weights do to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tests.tiny_training  # noqa: F401 - chooses Keras' backend
from training.fit.loop import build
from training.network.config import load_config
from training.network.network import (
    HEAD,
    PARAMETERS,
    TRAINABLE_PARAMETERS,
    assign_by_name,
    base_of,
    classifier,
    start_as_identity,
    weights_by_name,
)

SHALLOW, DEEPER = (1, 1, 1, 1), (1, 2, 2, 1)


@pytest.fixture(scope="module")
def paper_network() -> Any:
    """The paper's network with random weights."""
    return classifier(224, channels=3)


def counted(variables: Any) -> int:
    return int(sum(np.prod(variable.shape) for variable in variables))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_papers_network_has_exactly_its_parameters(paper_network: Any) -> None:
    assert paper_network.count_params() == PARAMETERS == 42_662_274
    assert counted(paper_network.trainable_variables) == TRAINABLE_PARAMETERS == 42_556_930
    assert base_of(paper_network).count_params() == 42_658_176
    assert counted(paper_network.get_layer(HEAD).weights) == 4_098


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_framed_network_has_the_same_parameters() -> None:
    assert classifier(224).count_params() == PARAMETERS


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_weights_of_a_keras_file_are_what_the_base_starts_from(paper_network: Any, tmp_path: Path) -> None:
    file = tmp_path / "resnet101_notop.weights.h5"
    base_of(paper_network).save_weights(file)
    started, _ = build(load_config("paper"), load_config("paper").phases[0], None, str(file))
    ours, theirs = weights_by_name(started), weights_by_name(paper_network)
    for name in ("conv1_conv/kernel", "conv4_block23_3_bn/gamma", "conv5_block3_2_conv/bias"):
        np.testing.assert_array_equal(ours[name], theirs[name])
    assert counted(started.trainable_variables) == 4_098, "the paper's first phase trains the head alone"


def test_a_deeper_network_starts_as_the_same_function() -> None:
    shallow = classifier(32, blocks=SHALLOW)
    deeper = classifier(32, blocks=DEEPER)
    start_as_identity(deeper)
    missing = assign_by_name(deeper, weights_by_name(shallow))
    assert {name.split("_")[1] for name in missing} == {"block2"}
    inputs = np.random.default_rng(0).random((4, 32, 32, 2), np.float32)
    np.testing.assert_allclose(deeper.predict_on_batch(inputs), shallow.predict_on_batch(inputs), atol=1e-5)


def test_weights_with_a_tamed_head_are_those_of_the_plain_network() -> None:
    tamed, plain = classifier(32, blocks=SHALLOW, head_scale=1 / 32), classifier(32, blocks=SHALLOW)
    assert assign_by_name(plain, weights_by_name(tamed)) == ()
    inputs = np.random.default_rng(1).random((4, 32, 32, 2), np.float32)
    np.testing.assert_allclose(plain.predict_on_batch(inputs), tamed.predict_on_batch(inputs), atol=1e-5)


def test_probabilities_of_the_two_classes_sum_to_one() -> None:
    inputs = np.random.default_rng(2).random((3, 32, 32, 2), np.float32)
    np.testing.assert_allclose(classifier(32, blocks=SHALLOW).predict_on_batch(inputs).sum(axis=1), 1, atol=1e-6)
