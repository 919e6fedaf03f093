"""The network through LiteRT: on the processor (XNNPACK) and on the graphics processor (Vulkan, D3D12 or Metal).

The only module that imports LiteRT. The file has a fixed batch of one: a batch of 16 is no faster a slice on the
processor, and costs as much again in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import BrokenModel, DeviceUnavailable
from covidviewer.files import first_line
from covidviewer.inference.classifier import Predictions, empty_predictions, joined
from covidviewer.inference.engines.cpu import physical_cores, threads_text
from covidviewer.inference.engines.native_output import silence_native_output
from covidviewer.inference.engines.process_memory import release_mapped, release_memory
from covidviewer.texts import N_

ENGINE = "litert"
SIGNATURE = "serving_default"
OUTPUTS = ("probabilities", "features", "feature_map")
NO_GPU = N_("No suitable GPU was found; using the CPU.")


def runtime_version() -> str:
    """LiteRT's version, or '' when it is not installed."""
    try:
        return version("ai-edge-litert")
    except PackageNotFoundError:
        return ""


class LiteRtProcessor:
    """LiteRT on the processor. Construct, call and close on one thread.

    Parameters
    ----------
    model_file
        The bundle's LiteRT file.
    threads
        None: the physical cores.

    Raises `BrokenModel` when LiteRT cannot read the file, `DeviceUnavailable` when LiteRT cannot be loaded here.
    """

    engine = ENGINE

    def __init__(self, model_file: Path, threads: int | None = None) -> None:
        threads = threads or physical_cores()
        self.device = threads_text(threads)
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as fault:
            raise DeviceUnavailable("LiteRT cannot be used here ({why}).", why=first_line(fault)) from fault
        try:
            with silence_native_output():
                interpreter = Interpreter(str(model_file), num_threads=threads)
                interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as fault:
            raise BrokenModel("LiteRT cannot run the model ({why}).", why=first_line(fault)) from fault
        release_mapped(model_file)
        runner = interpreter.get_signature_runner(SIGNATURE)
        outputs = runner.get_output_details()
        self._input = runner.get_input_details()["inputs"]["index"]
        self._outputs = {name: outputs[name]["index"] for name in OUTPUTS}
        self._interpreter = interpreter

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `Classifier.predict`."""
        return joined([self._predict_one(picture) for picture in inputs]) if len(inputs) else empty_predictions()

    def _predict_one(self, picture: NDArray[np.float32]) -> Predictions:
        if self._interpreter is None:
            raise DeviceUnavailable("The model has been closed.")
        self._interpreter.set_tensor(self._input, np.ascontiguousarray(picture[None], np.float32))
        self._interpreter.invoke()
        return Predictions(*(self._interpreter.get_tensor(self._outputs[name]) for name in OUTPUTS))

    def close(self) -> None:
        """See `Classifier.close`."""
        self._interpreter = None
        release_memory()


class LiteRtGraphics:
    """LiteRT on the graphics processor, in float32. Construct, call and close on one thread.

    Raises `DeviceUnavailable`, with a sentence that names what takes its place, when there is none or its driver
    refuses.
    """

    engine = ENGINE

    def __init__(self, model_file: Path, device_name: str = "") -> None:
        self.device = f"GPU ({device_name})" if device_name else "GPU"
        try:
            from ai_edge_litert.compiled_model import CompiledModel
            from ai_edge_litert.hardware_accelerator import HardwareAccelerator
            from ai_edge_litert.options import GpuOptions, Options
        except ImportError as fault:
            raise DeviceUnavailable(NO_GPU) from fault
        options = Options(HardwareAccelerator.GPU, gpu_options=GpuOptions(enforce_f32=True))
        try:
            with silence_native_output():
                self._model: Any = CompiledModel.from_file(str(model_file), options=options)
                if not self._model.is_fully_accelerated():
                    raise DeviceUnavailable(NO_GPU)
                self._inputs = {"inputs": self._model.create_input_buffer_by_name(SIGNATURE, "inputs")}
                self._outputs = {name: self._model.create_output_buffer_by_name(SIGNATURE, name) for name in OUTPUTS}
        except (RuntimeError, ValueError) as fault:
            raise DeviceUnavailable(NO_GPU) from fault
        details: Mapping[str, Any] = self._model.get_output_tensor_details(SIGNATURE)
        self._shapes = {name: tuple(int(edge) for edge in details[name]["shape"]) for name in OUTPUTS}

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `Classifier.predict`. Raises `DeviceUnavailable` when the driver gives up."""
        if self._model is None:
            raise DeviceUnavailable("The model has been closed.")
        try:
            return joined([self._predict_one(picture) for picture in inputs]) if len(inputs) else empty_predictions()
        except (RuntimeError, ValueError) as fault:
            raise DeviceUnavailable("The GPU stopped responding; using the CPU.") from fault

    def _predict_one(self, picture: NDArray[np.float32]) -> Predictions:
        self._inputs["inputs"].write(np.ascontiguousarray(picture[None], np.float32))
        self._model.run_by_name(SIGNATURE, self._inputs, self._outputs)
        return Predictions(
            *(
                self._outputs[name].read(int(np.prod(self._shapes[name])), np.float32).reshape(self._shapes[name])
                for name in OUTPUTS
            )
        )

    def close(self) -> None:
        """See `Classifier.close`."""
        with silence_native_output():
            self._inputs, self._outputs = {}, {}
            if self._model is not None:
                self._model.close()
            self._model = None
