"""The training loop: phases, one-cycle rate, running average of the weights, a checkpoint after each epoch.

Keras only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from training.ahead import prepared_ahead
from training.batches import Sources, even_batch, plain_inputs
from training.checkpoint import BEST, LAST, Checkpoint, Weights, load_checkpoint, save_checkpoint
from training.config import RESNET101, Config, Phase
from training.framed import Canvases, shrunk
from training.network import (
    FRAMED_CHANNELS,
    PICTURE_CHANNELS,
    Tensors,
    as_arrays,
    assign_by_name,
    classifier,
    start_as_identity,
    tensors_by_name,
    train_from,
    variables_by_name,
    weights_by_name,
)

LOG = "log.jsonl"
WARM_UP = 0.2
FINAL_RATE = 0.01
AVERAGE_EVERY = 4
PREDICTED_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Material:
    """The canvases a run uses; `clear` are unlabelled slices of another source, or None."""

    train: Canvases
    validation: Canvases
    clear: Canvases | None


@dataclass(frozen=True)
class Moment:
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


def unwatched(moment: Moment) -> None:
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


def build(config: Config, phase: Phase, weights: Weights | None, initial: str | None = None) -> Any:
    """The compiled network of a phase, with `weights` where they fit and identity blocks where they do not reach.

    Raises `UnreadableFile` for weights that have no place in it. `initial` ("imagenet", or a file in Keras' form) are
    the weights of the base before anything was trained.
    """
    channels = FRAMED_CHANNELS if config.framed else PICTURE_CHANNELS
    base_weights = None if weights else initial
    model = classifier(phase.size, channels, phase.blocks, base_weights, config.head_scale)
    if weights or not initial:
        start_as_identity(model)
    if weights:
        if strange := set(weights) - set(variables_by_name(model)):
            raise UnreadableFile(
                "The weights are of another network than “{name}” trains: {count} of them have no place in it.",
                name=phase.name,
                count=len(strange),
            )
        assign_by_name(model, weights)
    train_from(model, phase.trained_from)
    kind = {"adamw": keras.optimizers.AdamW, "adamax": keras.optimizers.Adamax}[config.optimizer]
    optimizer = kind(
        learning_rate=phase.peak_rate, weight_decay=config.weight_decay or None, global_clipnorm=config.clip_norm
    )
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=config.label_smoothing)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"], jit_compile=False)
    optimizer.build(model.trainable_variables)
    return model


def train(
    config: Config,
    material: Material,
    run: Path,
    resume: bool,
    say: Callable[[str], None],
    initial: str | Weights | None = None,
    watch: Callable[[Moment], None] = unwatched,
) -> Path:
    """Run every phase that is not done yet; returns the checkpoint file to evaluate.

    `run` is the run's folder; with `resume` it goes on after its last checkpoint, and each epoch is the same as it
    would have been
    undisturbed, up to floating-point noise, since an epoch's randomness depends on seed, phase and epoch alone.
    `initial` are the first phase's weights ("imagenet", a file in Keras' form, or weights by name). Raises
    `UnreadableFile` when they do not fit.
    """
    if isinstance(initial, str) and config.phases[0].blocks != RESNET101:
        raise UnreadableFile(
            "Initial weights need a first phase of all 101 layers, and {name} starts shallower.", name=config.name
        )
    run.mkdir(parents=True, exist_ok=True)
    checkpoint = load_checkpoint(run / LAST) if resume and (run / LAST).exists() else None
    named = None if initial is None or isinstance(initial, str) else initial
    weights = checkpoint.average if checkpoint else named
    for number, phase in enumerate(config.phases):
        if checkpoint and (
            checkpoint.phase > number or (checkpoint.phase == number and checkpoint.epoch >= phase.epochs)
        ):
            continue
        keras.utils.set_random_seed(config.seed + number)
        here = checkpoint if checkpoint and checkpoint.phase == number else None
        model = build(config, phase, here.weights if here else weights, initial if isinstance(initial, str) else None)
        average = here.average if here else weights_by_name(model)
        if here:
            for variable, value in zip(model.optimizer.variables, here.optimizer, strict=True):
                variable.assign(value)
        weights = train_phase(
            config, number, phase, model, average, material, run, here.epoch if here else 0, say, watch
        )
        checkpoint = None
    return run / LAST


def train_phase(
    config: Config,
    number: int,
    phase: Phase,
    model: Any,
    average: Weights,
    material: Material,
    run: Path,
    first_epoch: int,
    say: Callable[[str], None],
    watch: Callable[[Moment], None],
) -> Weights:
    """The epochs of one phase; returns the averaged weights."""
    sources = sources_of(config, phase, material)
    seen = plain_inputs(material.validation, phase.size, config.framed)
    running = {name: keras.ops.convert_to_tensor(value) for name, value in average.items()}
    total = sources.steps * phase.epochs
    with prepared_ahead(sources, run) as batches:
        for epoch in range(first_epoch, phase.epochs):
            started, processor = time.monotonic(), time.process_time()
            pictures, sums, loss, accuracy = 0, np.zeros(2), 0.0, 0.0
            for step, batch in enumerate(batches((config.seed, number, epoch))):
                done = epoch * sources.steps + step
                model.optimizer.learning_rate.assign(rate_at(phase, done / total))
                sums += np.array(model.train_on_batch(batch.inputs, batch.targets)) * len(batch.inputs)
                pictures += len(batch.inputs)
                processor -= batch.seconds
                pace = (time.monotonic() - started) / (step + 1)
                left = pace * (total - done - 1)
                loss, accuracy = (float(value) for value in sums / pictures)
                watch(Moment(phase.name, epoch + 1, phase.epochs, step + 1, sources.steps, loss, accuracy, left))
                if config.average and done % AVERAGE_EVERY == 0:
                    running = blended(running, tensors_by_name(model), running_decay(config.average, done))
            seconds = time.monotonic() - started
            trained = weights_by_name(model)
            average = as_arrays(running) if config.average else trained
            assign_by_name(model, average)
            probability = predict(model, seen, PREDICTED_AT_ONCE if config.framed else even_batch(len(seen)))
            assign_by_name(model, trained)
            record = {
                "phase": phase.name,
                "epoch": epoch + 1,
                "epochs": phase.epochs,
                "passes": phase.passes,
                "loss": float(loss),
                "accuracy": float(accuracy),
                **scores(probability, material.validation.labels),
                "pictures_per_second": pictures / seconds,
                "seconds": seconds,
                "processor_seconds": time.process_time() - processor,
            }
            with (run / LOG).open("a") as log:
                log.write(json.dumps(record) + "\n")
            minutes = seconds * (phase.epochs - epoch - 1) / 60
            say(
                f"{phase.name} {epoch + 1}/{phase.epochs}: loss {loss:.4f} accuracy {accuracy:.4f}, validation loss "
                f"{record['validation_loss']:.4f} accuracy {record['validation_accuracy']:.4f} AUC "
                f"{record['validation_auc']:.4f}, "
                f"{record['pictures_per_second']:.1f} pictures/s, {minutes:.0f} min left in this phase"
            )
            state = tuple(keras.ops.convert_to_numpy(variable) for variable in model.optimizer.variables)
            checkpoint = Checkpoint(
                number, epoch + 1, trained, average, state, {"phase": phase.name, "blocks": phase.blocks}
            )
            save_checkpoint(checkpoint, run / LAST)
            keep_best(checkpoint, record, run)
    return average


def sources_of(config: Config, phase: Phase, material: Material) -> Sources:
    """What the batches of a phase are made from."""
    labelled = joined(material.train, material.validation) if phase.with_validation else material.train
    return Sources(
        shrunk(labelled, phase.size),
        shrunk(material.clear, phase.size) if material.clear and phase.extra else None,
        phase.size,
        phase.batch,
        phase.extra,
        config.drawn * phase.strength,
        config.augmentation.scaled(phase.strength),
        config.framed,
        phase.passes,
    )


def joined(first: Canvases, second: Canvases) -> Canvases:
    """Both sets of canvases as one."""
    return replace(
        first,
        names=first.names + second.names,
        labels=np.concatenate([first.labels, second.labels]),
        density=np.concatenate([first.density, second.density]),
        hull=np.concatenate([first.hull, second.hull]),
        unframed=first.unframed + second.unframed,
    )


def running_decay(decay: float, step: int) -> float:
    """Decay for `AVERAGE_EVERY` steps; shorter at a phase's start, so that the first weights are soon forgotten."""
    return float(min(decay**AVERAGE_EVERY, (1 + step) / (10 + step)))


