"""The file that is shipped, ready to score as the program runs it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import INPUT_SIZE
from covidviewer.inference.bundle import load_bundle
from training.evaluation.processor import processor
from training.evaluation.scoring_model import ScoringModel
from training.litert.file import dense_head
from training.network.network import PARAMETERS, TRAINABLE_PARAMETERS


class ShippedModel(ScoringModel):
    """The file that is shipped, on the processor, with its detector: what the program computes in a long run."""

    framed, size = True, INPUT_SIZE
    parameters, trainable_parameters = PARAMETERS, TRAINABLE_PARAMETERS

    def __init__(self, folder: Path) -> None:
        """Load a model from the folder that `export` wrote. Raises `BrokenModel`."""
        self.bundle = load_bundle(folder)
        self.engine = processor(self.bundle)
        self.ood_detector, self.pooling = self.bundle.ood_detector, self.bundle.card.pooling
        kernel, bias = dense_head(self.bundle.model_file.read_bytes())
        self.direction, self.offset = (kernel[:, 0] - kernel[:, 1]).astype(np.float64), float(bias[0] - bias[1])

    def run(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        found = self.engine.predict(inputs)
        return found.feature_maps, found.features
