"""LiteRT and OpenVINO against the same network in NumPy, and OpenVINO's compiled networks on disk."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import BrokenModel, DeviceUnavailable
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.classifier import Classifier
from covidviewer.inference.engines.choice import Engines
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.engines.measurements import EngineMemory
from covidviewer.inference.engines.openvino import OpenVinoProcessor, import_openvino
from covidviewer.inference.selfcheck import synthetic_input
from tests.unit.inference.small_model import reference, small_bundle, small_file, weights, write_bundle

INPUTS = np.stack([synthetic_input(seed) for seed in range(5)])
NAMES = ["litert", "openvino"]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return small_bundle(tmp_path_factory.mktemp("model"))


def opened(name: str, bundle: Bundle) -> Classifier:
    """The engine, or a skip that says why it is not here."""
    if name == "litert":
        return LiteRtProcessor(bundle.model_file)
    try:
        return OpenVinoProcessor(bundle.model_file, bundle.card.sha256)
    except DeviceUnavailable as absent:
        pytest.skip(f"only on x86-64 Linux and Windows: {absent}")


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_computes_what_numpy_computes(name: str, bundle: Bundle) -> None:
    classifier = opened(name, bundle)
    for count in (1, 3, 5):
        found, wanted = classifier.predict(INPUTS[:count]), reference(weights(), INPUTS[:count])
        np.testing.assert_allclose(found.probabilities, wanted.probabilities, atol=1e-5)
        np.testing.assert_allclose(found.features, wanted.features, atol=1e-3)
        np.testing.assert_allclose(found.feature_maps, wanted.feature_maps, atol=1e-3)
    assert classifier.engine == name
    assert classifier.device.startswith("CPU, ")


@pytest.mark.parametrize("name", NAMES)
def test_no_inputs_give_no_predictions_and_a_closed_engine_says_so(name: str, bundle: Bundle) -> None:
    classifier = opened(name, bundle)
    assert classifier.predict(INPUTS[:0]).feature_maps.shape == (0, 7, 7, 2048)
    classifier.close()
    classifier.close()
    with pytest.raises(DeviceUnavailable):
        classifier.predict(INPUTS[:1])


@pytest.mark.parametrize("content", [b"", b"no model", bytes(1000)])
def test_a_file_that_is_no_model_is_one_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "model.tflite"
    file.write_bytes(content)
    with pytest.raises(BrokenModel) as caught:
        LiteRtProcessor(file)
    assert "\n" not in str(caught.value)


def test_openvino_comes_without_its_telemetry() -> None:
    try:
        import_openvino()
    except DeviceUnavailable as absent:
        pytest.skip(f"only on x86-64 Linux and Windows: {absent}")
    assert sys.modules.get("openvino_telemetry") is None


def test_a_compiled_network_is_asked_for_its_values_each_time_it_comes_from_disk(
    bundle: Bundle, tmp_path: Path
) -> None:
    opened("openvino", bundle)
    store = CompiledStore(tmp_path)
    asked = []

    def load(right: bool) -> Classifier:
        def is_right(predict: object) -> bool:
            asked.append(right)
            return right

        return OpenVinoProcessor(bundle.model_file, bundle.card.sha256, store, is_right)

    load(True)
    assert asked == []
    first = next(tmp_path.glob("*.compiled")).stat().st_mtime_ns
    assert load(True).predict(INPUTS[:1]).probabilities.shape == (1, 2)
    assert asked == [True]
    load(False)
    assert asked == [True, False]
    assert next(tmp_path.glob("*.compiled")).stat().st_mtime_ns > first


def test_a_damaged_compiled_network_is_made_anew(bundle: Bundle, tmp_path: Path) -> None:
    opened("openvino", bundle)
    store = CompiledStore(tmp_path)
    OpenVinoProcessor(bundle.model_file, bundle.card.sha256, store)
    (file,) = tmp_path.glob("*.compiled")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    wanted = reference(weights(), INPUTS[:1])
    again = OpenVinoProcessor(bundle.model_file, bundle.card.sha256, store)
    np.testing.assert_allclose(again.predict(INPUTS[:1]).probabilities, wanted.probabilities, atol=1e-5)
    assert file.stat().st_size == len(whole)


def test_a_whole_file_that_openvino_cannot_read_is_made_anew(bundle: Bundle, tmp_path: Path) -> None:
    opened("openvino", bundle)
    store = CompiledStore(tmp_path)
    first = OpenVinoProcessor(bundle.model_file, bundle.card.sha256, store)
    store.write(first._key, b"not a network, though its hash is right")
    again = OpenVinoProcessor(bundle.model_file, bundle.card.sha256, store)
    assert again.predict(INPUTS[:1]).probabilities.shape == (1, 2)


def test_a_model_whose_layer_was_zeroed_is_refused_though_its_hash_is_right(tmp_path: Path) -> None:
    values = weights()
    drawn = np.stack([synthetic_input(seed) for seed in (1, 2, 3)])
    expected = reference(values, drawn)
    harmed = values | {"filters": np.zeros_like(values["filters"])}
    write_bundle(tmp_path, small_file(harmed), expected, values["kernel"])
    from covidviewer.inference.bundle import load_bundle

    broken = load_bundle(tmp_path)
    with pytest.raises(BrokenModel, match="nothing is scored"):
        Engines(broken, EngineMemory(tmp_path / "engines.json"), CompiledStore(tmp_path)).choose()
