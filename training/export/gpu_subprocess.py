"""LiteRT on the graphics processor in a process of its own.

Beside TensorFlow in one process it ends in "free(): invalid pointer" when the process does, and a driver may take its
process along.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import DeviceUnavailable
from covidviewer.inference.classifier import Predictions


class GpuSubprocess:
    """A classifier that opens the graphics processor elsewhere for every call.

    Raises `DeviceUnavailable` from `predict` when there is none, or when its process died.
    """

    engine = "litert"
    device = "GPU"

    def __init__(self, model_file: Path) -> None:
        self._file = model_file

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `Classifier.predict`."""
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                self.device, found = pool.submit(predict_here, str(self._file), inputs).result()
            except BrokenProcessPool as died:
                raise DeviceUnavailable("The graphics driver ended its process.") from died
        return found

    def close(self) -> None:
        """Nothing stays open between calls."""


def predict_here(model_file: str, inputs: NDArray[np.float32]) -> tuple[str, Predictions]:
    """The device's name, and what it computes; runs in the other process. Raises `DeviceUnavailable`."""
    from covidviewer.inference.engines.gpu import graphics_processors
    from covidviewer.inference.engines.litert import NO_GPU, LiteRtGraphics

    graphics = graphics_processors()
    if not graphics:
        raise DeviceUnavailable(NO_GPU)
    opened = LiteRtGraphics(Path(model_file), graphics[0].name)
    return opened.device, opened.predict(inputs)
