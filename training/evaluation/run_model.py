"""A run's averaged weights in float32, ready to score."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.inference.card import Pooling
from training.evaluation.scoring_model import BATCH, ScoringModel
from training.network.checkpoint import LAST, load_checkpoint
from training.network.config import Config, applied_size
from training.network.network import HEAD, assign_by_name, body_of, classifier_of


class RunModel(ScoringModel):
    """The network of a run in float32; `size` is the edge of its inputs, None for `config.applied_size`."""

    def __init__(self, config: Config, weights: dict[str, NDArray[Any]], size: int | None = None) -> None:
        keras.mixed_precision.set_global_policy("float32")
        phase = config.phases[-1]
        self.framed, self.size, self.pooling = config.framed, size or applied_size(config), Pooling(config.pooling)
        model = classifier_of(config, replace(phase, size=self.size))
        if missing := assign_by_name(model, weights):
            raise UnreadableFile("The checkpoint lacks {count} weights of this config's network.", count=len(missing))
        self.parameters = int(model.count_params())
        self.trainable_parameters = int(sum(np.prod(variable.shape) for variable in model.trainable_variables))
        self.body = body_of(model)
        kernel, bias = (np.asarray(value, np.float64) for value in model.get_layer(HEAD).get_weights())
        self.direction, self.offset = kernel[:, 0] - kernel[:, 1], float(bias[0] - bias[1])

    def run(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(n, size, size, channels) -> feature maps (n, rows, columns, 2048) and pooled features (n, 2048)."""
        parts = [self.body.predict_on_batch(inputs[at : at + BATCH]) for at in range(0, len(inputs), BATCH)]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def load_run_model(config: Config, run: Path) -> RunModel:
    """The averaged weights of a run's last checkpoint. Raises `UnreadableFile`."""
    file = run / LAST
    try:
        return RunModel(config, load_checkpoint(file).average)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile("The run {folder} has no readable checkpoint.", folder=str(run)) from error
