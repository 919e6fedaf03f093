"""Time to the end, before it starts: three measured batches, and multiply-adds for the phases that are not measured."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training.batches.batches import steps_an_epoch
from training.batches.prefetch import prefetched
from training.fit.data import TrainingData
from training.fit.loop import build
from training.fit.phases import sources_of, train_step
from training.network.config import Blocks, Config, Form, Phase
from training.network.network import base_of, classifier, train_from

MEASURED_BATCHES = 3


@dataclass(frozen=True)
class Estimate:
    """Pictures a second in the measured phase, and hours for the phases from it to the end."""

    phase: str
    pictures_per_second: float
    hours: float


def multiply_adds(blocks: Blocks, size: int, trained_from: str = "", form: Form = "v1") -> int:
    """Multiply-adds of one forward pass through the layers that `Phase.trained_from` trains: convolutions and head."""
    model = classifier(size, blocks=blocks, form=form)
    train_from(model, trained_from)
    total = 2048 * 2
    for layer in base_of(model).layers:
        if layer.trainable and isinstance(layer, keras.layers.Conv2D):
            _, rows, columns, filters = layer.output.shape
            total += int(rows * columns * filters * np.prod(layer.kernel.shape[:3]))
    return total


def estimate(config: Config, training_data: TrainingData, run: Path, first: int = 0) -> Estimate:
    """Train three batches of phase number `first` on a network that is thrown away, after one that is not timed.

    Their batches lie ready, in the folder `run`: where preparing them is what takes longest, it will take longer.
    """
    phase = config.phases[first]
    _, model = build(config, phase, None)
    with prefetched(sources_of(config, phase, training_data), run) as batches:
        pictures, seconds = timed_steps(model, batches((config.seed, first, 0)))
    pace = pictures / seconds
    unit = cost(phase, training_data, config.form) / hours_of(phase, training_data, pace)
    total = sum(cost(later, training_data, config.form) for later in config.phases[first:])
    return Estimate(phase.name, pace, total / unit)


def timed_steps(model: Any, batches: Any) -> tuple[int, float]:
    """(pictures, seconds) of three training steps, after a first step that is not timed."""
    first = next(batches)
    if not isinstance(first.inputs, list):
        first = replace(first, inputs=first.inputs.copy())
    train_step(model, first)
    started, pictures = time.monotonic(), 0
    for _ in range(MEASURED_BATCHES):
        batch = next(batches, first)
        train_step(model, batch)
        pictures += len(batch.targets)
    return pictures, time.monotonic() - started


def slices_in_phase(phase: Phase, training_data: TrainingData) -> int:
    """Pictures trained on over a phase."""
    labelled = len(training_data.train) + (len(training_data.validation) if phase.with_validation else 0)
    clear = len(training_data.clear) if training_data.clear else 0
    steps = steps_an_epoch(labelled, clear, phase.batch, phase.extra, phase.passes)
    return steps * (phase.batch + phase.extra + phase.lesioned) * phase.epochs


def hours_of(phase: Phase, training_data: TrainingData, pace: float) -> float:
    """Hours of a phase at `pace` pictures a second."""
    return slices_in_phase(phase, training_data) / pace / 3600


def cost(phase: Phase, training_data: TrainingData, form: Form) -> float:
    """Multiply-adds of a phase: forward through all layers, backward (twice as many) through those that are trained."""
    forward = multiply_adds(phase.blocks, phase.size, form=form)
    backward = 2 * multiply_adds(phase.blocks, phase.size, phase.trained_from, form)
    return float(slices_in_phase(phase, training_data) * (forward + backward))
