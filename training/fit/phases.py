"""One phase under way: one-cycle rate, running average of the weights, validation and a checkpoint after each epoch.

Keras only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.batches.batches import Batch, Inputs, Sources, even_batch, plain_inputs
from training.batches.prefetch import Epoch, prefetched
from training.data.framed import shrunk, stacked
from training.fit.data import TrainingData
from training.fit.kept import KeptFeatures
from training.network.checkpoint import BEST, LAST, Checkpoint, Weights, save_checkpoint
from training.network.config import Config, Phase
from training.network.network import (
    HEAD,
    LESIONS,
    Tensors,
    as_arrays,
    assign_by_name,
    layers_before,
    lower_part,
    tensors_by_name,
    weights_by_name,
)
from training.network.run import LOG
from training.statistics.metrics import area_under_roc, log_loss

WARM_UP = 0.2
FINAL_RATE = 0.01
AVERAGE_EVERY = 4
PREDICTED_AT_ONCE = 64
KEPT_SEED = 2020
"""Of the augmentation of kept slices: the same for every seed of a run, which then differs in order and head alone."""


@dataclass(frozen=True)
class TrainingProgress:
    """Where a phase stands after a step.

    Means of the epoch so far, and seconds to the phase's end at its pace so far.
    """

    phase: str
    epoch: int
    epochs: int
    step: int
    steps: int
    loss: float
    accuracy: float
    seconds_left: float


def unwatched(progress: TrainingProgress) -> None:
    """Nobody looks at the steps."""


def rate_at(phase: Phase, progress: float) -> float:
    """Learning rate at `progress` 0..1 of the phase: linear warm-up, cosine to a hundredth.

    Constant where the phase says so.
    """
    if phase.constant:
        return phase.peak_rate
    if progress < WARM_UP:
        return phase.peak_rate * (0.04 + 0.96 * progress / WARM_UP)
    fall = 0.5 * (1 + np.cos(np.pi * (progress - WARM_UP) / (1 - WARM_UP)))
    return float(phase.peak_rate * (FINAL_RATE + (1 - FINAL_RATE) * fall))


class PhaseTraining:
    """One phase under way: the network, its running average, and the folder that both are kept in.

    Parameters
    ----------
    config, number
        The run's, and which of its phases this is.
    model
        The phase's network, compiled, with the weights and the optimiser's state to begin with.
    fitted
        Where the frozen layers' output is kept: the part of `model` after them, compiled in its place. `cache` is the
        folder for it.
    average
        The running average to begin with, by `network.network.tensors_by_name`'s names.
    training_data
        Training and validation slices.
    run
        The run's folder.
    say, watch
        Told a line an epoch, and where the training stands, a few times a second.
    """

    def __init__(
        self,
        config: Config,
        number: int,
        model: Any,
        average: Weights,
        training_data: TrainingData,
        run: Path,
        say: Callable[[str], None],
        watch: Callable[[TrainingProgress], None],
        fitted: Any = None,
        cache: Path | None = None,
    ) -> None:
        self.config, self.number, self.phase = config, number, config.phases[number]
        self.model, self.average, self.run = model, average, run
        self.say, self.watch = say, watch
        self.fitted, self.cache = fitted or model, cache
        self.training_data = training_data
        self.sources = sources_of(config, self.phase, training_data)
        self.held_out_labels = training_data.validation.labels
        self.running = {name: keras.ops.convert_to_tensor(value) for name, value in average.items()}

    def train(self, first_epoch: int) -> Weights:
        """The epochs from `first_epoch` on, each logged and kept in a checkpoint; returns the averaged weights."""
        with self.prepared() as batches:
            for epoch in range(first_epoch, self.phase.epochs):
                processor = time.process_time()
                record = self.trained_epoch(epoch, batches((self.config.seed, self.number, epoch)))
                trained = weights_by_name(self.model)
                self.average = as_arrays(self.running) if self.config.average else trained
                record |= self.validated(trained)
                record["processor_seconds"] += time.process_time() - processor
                self.log(record)
                self.keep(epoch, trained, record)
        return self.average

    @contextmanager
    def prepared(self) -> Iterator[Epoch[Inputs]]:
        """What gives an epoch's batches, from processes of their own or from what is kept on disk."""
        if not self.phase.kept:
            size, framed = self.phase.size, self.config.framed
            self.held_out: Inputs = plain_inputs(self.training_data.validation, size, framed)
            with prefetched(self.sources, self.run) as batches:
                yield batches
            return
        first = self.phase.trained_from
        held_out = shrunk(self.training_data.validation, self.phase.size)
        everything = replace(self.sources, labelled=stacked([self.sources.labelled, held_out]))
        before = layers_before(self.model, first)
        weights = weights_by_name(self.model)
        frozen = {name: value for name, value in weights.items() if name.partition("/")[0] in before}
        lower, cache = lower_part(self.model, first), self.cache or self.run
        kept = KeptFeatures(lower, everything, self.phase.kept, KEPT_SEED, frozen, cache)
        kept.fill(self.say)
        self.held_out = kept.plain(held_out.names)
        kept.sources = self.sources
        yield kept.epoch

    def trained_epoch(self, epoch: int, batches: Iterator[Batch[Inputs]]) -> dict[str, Any]:
        """Train on the batches; returns what is known of the epoch, of processor time that of preparing batches."""
        started, prepared = time.monotonic(), 0.0
        first, total = epoch * self.sources.steps, self.phase.epochs * self.sources.steps
        pictures, sums = 0, np.zeros(2)
        loss = accuracy = 0.0
        for done, batch in enumerate(batches, start=first):
            self.fitted.optimizer.learning_rate.assign(rate_at(self.phase, done / total))
            sums += np.array(train_step(self.fitted, batch)) * len(batch.targets)
            pictures += len(batch.targets)
            prepared += batch.seconds
            loss, accuracy = (float(value) for value in sums / pictures)
            step = done - first + 1
            left = (time.monotonic() - started) / step * (total - done - 1)
            phase, steps = self.phase, self.sources.steps
            self.watch(TrainingProgress(phase.name, epoch + 1, phase.epochs, step, steps, loss, accuracy, left))
            if self.config.average and done % AVERAGE_EVERY == 0:
                decay = running_decay(self.config.average, done)
                self.running = blended(self.running, tensors_by_name(self.model), decay)
        seconds = time.monotonic() - started
        return {
            "phase": self.phase.name,
            "epoch": epoch + 1,
            "epochs": self.phase.epochs,
            "passes": self.phase.passes,
            "loss": loss,
            "accuracy": accuracy,
            "pictures_per_second": pictures / seconds,
            "seconds": seconds,
            "processor_seconds": prepared,
        }

    def validated(self, trained: Weights) -> dict[str, float]:
        """The averaged weights' `scores` on the validation slices; the network keeps the `trained` ones."""
        assign_by_name(self.model, self.average)
        at_once = PREDICTED_AT_ONCE if self.config.framed else even_batch(len(self.held_out_labels))
        probability = predict(self.fitted, self.held_out, at_once)
        assign_by_name(self.model, trained)
        return scores(probability, self.held_out_labels)

    def log(self, record: Mapping[str, Any]) -> None:
        """Append the epoch to the run's log, and say it."""
        with (self.run / LOG).open("a") as log:
            log.write(json.dumps(record) + "\n")
        minutes = record["seconds"] * (record["epochs"] - record["epoch"]) / 60
        self.say(
            f"{record['phase']} {record['epoch']}/{record['epochs']}: loss {record['loss']:.4f} accuracy "
            f"{record['accuracy']:.4f}, validation loss {record['validation_loss']:.4f} accuracy "
            f"{record['validation_accuracy']:.4f} AUC {record['validation_auc']:.4f}, "
            f"{record['pictures_per_second']:.1f} pictures/s, {minutes:.0f} min left in this phase"
        )

    def keep(self, epoch: int, trained: Weights, record: Mapping[str, Any]) -> None:
        """Save the epoch's checkpoint, and the best one if it is."""
        state = tuple(keras.ops.convert_to_numpy(variable) for variable in self.fitted.optimizer.variables)
        about = {"phase": self.phase.name, "blocks": self.phase.blocks}
        checkpoint = Checkpoint(self.number, epoch + 1, trained, self.average, state, about)
        save_checkpoint(checkpoint, self.run / LAST)
        keep_best(checkpoint, record, self.run)


