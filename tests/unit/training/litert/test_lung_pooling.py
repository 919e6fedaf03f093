"""Pooling over the lungs within the LiteRT file, by both engines, against NumPy's means over pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import DeviceUnavailable
from covidviewer.inference.card import Pooling
from covidviewer.inference.classifier import Classifier
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.engines.openvino import OpenVinoProcessor
from covidviewer.inference.selfcheck import synthetic_input
from tests.unit.inference.small_model import lungs_reference, small_file, weights


@pytest.fixture(params=["litert", "openvino"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Classifier:
    """An engine with the one-layer network."""
    file = tmp_path / "model.tflite"
    file.write_bytes(small_file(weights(), Pooling.LUNGS))
    if request.param == "litert":
        return LiteRtProcessor(file)
    try:
        return OpenVinoProcessor(file, "0" * 64)
    except DeviceUnavailable as absent:
        pytest.skip(str(absent))


def test_features_are_means_over_the_pixels_of_the_lungs(engine: Classifier) -> None:
    inputs = np.stack([synthetic_input(seed) for seed in range(3)])
    found, wanted = engine.predict(inputs), lungs_reference(weights(), inputs)
    np.testing.assert_allclose(found.feature_maps, wanted.feature_maps, atol=1e-4)
    np.testing.assert_allclose(found.features, wanted.features, atol=1e-4)
    np.testing.assert_allclose(found.probabilities, wanted.probabilities, atol=1e-4)
    assert np.abs(wanted.features - wanted.feature_maps.mean(axis=(1, 2))).max() > 0.1


def test_what_lies_outside_of_the_lungs_changes_no_feature(engine: Classifier) -> None:
    inputs = np.stack([synthetic_input(5)] * 2)
    cells = inputs[0, ..., 1].reshape(7, 32, 7, 32).max(axis=(1, 3))
    outside = np.kron(cells == 0, np.ones((32, 32), bool))
    assert outside.any()
    inputs[1, ..., 0][outside] = 7.0
    first, second = engine.predict(inputs).features
    np.testing.assert_array_equal(first, second)


def test_an_input_without_lungs_has_features_of_nothing(engine: Classifier) -> None:
    inputs = synthetic_input(1)[None]
    inputs[..., 1] = 0
    found = engine.predict(inputs)
    assert not found.features.any()
    assert np.isfinite(found.probabilities).all()
