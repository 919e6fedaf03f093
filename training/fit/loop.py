"""A run's phases in order, each from the weights of the one before; goes on after the last checkpoint. Keras only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from covidviewer.errors import UnreadableFile
from training.fit.phases import Material, Moment, PhaseTraining, unwatched
from training.network.checkpoint import LAST, Weights, load_checkpoint
from training.network.config import RESNET101, Config, Phase
from training.network.network import (
    FRAMED_CHANNELS,
    PICTURE_CHANNELS,
    assign_by_name,
    classifier,
    start_as_identity,
    train_from,
    variables_by_name,
    weights_by_name,
)


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
    would have been undisturbed, up to floating-point noise, since an epoch's randomness depends on seed, phase and
    epoch alone. `initial` are the first phase's weights ("imagenet", a file in Keras' form, or weights by name). Raises
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
        first_epoch = here.epoch if here else 0
        weights = PhaseTraining(config, number, model, average, material, run, say, watch).train(first_epoch)
        checkpoint = None
    return run / LAST