def sources_of(config: Config, phase: Phase, training_data: TrainingData) -> Sources:
    """What the batches of a phase are made from."""
    labelled = (
        stacked([training_data.train, training_data.validation]) if phase.with_validation else training_data.train
    )
    return Sources(
        shrunk(labelled, phase.size),
        shrunk(training_data.clear, phase.size) if training_data.clear and phase.extra else None,
        phase.size,
        phase.batch,
        phase.extra,
        config.drawn * phase.strength,
        config.augmentation.scaled(phase.strength),
        config.framed,
        phase.passes,
        shrunk(training_data.lesioned, phase.size) if training_data.lesioned and phase.lesioned else None,
        phase.lesioned,
    )


def running_decay(decay: float, step: int) -> float:
    """Decay for `AVERAGE_EVERY` steps; shorter at a phase's start, so that the first weights are soon forgotten."""
    return float(min(decay**AVERAGE_EVERY, (1 + step) / (10 + step)))


def blended(average: Tensors, weights: Tensors, decay: float) -> Tensors:
    """decay * average + (1 - decay) * weights, computed where the network is; what does not change stays exact."""
    return {name: average[name] + (value - average[name]) * (1 - decay) for name, value in weights.items()}


def train_step(model: Any, batch: Batch[Inputs]) -> tuple[float, float]:
    """Train on one batch; its loss, that of the lesion head included, and accuracy."""
    model.reset_metrics()  # else Keras gives the means since the phase began
    if LESIONS not in model.output_names:
        loss, accuracy = model.train_on_batch(batch.inputs, batch.targets)
        return float(loss), float(accuracy)
    targets = {HEAD: batch.targets, LESIONS: batch.lesions[..., None]}
    weights = {HEAD: np.ones(len(batch.targets), np.float32), LESIONS: batch.known}
    logs = model.train_on_batch(batch.inputs, targets, sample_weight=weights, return_dict=True)
    return float(logs["loss"]), float(logs[f"{HEAD}_accuracy"])


