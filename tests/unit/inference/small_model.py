"""A LiteRT file with the shipped model's input and outputs but one layer, made through the schema in milliseconds."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import FRAMING_VERSION
from covidviewer.inference.bundle import Bundle, load_bundle, ood_detector_arrays
from covidviewer.inference.card import Pooling
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.input_checks import OodDetector
from covidviewer.inference.selfcheck import synthetic_input
from training.export.agreement import expected_entry
from training.litert.file import append_head, write
from training.litert.lung_pooling import append_lung_pooling

PATCH = 32
CHANNELS = 2048
SEEDS = (1, 2, 3)


def weights(seed: int = 0) -> dict[str, NDArray[np.float32]]:
    """Random weights of the one layer and the head; the head's logits spread over a few units."""
    random = np.random.default_rng(seed)
    return {
        "filters": random.normal(0, 0.4, (CHANNELS, 4, 4, 2)).astype(np.float32),
        "offset": random.normal(-1, 0.5, CHANNELS).astype(np.float32),
        "kernel": random.normal(0, 0.02, (CHANNELS, 2)).astype(np.float32),
        "bias": np.array([0.1, -0.1], np.float32),
    }


def reference(values: dict[str, NDArray[np.float32]], inputs: NDArray[np.float32]) -> Predictions:
    """The same network in NumPy: the first 4 x 4 pixels of each 32 x 32 patch, ReLU, maximum, softmax."""
    count = len(inputs)
    corners = inputs.reshape(count, 7, PATCH, 7, PATCH, 2)[:, :, :4, :, :4].transpose(0, 1, 3, 2, 4, 5)
    maps = corners.reshape(count, 7, 7, -1) @ values["filters"].reshape(CHANNELS, -1).T + values["offset"]
    maps = np.maximum(maps, 0).astype(np.float32)
    features = maps.max(axis=(1, 2))
    logits = features @ values["kernel"] + values["bias"]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return Predictions((powers / powers.sum(axis=1, keepdims=True)).astype(np.float32), features, maps)


