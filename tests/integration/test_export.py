"""From a Keras network to the file that is shipped: the same function, 7-bit weights, no strided 1x1 convolutions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.inference.calibration import raw_logits
from covidviewer.inference.classifier import Classifier
from covidviewer.inference.engines.choice import WRONG_GPU
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.engines.openvino import OpenVinoProcessor
from tests.integration.shallow_export import (
    BLOCKS,
    HELD_OUT,
    INPUTS,
    keras,
    over_lungs,
    over_lungs_file,
    shallow_calibration,
    shallow_file,
    shallow_network,
)
from tests.integration.software_vulkan import SWIFTSHADER, choose_gpu
from training.evaluation.shipped_model import ShippedModel
from training.export import export, rewrite
from training.export.activation_ranges import activation_ranges
from training.export.agreement import agreement, discriminative_seeds, feature_distances
from training.export.package_model import Slices, write_package
from training.export.rounding import round_weights
from training.export.tf_reference import TensorFlowReference
from training.litert.file import (
    CODES,
    SEVEN_BITS,
    TYPES,
    append_head,
    convolution_name,
    convolution_operators,
    convolutions,
    operators,
    read,
    within_seven_bits,
)
from training.litert.residual_sums import sums
from training.network.network import CENTRE, PARAMETERS, base_of, body_of, classifier
from training.statistics.calibration import Calibration

pytestmark = pytest.mark.slow
IDENTITY = "conv2_block2_3_conv"
"""Of the one block without a convolution in its shortcut."""


@pytest.fixture(scope="module")
def shallow() -> Any:
    """A network of five blocks: 17 layers, the same names."""
    return shallow_network()


@pytest.fixture(scope="module")
def quantised(shallow: Any) -> bytes:
    """The shallow network's file before the weights are narrowed."""
    return export.quantise(rewrite.for_export(shallow), INPUTS[:16])


@pytest.fixture(scope="module")
def file() -> bytes:
    """The shallow network's file as it would be shipped."""
    return shallow_file()


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    """Fitted to the file's own features."""
    return shallow_calibration()


@pytest.fixture(scope="module")
def slices(file: bytes) -> Slices:
    """What the shallow model is shipped with."""
    training, held_out = export.features_of(file, (INPUTS, HELD_OUT), print)
    return Slices(training, held_out, INPUTS[:6])


def float32(model: Any, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keras' probabilities."""
    return np.asarray(model(inputs))


def types_of(model: Any, indices: Sequence[int]) -> set[str]:
    """Names of the tensors' types in the schema."""
    names = {value: name for name, value in vars(TYPES).items() if isinstance(value, int)}
    return {names[model.subgraphs[0].tensors[index].type] for index in indices}


def strided_pointwise(network: Any) -> list[Any]:
    """The 1x1 convolutions with a stride."""
    convolutions_ = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D)]
    return [layer for layer in convolutions_ if layer.kernel_size == (1, 1) and layer.strides != (1, 1)]


def test_the_rewritten_network_has_the_same_parameters_and_no_strided_pointwise_convolution() -> None:
    model = classifier()
    assert model.count_params() == PARAMETERS == 42_662_274
    base = base_of(model)
    rewritten = rewrite.without_strided_pointwise(base)
    assert rewritten.count_params() == base.count_params()
    assert len(strided_pointwise(base)) == 6
    assert strided_pointwise(rewritten) == []


def test_each_rewritten_convolution_is_the_same_to_the_bit(shallow: Any) -> None:
    """In whole numbers, whose sums are exact: kernels may add up in another order, which floats would show."""
    base = base_of(shallow)
    rewritten = rewrite.without_strided_pointwise(base)
    random = np.random.default_rng(0)
    for layer in strided_pointwise(base):
        kernel, bias = (random.integers(-9, 10, value.shape).astype(np.float32) for value in layer.get_weights())
        pictures = random.integers(-9, 10, (1, *layer.input.shape[1:])).astype(np.float32)
        replaced, thinning = rewritten.get_layer(layer.name), rewritten.get_layer(f"{layer.name}_stride")
        own = layer.get_weights()
        layer.set_weights([kernel, bias])
        replaced.set_weights([kernel, bias])
        np.testing.assert_array_equal(np.asarray(replaced(thinning(pictures))), np.asarray(layer(pictures)))
        layer.set_weights(own)