def blended(average: Tensors, weights: Tensors, decay: float) -> Tensors:
    """decay * average + (1 - decay) * weights, computed where the network is."""
    return {name: average[name] * decay + value * (1 - decay) for name, value in weights.items()}


def predict(model: Any, inputs: NDArray[np.float32], batch: int = PREDICTED_AT_ONCE) -> NDArray[np.float32]:
    """(n,) float32 probability of COVID, inference mode."""
    parts = [model.predict_on_batch(inputs[at : at + batch])[:, 0] for at in range(0, len(inputs), batch)]
    return np.concatenate(parts).astype(np.float32)


def scores(probability: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, float]:
    """Validation loss, accuracy and area under the ROC curve; label 0 is COVID."""
    covid = labels == 0
    right = np.where(covid, probability, 1 - probability)
    ranks = np.argsort(np.argsort(probability)) + 1
    positives, negatives = int(covid.sum()), int((~covid).sum())
    area = (ranks[covid].sum() - positives * (positives + 1) / 2) / max(1, positives * negatives)
    return {
        "validation_loss": float(-np.log(np.clip(right, 1e-7, 1)).mean()),
        "validation_accuracy": float((right >= 0.5).mean()),
        "validation_auc": float(area),
    }


def keep_best(checkpoint: Checkpoint, record: dict[str, Any], run: Path) -> None:
    """Keep the averaged weights with the lowest validation loss of the run's last depth."""
    note = run / "best.json"
    best = json.loads(note.read_text()) if note.exists() else None
    if best and best["phase"] == record["phase"] and best["validation_loss"] <= record["validation_loss"]:
        return
    save_checkpoint(replace(checkpoint, weights={}, optimizer=()), run / BEST)
    note.write_text(json.dumps(record, indent=1) + "\n")