def lungs_reference(values: dict[str, NDArray[np.float32]], inputs: NDArray[np.float32]) -> Predictions:
    """`reference` with features that are means over the hull's pixels, of the cell that each of them lies in."""
    plain = reference(values, inputs)
    features = np.zeros_like(plain.features)
    for place, hull in enumerate(inputs[..., 1]):
        rows, columns = np.nonzero(hull)
        if len(rows):
            cells, counts = np.unique(np.stack([rows // PATCH, columns // PATCH]), axis=1, return_counts=True)
            features[place] = np.average(plain.feature_maps[place][cells[0], cells[1]], axis=0, weights=counts)
    powers = np.exp(features @ values["kernel"] + values["bias"])
    return Predictions((powers / powers.sum(axis=1, keepdims=True)).astype(np.float32), features, plain.feature_maps)


def small_file(values: dict[str, NDArray[np.float32]], pooling: Pooling = Pooling.MAX) -> bytes:
    """The LiteRT file of the network in `reference`, or in `lungs_reference`."""
    model, graph = schema.ModelT(), schema.SubGraphT()
    model.version, model.operatorCodes, model.subgraphs = 3, [], [graph]
    model.buffers, model.metadata = [schema.BufferT()], []
    graph.tensors, graph.operators, graph.name = [], [], "main"

    def tensor(name: str, shape: tuple[int, ...], stored: NDArray[Any] | None = None) -> int:
        made, buffer = schema.TensorT(), schema.BufferT()
        if stored is not None:
            buffer.data = np.frombuffer(stored.tobytes(), np.uint8)
        model.buffers.append(buffer)
        made.name, made.shape, made.buffer = name, list(shape), len(model.buffers) - 1
        whole = stored is not None and stored.dtype == np.int32
        made.type = schema.TensorType.INT32 if whole else schema.TensorType.FLOAT32
        graph.tensors.append(made)
        return len(graph.tensors) - 1

    def operator(code: int, inputs: list[int], output: int, kind: int, options: Any) -> None:
        entry, made = schema.OperatorCodeT(), schema.OperatorT()
        entry.builtinCode = entry.deprecatedBuiltinCode = code
        entry.version = 1
        model.operatorCodes.append(entry)
        made.opcodeIndex, made.inputs, made.outputs = len(model.operatorCodes) - 1, inputs, [output]
        made.builtinOptionsType, made.builtinOptions = kind, options
        graph.operators.append(made)

    inputs = tensor("inputs", (1, 224, 224, 2))
    filters = tensor("filters", (CHANNELS, 4, 4, 2), values["filters"])
    offset = tensor("offset", (CHANNELS,), values["offset"])
    feature_map = tensor("map", (1, 7, 7, CHANNELS))
    maximum = pooling is Pooling.MAX
    axes = tensor("axes", (2,), np.array([1, 2], np.int32)) if maximum else -1
    features = tensor("pooled", (1, CHANNELS)) if maximum else -1
    convolution, reducer = schema.Conv2DOptionsT(), schema.ReducerOptionsT()
    convolution.strideH = convolution.strideW = PATCH
    convolution.dilationHFactor = convolution.dilationWFactor = 1
    convolution.padding = schema.Padding.VALID
    convolution.fusedActivationFunction = schema.ActivationFunctionType.RELU
    reducer.keepDims = False
    codes, kinds = schema.BuiltinOperator, schema.BuiltinOptions
    operator(codes.CONV_2D, [inputs, filters, offset], feature_map, kinds.Conv2DOptions, convolution)
    graph.inputs, graph.outputs = [inputs], [feature_map]
    if pooling is Pooling.MAX:
        operator(codes.REDUCE_MAX, [feature_map, axes], features, kinds.ReducerOptions, reducer)
        graph.outputs = [feature_map, features]

    signature = schema.SignatureDefT()
    signature.signatureKey, signature.subgraphIndex = "serving_default", 0
    signature.inputs = [named("inputs", inputs)]
    signature.outputs = [named("feature_map", feature_map)]
    if pooling is Pooling.MAX:
        signature.outputs.append(named("features", features))
    model.signatureDefs = [signature]
    made = write(model) if pooling is Pooling.MAX else append_lung_pooling(write(model))
    return append_head(made, values["kernel"], values["bias"])


def named(name: str, index: int) -> Any:
    """An entry of a signature."""
    entry = schema.TensorMapT()
    entry.name, entry.tensorIndex = name, index
    return entry


def write_bundle(
    folder: Path,
    file: bytes,
    expected: Predictions,
    kernel: NDArray[np.float32],
    pooling: Pooling = Pooling.MAX,
) -> dict[str, Any]:
    """Model, numbers and card in `folder`; `expected` is for `SEEDS`. Returns the card's content."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.tflite").write_bytes(file)
    ood_detector = OodDetector(
        np.zeros(CHANNELS, np.float32),
        np.ones(CHANNELS, np.float32),
        np.eye(CHANNELS, 4, dtype=np.float32),
        np.ones(4, np.float32),
        100.0,
        2.0,
    )
    names = ("litert-cpu", "openvino-cpu", "litert-gpu")
    packed = io.BytesIO()
    arrays: dict[str, Any] = {"head/kernel": kernel} | ood_detector_arrays(ood_detector)
    arrays |= {f"self_check/{name}": expected.features.astype(np.float16) for name in names}
    np.savez_compressed(packed, **arrays)
    (folder / "model.npz").write_bytes(packed.getvalue())
    listed = io.BytesIO()
    np.savez(listed, digests=np.array([1, 2], np.uint64), parts=np.array([0, 2], np.uint8))
    (folder / "training_slices.npz").write_bytes(listed.getvalue())
    entry = expected_entry(expected, expected)
    content: dict[str, Any] = {
        "schema": 1,
        "version": "0.test",
        "file": "model.tflite",
        "sha256": hashlib.sha256(file).hexdigest(),
        "arrays": {"file": "model.npz", "sha256": hashlib.sha256(packed.getvalue()).hexdigest()},
        "training_slices": {"sha256": hashlib.sha256(listed.getvalue()).hexdigest()},
        "input_size": 224,
        "framing": {"version": FRAMING_VERSION},
        "labels": ["COVID", "non-COVID"],
        "temperature": 1.5,
        "offset": -0.25,
        "threshold": 0.5,
        "bands": [{"from": 0.0, "words": "low"}, {"from": 0.4, "words": "middle"}, {"from": 0.7, "words": "high"}],
        "self_check": {
            "seeds": list(SEEDS),
            "tolerances": {
                "cpu": {"probability": 0.005, "features": 0.02},
                "gpu": {"probability": 0.03, "features": 0.05},
            },
            "expected": dict.fromkeys(names, entry),
        },
        "agreement": {},
        "training": {"Data": "drawn"},
        "metrics": {},
    }
    if pooling is not Pooling.MAX:  # older cards say nothing of it
        content |= {"pooling": pooling.value, "network_form": "v1.5"}
    (folder / "model_card.json").write_text(json.dumps(content), encoding="utf-8")
    return content


def small_bundle(folder: Path, pooling: Pooling = Pooling.MAX) -> Bundle:
    """A whole bundle of the one-layer network, with NumPy's values as the self-check's."""
    values = weights()
    drawn = np.stack([synthetic_input(seed) for seed in SEEDS])
    expected = reference(values, drawn) if pooling is Pooling.MAX else lungs_reference(values, drawn)
    write_bundle(folder, small_file(values, pooling), expected, values["kernel"], pooling)
    return load_bundle(folder)