def test_the_whole_rewritten_network_is_the_same_but_for_the_order_of_sums(shallow: Any) -> None:
    base = base_of(shallow)
    pictures = np.random.default_rng(0).normal(0, 60, (1, 224, 224, 3)).astype(np.float32)
    found = np.asarray(rewrite.without_strided_pointwise(base)(pictures))
    wanted = np.asarray(base(pictures))
    assert feature_distances(found.reshape(1, -1), wanted.reshape(1, -1))[0] < 1e-5


def test_the_exported_form_computes_the_networks_probabilities(shallow: Any) -> None:
    seen = rewrite.for_export(shallow)(INPUTS[:4])
    kernel, bias = rewrite.dense_weights(shallow)
    logits = np.asarray(seen["features"]) @ kernel + bias
    wanted = np.log(float32(shallow, INPUTS[:4]))
    np.testing.assert_allclose(logits[:, 0] - logits[:, 1], wanted[:, 0] - wanted[:, 1], atol=1e-3)
    assert seen["feature_map"].shape == (4, 7, 7, 2048)


def test_no_strided_pointwise_convolution_is_left_in_the_file(file: bytes) -> None:
    found = convolutions(file)
    assert len(found) == 1 + 3 * BLOCKS + 4
    assert [one for one in found if one.kernel == (1, 1) and one.stride != (1, 1)] == []
    assert found[0].channels == (2, 64)


def test_every_weight_is_int8_within_seven_bits(file: bytes, quantised: bytes) -> None:
    assert {one.weight_type for one in convolutions(file)} == {"int8"}
    assert max(one.largest_weight for one in convolutions(file)) <= SEVEN_BITS
    assert max(one.largest_weight for one in convolutions(quantised)) == 127


def test_the_file_agrees_with_float32(file: bytes, shallow: Any, tmp_path: Path) -> None:
    model = tmp_path / "model.tflite"
    model.write_bytes(file)
    found = LiteRtProcessor(model).predict(INPUTS[16:])
    wanted = float32(shallow, INPUTS[16:])
    assert wanted[:, 0].std() > 0.02
    assert np.abs(found.probabilities - wanted).max() < 0.05
    np.testing.assert_allclose(found.features, found.feature_maps.max(axis=(1, 2)), atol=1e-6)


@pytest.mark.parametrize("engine", [LiteRtProcessor, lambda file: OpenVinoProcessor(file, "0" * 64)])
def test_a_file_that_pools_over_the_lungs_agrees_with_float32(
    engine: Callable[[Path], Classifier], tmp_path: Path
) -> None:
    model = tmp_path / "model.tflite"
    model.write_bytes(over_lungs_file())
    found = engine(model).predict(INPUTS[16:])
    maps, features = (np.asarray(some) for some in body_of(over_lungs()).predict_on_batch(INPUTS[16:]))
    assert np.abs(found.probabilities - float32(over_lungs(), INPUTS[16:])).max() < 0.05
    assert feature_distances(found.features, features).max() < 0.1
    shares = INPUTS[16:, ..., 1].reshape(-1, 7, 32, 7, 32).mean(axis=(2, 4))[..., None]
    own = (found.feature_maps * shares).sum(axis=(1, 2)) / shares.sum(axis=(1, 2))
    np.testing.assert_allclose(found.features, own, atol=1e-5)
    assert found.feature_maps.shape == maps.shape


def test_the_form_of_torchvision_strides_in_its_3x3_convolutions_and_nowhere_in_a_1x1() -> None:
    found = [one for one in convolutions(over_lungs_file()) if one.stride != (1, 1)]
    assert [(one.kernel, one.stride) for one in found] == [((7, 7), (2, 2)), *[((3, 3), (2, 2))] * 3, ((32, 32),) * 2]
    body = [one for one in convolutions(over_lungs_file()) if one.kernel != (32, 32)]
    assert {one.weight_type for one in body} == {"int8"}


