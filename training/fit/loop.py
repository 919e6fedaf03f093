"""A run's phases in order, each from the weights of the one before; goes on after the last checkpoint. Keras only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from covidviewer.errors import UnreadableFile
from covidviewer.files import make_folder
from training.fit.data import TrainingData
from training.fit.phases import PhaseTraining, TrainingProgress, unwatched
from training.network.checkpoint import LAST, Weights, load_checkpoint
from training.network.config import RESNET101, Config, Phase
from training.network.network import (
    HEAD,
    LESIONS,
    assign_by_name,
    classifier_of,
    start_as_identity,
    train_from,
    upper_part,
    variables_by_name,
    weights_by_name,
)

DROPPED = {f"{LESIONS}/kernel", f"{LESIONS}/bias"}
"""Weights of a head that only some configs train; the others leave it out."""


def build(config: Config, phase: Phase, weights: Weights | None, initial: str | None = None) -> tuple[Any, Any]:
    """The network of a phase with `weights` where they fit and identity blocks where they do not reach, and what is
    fitted, compiled: the network, or its upper part where the frozen layers' output is kept.

    Raises `UnreadableFile` for weights that have no place in it. `initial` ("imagenet", or a file in Keras' form) are
    the weights of the base before anything was trained.
    """
    model = classifier_of(
        config,
        phase,
        weights=None if weights else initial,
        head_scale=config.head_scale,
        lesions=config.lesion_weight > 0,
        frozen_statistics=config.frozen_statistics,
    )
    if weights or not initial:
        start_as_identity(model)
    if weights:
        if strange := set(weights) - set(variables_by_name(model)) - DROPPED:
            raise UnreadableFile(
                "The weights are of another network than “{name}” trains: {count} of them have no place in it.",
                name=phase.name,
                count=len(strange),
            )
        assign_by_name(model, weights)
    train_from(model, phase.trained_from)
    fitted = upper_part(model, phase.trained_from) if phase.kept else model
    kind = {"adamw": keras.optimizers.AdamW, "adamax": keras.optimizers.Adamax}[config.optimizer]
    optimizer = kind(
        learning_rate=phase.peak_rate, weight_decay=config.weight_decay or None, global_clipnorm=config.clip_norm
    )
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    classes = keras.losses.CategoricalCrossentropy(label_smoothing=config.label_smoothing)
    if config.lesion_weight:
        cells = keras.losses.BinaryCrossentropy(from_logits=True, reduction="mean_with_sample_weight")
        fitted.compile(
            optimizer=optimizer,
            loss={HEAD: classes, LESIONS: cells},
            loss_weights={HEAD: 1.0, LESIONS: config.lesion_weight},
            metrics={HEAD: ["accuracy"]},
            jit_compile=False,
        )
    else:
        fitted.compile(optimizer=optimizer, loss=classes, metrics=["accuracy"], jit_compile=False)
    optimizer.build(fitted.trainable_variables)
    return model, fitted


def train(
    config: Config,
    training_data: TrainingData,
    run: Path,
    resume: bool,
    say: Callable[[str], None],
    initial: str | Weights | None = None,
    watch: Callable[[TrainingProgress], None] = unwatched,
    cache: Path | None = None,
) -> Path:
    """Run every phase that is not done yet; returns the checkpoint file to evaluate.

    `run` is the run's folder; with `resume` it goes on after its last checkpoint, and each epoch is the same as it
    would have been
    undisturbed, up to floating-point noise, since an epoch's randomness depends on seed, phase and epoch alone.
    `initial` are the first phase's weights ("imagenet", a file in Keras' form, or weights by name); `cache` is where
    what frozen layers make of slices may be kept. Raises
    `UnreadableFile` when they do not fit.
    """
    if isinstance(initial, str) and config.phases[0].blocks != RESNET101:
        raise UnreadableFile(
            "Initial weights need a first phase of all 101 layers, and {name} starts shallower.", name=config.name
        )
    make_folder(run)
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
        base = initial if isinstance(initial, str) else None
        model, fitted = build(config, phase, here.weights if here else weights, base)
        average = here.average if here else weights_by_name(model)
        if here:
            for variable, value in zip(fitted.optimizer.variables, here.optimizer, strict=True):
                variable.assign(value)
        first_epoch = here.epoch if here else 0
        phase_training = PhaseTraining(config, number, model, average, training_data, run, say, watch, fitted, cache)
        weights = phase_training.train(first_epoch)
        checkpoint = None
    return run / LAST
