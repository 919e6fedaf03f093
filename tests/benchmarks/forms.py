"""The network in every form that engines read, from one Keras model with drawn weights: speed does not depend on them.

Kept in the user's cache folder, since making them takes minutes; the int8 LiteRT file is the bundled one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.selfcheck import synthetic_input
from covidviewer.paths import cache_folder

KERAS, SAVED, ONNX, ONNX_INT8 = "network.keras", "saved", "float32.onnx", "int8.onnx"
LITERT_FLOAT32, LITERT_INT8, PAPER = "float32.tflite", "int8.tflite", "paper.keras"
CALIBRATION_SLICES = 24


def pictures(count: int) -> NDArray[np.float32]:
    """(count, 224, 224, 2) inputs drawn like the self-check's."""
    return np.stack([synthetic_input(seed) for seed in range(count)])


def prepared(*only: str) -> Path:
    """The folder that holds every form, or those that are named, made on the first call."""
    folder = cache_folder("benchmarks")
    made: dict[str, Callable[[Path, Path], None]] = {
        KERAS: keras_file,
        PAPER: paper_file,
        SAVED: saved_model,
        ONNX: onnx_file,
        ONNX_INT8: onnx_int8_file,
        LITERT_FLOAT32: litert_float32_file,
        LITERT_INT8: litert_int8_file,
    }
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["KERAS_BACKEND"] = "tensorflow"
    if not only or LITERT_INT8 in only:
        (folder / LITERT_INT8).unlink(missing_ok=True)  # the bundle may be another since
    for name, make in made.items():
        if (not only or name in only) and not (folder / name).exists():
            print(f"making {name}", flush=True)
            unfinished = folder / f"unfinished-{name}"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(folder, unfinished)
            unfinished.rename(folder / name)
    return folder


def loaded(folder: Path) -> Any:
    """The Keras model, called once: it cannot be exported before."""
    import keras

    model = keras.models.load_model(folder / KERAS)
    model(pictures(1))
    return model


def keras_file(_: Path, target: Path) -> None:
    """The program's network, two channels in."""
    from training.network.network import classifier

    classifier().save(target)


def paper_file(_: Path, target: Path) -> None:
    """The paper's form of the same network, three channels in."""
    from training.network.config import PICTURE_CHANNELS
    from training.network.network import classifier

    classifier(channels=PICTURE_CHANNELS).save(target)


def saved_model(folder: Path, target: Path) -> None:
    """TensorFlow's own form."""
    loaded(folder).export(target, verbose=False)


def onnx_file(folder: Path, target: Path) -> None:
    """float32 for ONNX Runtime."""
    loaded(folder).export(target, format="onnx", verbose=False)


def onnx_int8_file(folder: Path, target: Path) -> None:
    """int8 for ONNX Runtime, with QuantizeLinear and DequantizeLinear around each operator, per channel."""
    from onnxruntime import InferenceSession
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared_file = folder / "prepared.onnx"
    quant_pre_process(folder / ONNX, prepared_file)
    (entry,) = InferenceSession(str(prepared_file)).get_inputs()
    slices: Iterator[dict[str, NDArray[np.float32]]] = ({entry.name: one[None]} for one in pictures(CALIBRATION_SLICES))

    class Slices(CalibrationDataReader):  # type: ignore[misc]
        """Calibration slices, one at a time."""

        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            return next(slices, None)

    quantize_static(
        prepared_file,
        target,
        Slices(),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )
    prepared_file.unlink()


def litert_float32_file(folder: Path, target: Path) -> None:
    """float32 for LiteRT, from the SavedModel."""
    import tensorflow as tf

    target.write_bytes(tf.lite.TFLiteConverter.from_saved_model(str(folder / SAVED)).convert())


def litert_int8_file(_: Path, target: Path) -> None:
    """The bundled file."""
    shutil.copy(load_bundle().model_file, target)