def test_the_sum_stays_in_float32_from_block_to_block(file: bytes, quantised: bytes) -> None:
    assert len(list(sums(read(quantised)))) == BLOCKS
    model = read(file)
    added = [operator for operator, code in operators(model) if code == CODES.ADD][1:]  # the first centres the input
    assert [types_of(model, one.inputs) | types_of(model, one.outputs) for one in added] == [{"FLOAT32"}] * BLOCKS
    assert added[0].outputs[0] in added[1].inputs  # the second block has no convolution in its shortcut
    for operator in convolution_operators(model):
        assert types_of(model, operator.inputs[:1]) | types_of(model, operator.outputs) == {"INT8"}
    kept = [operator.opcodeIndex for operator, code in operators(model) if code == CODES.DEQUANTIZE]
    assert len(kept) == 2 * BLOCKS - 1
    assert len(set(kept)) == 1


def test_the_slices_that_reach_furthest_are_among_those_that_the_converter_sees(shallow: Any) -> None:
    """Ranges over these alone are the ranges over all; of forty drawn slices fewer do."""
    network = rewrite.for_export(shallow)
    found = activation_ranges(network, INPUTS)
    assert len(found.layers) == 1 + 3 * BLOCKS + BLOCKS + 4
    few = list(found.reached_by())
    assert len(few) < len(INPUTS)
    np.testing.assert_array_equal(found.least[few].min(axis=0), found.least.min(axis=0))
    np.testing.assert_array_equal(found.largest[few].max(axis=0), found.largest.max(axis=0))
    place = found.layers.index("conv1_relu")
    seen = keras.Model(base_of(shallow).input, base_of(shallow).get_layer("conv1_relu").output)
    scaled = keras.Model(shallow.input, shallow.get_layer("scale").output)(INPUTS[:4])
    np.testing.assert_allclose(found.largest[:4, place], np.asarray(seen(scaled)).max(axis=(1, 2, 3)), rtol=1e-4)


def ends(file: bytes) -> dict[str, tuple[float, float, float]]:
    """Of each operand of a sum, by its convolution: least and largest value of its int8, and its step."""
    model = read(file)
    found = {}
    for operator in convolution_operators(model):
        name = convolution_name(model, operator)
        if name.endswith(("_0_conv", "_3_conv")):
            quantisation = model.subgraphs[0].tensors[operator.outputs[0]].quantization
            scale, zero = float(quantisation.scale[0]), int(quantisation.zeroPoint[0])
            found[name] = ((-128 - zero) * scale, (127 - zero) * scale, scale)
    return found


def test_each_operand_of_a_sum_has_the_range_of_its_own_values(file: bytes, shallow: Any) -> None:
    """Recomputed layer by layer, with the weights as they are rounded."""
    network, found = rewrite.for_export(shallow), ends(file)
    round_weights(network, INPUTS[:16])
    body = network.get_layer("body")
    assert len(found) == BLOCKS + 4
    for name, (low, high, step) in found.items():
        operand = keras.Model(body.input, body.get_layer(name.replace("_conv", "_bn")).output)
        values = np.asarray(operand(INPUTS[:16] - np.float32(CENTRE)))
        np.testing.assert_allclose((low, high), (values.min(), values.max()), atol=1.01 * step, err_msg=name)


def test_the_converters_own_range_reaches_up_to_the_sums(file: bytes, quantised: bytes) -> None:
    """What `measure_operands` is there for: it may go when the converter is mended."""
    assert ends(quantised)[IDENTITY][1] > 2 * ends(file)[IDENTITY][1]