def predict(model: Any, inputs: Inputs, batch: int = PREDICTED_AT_ONCE) -> NDArray[np.float32]:
    """(n,) float32 probability of COVID, inference mode."""
    arrays = inputs if isinstance(inputs, list) else [inputs]
    parts = []
    for at in range(0, len(arrays[0]), batch):
        some = [array[at : at + batch] for array in arrays]
        found = model.predict_on_batch(some if isinstance(inputs, list) else some[0])
        parts.append((found[HEAD] if isinstance(found, dict) else found)[:, 0])
    return np.concatenate(parts).astype(np.float32)


def scores(probability: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, float]:
    """Validation loss, accuracy and area under the ROC curve, NaN with one class only; label 0 is COVID."""
    covid, p = labels == 0, probability.astype(np.float64)
    return {
        "validation_loss": log_loss(covid, p),
        "validation_accuracy": float(((p >= 0.5) == covid).mean()),
        "validation_auc": area_under_roc(covid, p),
    }


def keep_best(checkpoint: Checkpoint, record: Mapping[str, Any], run: Path) -> None:
    """Keep the averaged weights with the lowest validation loss of the run's last depth."""
    note = run / "best.json"
    best = json.loads(note.read_text()) if note.exists() else None
    if best and best["phase"] == record["phase"] and best["validation_loss"] <= record["validation_loss"]:
        return
    save_checkpoint(replace(checkpoint, weights={}, optimizer=()), run / BEST)
    note.write_text(json.dumps(record, indent=1) + "\n")
