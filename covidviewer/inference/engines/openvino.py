"""The same LiteRT file through OpenVINO: twice as fast as LiteRT on x86 processors without VNNI.

The only module that imports OpenVINO.

Two compiled forms, each made when it is first needed: one for single slices (latency), one for many (a stream per
core, throughput).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import BrokenModel, DeviceUnavailable
from covidviewer.files import first_line
from covidviewer.inference.classifier import Predictions, empty_predictions, joined
from covidviewer.inference.engines.compiled_cache import CompiledStore
from covidviewer.inference.engines.cpu import physical_cores, processor_name, threads_text
from covidviewer.inference.engines.process_memory import release_memory

ENGINE = "openvino"
OUTPUTS = ("probabilities", "features", "feature_map")
MANY = 4
"""From so many slices on, streams side by side are faster than one after the other."""


@dataclass(frozen=True)
class Form:
    """How a network is compiled: OpenVINO's hint, and slices that are computed at the same time, one a stream."""

    hint: str
    streams: int

    @property
    def requests(self) -> int:
        """In flight: with several streams a second one waits for each, so that none stands still."""
        return 1 if self.streams == 1 else 2 * self.streams


def runtime_version() -> str:
    """OpenVINO's version, or '' when it is not installed."""
    try:
        return version("openvino")
    except PackageNotFoundError:
        return ""


def import_openvino() -> Any:
    """The `openvino` package, without its telemetry. Raises `DeviceUnavailable` when it cannot be loaded here."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None makes Python refuse the import
    try:
        import openvino
    except (ImportError, OSError, RuntimeError) as fault:
        raise DeviceUnavailable("OpenVINO cannot be used here ({why}).", why=first_line(fault)) from fault
    return openvino


class OpenVinoProcessor:
    """OpenVINO on the processor. Construct, call and close on one thread.

    Parameters
    ----------
    model_file
        The bundle's LiteRT file.
    model_sha256
        Its hash, part of the compiled files' key.
    store
        Where compiled networks are kept; None compiles anew each time.
    is_right
        Asked with every form that came out of the store, on this thread, before it is used: does it compute what it
        must? None trusts it.
    threads
        None: the physical cores.

    Raises `DeviceUnavailable` when OpenVINO is missing or cannot run here, `BrokenModel` when it cannot read the file.
    """

    engine = ENGINE

    def __init__(
        self,
        model_file: Path,
        model_sha256: str,
        store: CompiledStore | None = None,
        is_right: Callable[[Callable[[NDArray[np.float32]], Predictions]], bool] | None = None,
        threads: int | None = None,
    ) -> None:
        self._threads = threads or physical_cores()
        self.device = threads_text(self._threads)
        self._runtime = import_openvino()
        self._file, self._sha256, self._store, self._is_right = model_file, model_sha256, store, is_right
        self._core: Any = None
        try:
            self._core = self._runtime.Core()
        except RuntimeError as fault:
            raise DeviceUnavailable("OpenVINO cannot be used here ({why}).", why=first_line(fault)) from fault
        self._compiled: dict[Form, Any] = {}
        self._mapped: NDArray[np.uint8] | None = None  # what imported networks go on reading
        self._one = Form("LATENCY", 1)
        self._many = Form("THROUGHPUT", self._threads)
        self._requests(self._one)

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `Classifier.predict`."""
        if self._core is None:
            raise DeviceUnavailable("The model has been closed.")
        if len(inputs) == 0:
            return empty_predictions()
        form = self._one if len(inputs) < MANY or self._threads == 1 else self._many
        return run(self._requests(form), inputs)

    def close(self) -> None:
        """See `Classifier.close`."""
        self._compiled.clear()
        self._core = self._mapped = None
        release_memory()

    def _requests(self, form: Form) -> list[Any]:
        """Requests of the form, compiled or loaded when it is first asked for."""
        if form not in self._compiled:
            compiled = self._stored(form) or self._fresh(form)
            self._compiled[form] = [compiled.create_infer_request() for _ in range(form.requests)]
            release_memory()
        return list(self._compiled[form])

    @property
    def _key(self) -> str:
        """Of the compiled network in the store; one serves both forms, for the form is chosen when it is imported."""
        return repr((self._sha256, self._runtime.__version__, processor_name()))

    def _properties(self, form: Form) -> dict[str, Any]:
        return {
            "PERFORMANCE_HINT": form.hint,
            "INFERENCE_NUM_THREADS": self._threads,
            "NUM_STREAMS": form.streams,
            "INFERENCE_PRECISION_HINT": "f32",
            "ENABLE_HYPER_THREADING": False,
        }

    def _stored(self, form: Form) -> Any:
        """The form out of the store, or None when there is none or it does not compute what it must."""
        if self._store is None:
            return None
        mapped = self._store.read(self._key) if self._mapped is None else self._mapped
        if mapped is None:
            return None
        try:
            with self._store.loading():
                tensor = self._runtime.Tensor(mapped, shared_memory=True)
                compiled = self._core.import_model(tensor, "CPU", self._properties(form))
                request = compiled.create_infer_request()
                if self._is_right is None or self._is_right(lambda inputs: run([request], inputs)):
                    self._mapped = mapped
                    return compiled
        except RuntimeError:
            pass
        request = compiled = tensor = mapped = self._mapped = None  # a mapped file cannot be removed on Windows
        self._store.discard(self._key)
        return None

    def _fresh(self, form: Form) -> Any:
        """The form compiled from the file, and stored."""
        try:
            compiled = self._core.compile_model(self._core.read_model(str(self._file)), "CPU", self._properties(form))
        except RuntimeError as fault:
            raise BrokenModel("OpenVINO cannot run the model ({why}).", why=first_line(fault)) from fault
        if self._store is not None:
            content = compiled.export_model()
            self._store.write(self._key, content.getvalue() if isinstance(content, io.BytesIO) else bytes(content))
        return compiled


def run(requests: list[Any], inputs: NDArray[np.float32]) -> Predictions:
    """Run (n, ...) inputs one by one, as many in flight as there are requests; n at least 1."""
    parts: list[Predictions] = []
    waiting: list[Any] = []

    def collect() -> None:
        request = waiting.pop(0)
        request.wait()
        parts.append(Predictions(*(np.array(request.get_tensor(name).data) for name in OUTPUTS)))

    for index, picture in enumerate(inputs):
        if len(waiting) == len(requests):
            collect()
        request = requests[index % len(requests)]
        request.start_async([np.ascontiguousarray(picture[None], np.float32)])
        waiting.append(request)
    while waiting:
        collect()
    return joined(parts)