def test_a_model_is_shipped_with_a_card_that_the_program_accepts(
    file: bytes, shallow: Any, calibration: Calibration, slices: Slices, tmp_path: Path
) -> None:
    from covidviewer.inference.bundle import load_bundle
    from covidviewer.inference.engines.choice import Engines
    from covidviewer.inference.engines.compiled_cache import CompiledStore
    from covidviewer.inference.engines.measurements import EngineMemory

    told: list[str] = []
    write_package(file, TensorFlowReference(shallow), calibration, slices, "1.test", tmp_path, told.append)
    bundle = load_bundle(tmp_path)
    found = (bundle.card.temperature, bundle.card.offset)
    assert found == pytest.approx((calibration.temperature, calibration.offset), rel=1e-3, abs=1e-3)
    assert bundle.card.agreement["litert-cpu"]["slices"] == 6
    reader = ShippedModel(tmp_path)
    maps, features = reader.run(INPUTS[:6])
    alone = reader.engine.predict(INPUTS[:6])
    np.testing.assert_allclose(features @ reader.direction + reader.offset, raw_logits(alone.probabilities), atol=1e-3)
    np.testing.assert_allclose(maps.max(axis=(1, 2)), features, atol=1e-6)
    assert max(file.stat().st_size for file in tmp_path.iterdir() if file.suffix != ".tflite") < 300_000
    engines = Engines(bundle, EngineMemory(tmp_path / "engines.json"), CompiledStore(tmp_path / "cache"))
    classifier_, report = engines.choose()
    assert report.chosen.measured is not None
    assert report.chosen.measured.check.max_probability_error < 1e-4
    assert (bundle.ood_detector.ood_scores(classifier_.predict(INPUTS[30:]).features) <= 1.01).all()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: SwiftShader through the Vulkan loader")
@pytest.mark.skipif(not SWIFTSHADER.exists(), reason="SwiftShader is missing: apt-get install chromium-common")
@pytest.mark.parametrize("rewritten", [True, False])
def test_the_graphics_processor_takes_the_rewritten_file_and_is_refused_with_the_plain_one(
    rewritten: bool,
    file: bytes,
    shallow: Any,
    calibration: Calibration,
    slices: Slices,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    if not rewritten:
        monkeypatch.setattr(rewrite, "without_strided_pointwise", lambda base: base)
        file = append_head(
            within_seven_bits(export.quantise(rewrite.for_export(shallow), INPUTS[:16])),
            *rewrite.dense_weights(shallow),
        )
        assert [one for one in convolutions(file) if one.kernel == (1, 1) and one.stride != (1, 1)] != []
        # where this process has the driver, too, the export itself refuses the file
        monkeypatch.setattr("training.export.package_model.check_agreement", lambda _: None)
    few = replace(slices, agreement=INPUTS[:2])
    write_package(file, TensorFlowReference(shallow), calibration, few, "1.test", tmp_path / "model", told.append)
    said = choose_gpu(tmp_path / "model", tmp_path, SWIFTSHADER)
    assert str(said["device"]).startswith("GPU (SwiftShader" if rewritten else "CPU")
    assert said["notice"] == ("" if rewritten else WRONG_GPU)


def test_the_telling_seeds_span_the_scores() -> None:
    p = np.linspace(0.01, 0.99, 40, dtype=np.float32)
    seeds = discriminative_seeds(np.stack([p, 1 - p], axis=1))
    assert len(seeds) == 4
    assert p[seeds[0]] < 0.2
    assert p[seeds[-1]] > 0.8


def test_agreement_counts_changed_labels_at_the_calibrated_threshold() -> None:
    from covidviewer.inference.classifier import Predictions

    def seen(first: list[float]) -> Predictions:
        p = np.array(first, np.float32)
        ones = np.ones((len(p), 8), np.float32)
        return Predictions(np.stack([p, 1 - p], axis=1), ones, np.zeros((len(p), 7, 7, 8), np.float32))

    found = agreement(seen([0.1, 0.49, 0.9]), seen([0.1, 0.51, 0.9]), Calibration(1.0, 0.0))
    assert found["labels_changed"] == 1
    assert found["max_probability_difference"] == pytest.approx(0.02, abs=1e-5)
    ones = np.ones((1, 4), np.float32)
    assert feature_distances(ones + ones, ones)[0] == pytest.approx(1.0)
