"""Whom the probe asks: an exported model, or a run's float32 weights, through the program's own analyser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.bundle import Bundle, load_bundle
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.input_checks import OodDetector
from training.evaluation.processor import processor
from training.evaluation.scoring_model import ScoringModel


class RunClassifier:
    """A run's network in the place of an engine."""

    engine, device = "keras", "float32 weights"

    def __init__(self, scoring_model: ScoringModel) -> None:
        self._scoring_model = scoring_model

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `covidviewer.inference.classifier.Classifier`."""
        maps, features = self._scoring_model.run(self._scoring_model.resized(inputs))
        logits = features.astype(np.float64) @ self._scoring_model.direction + self._scoring_model.offset
        probability = 0.5 * (1 + np.tanh(logits / 2))
        both = np.stack([probability, 0.5 * (1 + np.tanh(-logits / 2))], axis=1)
        return Predictions(both.astype(np.float32), features, maps)

    def close(self) -> None:
        """Nothing to release."""


def analyser_of_model(folder: Path | None) -> Analyser:
    """The program's analyser of an exported model, None being the bundled one. Raises `BrokenModel`."""
    bundle = load_bundle(folder)
    return Analyser(processor(bundle), bundle)


def analyser_of_run(scoring_model: ScoringModel, name: str, temperature: float, offset: float) -> Analyser:
    """The same around a run's float32 weights, with its calibration and without a detector."""
    return Analyser(RunClassifier(scoring_model), bundle_of_run(scoring_model, name, temperature, offset))


def bundle_of_run(scoring_model: ScoringModel, name: str, temperature: float, offset: float) -> Bundle:
    """The bundled model's numbers with the run's head and calibration, and a detector that refuses nothing."""
    shipped = load_bundle()
    card = replace(
        shipped.card,
        version=name,
        temperature=temperature,
        offset=offset,
        threshold=0.5,
        pooling=scoring_model.pooling,
    )
    kernel = (np.stack([scoring_model.direction, -scoring_model.direction], axis=1) / 2).astype(np.float32)
    channels = scoring_model.direction.size
    open_gate = OodDetector(
        np.zeros(channels, np.float32),
        np.ones(channels, np.float32),
        np.zeros((channels, 1), np.float32),
        np.ones(1, np.float32),
        1.0,
        float("inf"),
    )
    return replace(shipped, card=card, kernel=kernel, ood_detector=open_gate)
