"""One engine in a process of its own: `engine.py NAME FOLDER`, then on stdin how many slices, at once or singly.

Prints "ready" when the network is loaded and warm; answers "one N" with the milliseconds of N slices one after the
other, and "many N" with the milliseconds a slice of one batch of N, both as a JSON list.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.engines.cpu import physical_cores
from tests.benchmarks import forms

Predict = Callable[[NDArray[np.float32]], Any]


def covidviewer(_: Path) -> Predict:
    """The program: the engine that it chooses, after the change that it makes in a long run."""
    from covidviewer.inference.bundle import load_bundle
    from covidviewer.inference.engines.choice import Engines

    engines = Engines(load_bundle())
    classifier, _report = engines.choose()
    better = engines.faster(classifier)
    return (better[0] if better else classifier).predict


def litert(name: str) -> Callable[[Path], Predict]:
    """LiteRT alone on a file."""

    def load(folder: Path) -> Predict:
        from ai_edge_litert.interpreter import Interpreter

        interpreter = Interpreter(str(folder / name), num_threads=physical_cores())
        interpreter.allocate_tensors()
        entry, outputs = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()

        def predict(inputs: NDArray[np.float32]) -> Any:
            found = []
            for picture in inputs:
                interpreter.set_tensor(entry, picture[None])
                interpreter.invoke()
                found.append([interpreter.get_tensor(output["index"]) for output in outputs])
            return found

        return predict

    return load


def openvino(name: str, hint: str, precision: str | None = None) -> Callable[[Path], Predict]:
    """OpenVINO alone on a file; many slices go through a queue of requests.

    `precision` "f32" holds it to float32: by itself it computes in bfloat16 where the processor can.
    """

    def load(folder: Path) -> Predict:
        import openvino

        core = openvino.Core()
        model = core.read_model(folder / name) if name.endswith(".tflite") else openvino.convert_model(folder / name)
        model.reshape([1, 224, 224, 2])
        settings = {"PERFORMANCE_HINT": hint} | ({"INFERENCE_PRECISION_HINT": precision} if precision else {})
        compiled = core.compile_model(model, "CPU", settings)

        def predict(inputs: NDArray[np.float32]) -> Any:
            if len(inputs) == 1:
                return compiled(inputs)
            queue = openvino.AsyncInferQueue(compiled)
            for picture in inputs:
                queue.start_async(picture[None])
            return queue.wait_all()

        return predict

    return load


def onnxruntime(name: str) -> Callable[[Path], Predict]:
    """ONNX Runtime alone on a file."""

    def load(folder: Path) -> Predict:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = physical_cores()
        session = InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
        (entry,) = session.get_inputs()
        return lambda inputs: [session.run(None, {entry.name: picture[None]}) for picture in inputs]

    return load


def saved_model(folder: Path) -> Predict:
    """TensorFlow's SavedModel."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(folder / forms.SAVED))  # held: with it go its variables
    return lambda inputs: loaded.serve(tf.constant(inputs)).numpy()


def keras_predict(folder: Path) -> Predict:
    """Keras' `predict`."""
    model = forms.loaded(folder)
    return lambda inputs: model.predict(inputs, verbose=0)


ENGINES: dict[str, Callable[[Path], Predict]] = {
    "CovidViewer": covidviewer,
    "LiteRT int8": litert(forms.LITERT_INT8),
    "OpenVINO int8 (the LiteRT file)": openvino(forms.LITERT_INT8, "LATENCY"),
    "OpenVINO int8, for many slices": openvino(forms.LITERT_INT8, "THROUGHPUT"),
    "ONNX Runtime int8": onnxruntime(forms.ONNX_INT8),
    "LiteRT float32": litert(forms.LITERT_FLOAT32),
    "OpenVINO float32": openvino(forms.ONNX, "LATENCY", "f32"),
    "OpenVINO, float32 file, its own precision": openvino(forms.ONNX, "LATENCY"),
    "ONNX Runtime float32": onnxruntime(forms.ONNX),
    "TensorFlow SavedModel": saved_model,
    "Keras predict": keras_predict,
}


def main(name: str, folder: Path) -> None:
    """Load, warm, and answer until stdin ends."""
    os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3")
    answers, sys.stdout = sys.stdout, sys.stderr
    predict = ENGINES[name](folder)
    slices = forms.pictures(16)
    predict(slices[:1])
    predict(slices)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        kind, count = line.split()
        print(json.dumps(timed(predict, slices, kind, int(count))), file=answers, flush=True)


def timed(predict: Predict, slices: NDArray[np.float32], kind: str, count: int) -> list[float]:
    """Milliseconds, as the module says; two slices before do not count, since the engine before had the caches."""
    predict(slices[:1])
    predict(slices[:1])
    times = []
    for index in range(count if kind == "one" else 1):
        inputs = slices[index % 16 : index % 16 + 1] if kind == "one" else slices[:count]
        started = perf_counter()
        predict(inputs)
        times.append((perf_counter() - started) * 1000 / len(inputs))
    return times


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
