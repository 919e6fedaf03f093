"""One session of training: everything around the loop.

Checks what it was given, says what will happen, keeps the run's facts.
"""

from __future__ import annotations

import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from covidviewer.errors import OutputUnwritable, UnreadableFile
from covidviewer.files import make_folder
from training.batches.batches import plain_inputs
from training.data.folders import labelled_samples
from training.data.framed import stacked
from training.data.grouped import fold_split, read_grouped
from training.data.split import Split, read_split
from training.fit.data import TrainingData, only, training_data
from training.fit.estimate import estimate
from training.fit.hardware import devices_beside_processor, machine_name
from training.fit.loop import train
from training.fit.progress import progress_bar
from training.fit.tensorboard import Curves
from training.network import run as runs
from training.network.checkpoint import LAST, Weights, load_checkpoint
from training.network.config import RESNET101, Config, load_config
from training.network.ct_weights import SHA256, ct_weights
from training.network.network import classifier_of
from training.network.provenance import CT, commit, described, installed, without_home
from training.network.statistics import measured_statistics

ROOM_BYTES = 1_500_000_000
"""A checkpoint of 101 layers with its optimiser is 680 MB, and the old one stays until the new one is whole."""

CHECKPOINT = ".npz"
STATISTICS_OF = 320
"""Slices that the CT-pretrained network's normalisation is measured on."""

ORIGIN = ("initial_weights", "initial_weights_sha256", "initial_model", "commit")
"""Facts of a run's beginning: a session that resumes it may find other files and other code."""

Say = Callable[[str], None]


def folds_to_train(split_file: Path, fold: str | None, out: Path) -> Iterator[tuple[Path, Split]]:
    """(run folder, split) for each network to train. Raises `UnreadableFile` for a split that does not fit `fold`."""
    if fold is None:
        try:
            yield out, read_split(split_file)
        except (OSError, ValueError, KeyError) as error:
            raise UnreadableFile(
                "{file} is not a split into train, validation and test (grouped folds need --fold).",
                file=str(split_file),
            ) from error
        return
    grouped = read_grouped(split_file)
    every = range(len(grouped.folds))
    if fold != "all" and (not fold.isdigit() or int(fold) not in every):
        raise UnreadableFile("The fold is a number from 0 to {last}, or all, not {fold}.", last=every[-1], fold=fold)
    for number in every if fold == "all" else [int(fold)]:
        yield out / f"fold-{number}", fold_split(grouped, number)


@dataclass(frozen=True)
class TrainingSession:
    """What `train` was told; see `training.commands.train`. `weights` is "ct", "ct:FILE", "imagenet", a
    run's checkpoint, a file in Keras' form, or None; `seed` None is the config's own."""

    data: Path
    extra: Path | None
    config: str
    split_file: Path
    split: Split
    weights: str | None
    run: Path
    resume: bool
    cache: Path
    measure: bool
    tensorboard: Path | None = None
    seed: int | None = None
    outlined: Path | None = None

    def train(self, say: Say) -> None:
        """Train to the end. Raises `UnreadableFile` or `OutputUnwritable` before anything is lost."""
        config = load_config(self.config)
        if self.seed is not None:
            config = replace(config, seed=self.seed)
        self.check_output(config)
        self.check_weights(config)
        self.check_extra(config)
        samples = labelled_samples(self.data)
        say(f"{config.name}: {runs.part_sizes(self.split)} slices, framing them (kept in {self.cache})")
        data = training_data(config, samples, self.split, self.extra, self.cache, self.outlined)
        for name, reason in data.train.unframed + data.validation.unframed:
            say(f"left out: {name}: {reason}")
        first = self.first_phase(config)
        if first == len(config.phases):
            say(f"Trained to the end before: {self.run / LAST}")
            return
        if self.measure and not config.phases[first].kept:
            pace = estimate(config, data, self.run, first)
            say(f"{pace.pictures_per_second:.1f} pictures/s in {pace.phase}; about {pace.hours:.1f} h to the end")
        facts = self.facts(config, data)
        facts["files_sha256"] = runs.names_hash(samples)
        started = time.time()
        runs.begin(self.run, config, self.split, facts)
        with progress_bar() as watch, self.curves() as draw:

            def say_and_draw(line: str) -> None:
                say(line)
                draw()

            train(config, data, self.run, self.resume, say_and_draw, self.initial(config, data), watch, self.cache)
        facts["sessions"].append(
            {
                "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started)),
                "seconds": round(time.time() - started),
                "commit": commit(),
            }
        )
        runs.begin(self.run, config, self.split, facts)
        say(f"Done: {self.run / LAST}")

    @property
    def from_ct(self) -> bool:
        """Whether the initial weights are the CT-pretrained ones."""
        return self.weights is not None and self.weights.partition(":")[0] == CT

    @contextmanager
    def curves(self) -> Iterator[Callable[[], None]]:
        """What draws the log's new epochs into `tensorboard`; nothing where that is None."""
        if self.tensorboard is None:
            yield lambda: None
            return
        with Curves(self.tensorboard) as curves:
            yield lambda: curves.draw(runs.read_log(self.run))

    def check_output(self, config: Config) -> None:
        """Refuse a folder that cannot be written, is too full, or holds another run."""
        make_folder(self.run)
        if shutil.disk_usage(self.run).free < ROOM_BYTES and config.phases[-1].blocks[2] > 2:
            raise OutputUnwritable(
                "The disk of {folder} has less than 1.5 GB left, too little for two checkpoints.", folder=str(self.run)
            )
        if (self.run / LAST).exists() and not self.resume:
            raise OutputUnwritable(
                "{folder} holds a run already; go on with --resume, or choose another folder.", folder=str(self.run)
            )
        if self.resume and (self.run / runs.CONFIG).exists():
            before = runs.open_run(self.run)
            if before.config != config or before.split != self.split:
                raise OutputUnwritable("{folder} was begun with another config or split.", folder=str(self.run))

    def check_extra(self, config: Config) -> None:
        """Raises `UnreadableFile` for a phase of the extra source alone, where there is none."""
        for phase in config.phases:
            if self.extra is None and not phase.batch:
                sentence = "“{name}” trains on the extra source alone: name it with --extra."
                raise UnreadableFile(sentence, name=phase.name)

    def check_weights(self, config: Config) -> None:
        """Refuse weights of another form than the config's, a file that is not there, and none where the first phase
        freezes layers; fetch ImageNet's, or say why not.
        """
        phase = config.phases[0]
        if self.weights is None:
            if phase.trained_from and not (self.resume and (self.run / LAST).exists()):
                raise UnreadableFile(
                    "“{name}” begins by freezing layers that hold nothing yet: give initial weights, --weights "
                    "imagenet or FILE in the form v1, --weights ct in the form v1.5 (as --config paper_ct has).",
                    name=config.name,
                )
            return
        if self.from_ct:
            if config.form != "v1.5" or phase.blocks != RESNET101:
                raise UnreadableFile(
                    "The CT-pretrained weights are of a ResNet101 of the form v1.5, and “{name}” trains another "
                    "network (--config paper_ct is the paper's recipe in that form).",
                    name=config.name,
                )
            return
        if self.weights != "imagenet" and not Path(self.weights).is_file():
            raise UnreadableFile("There is no weights file {file}.", file=self.weights)
        if config.form != "v1" and not self.weights.endswith(CHECKPOINT):
            raise UnreadableFile(
                "Keras' weights are of the form v1, and “{name}” trains the form {form}: give --weights ct.",
                name=config.name,
                form=config.form,
            )
        if self.weights != "imagenet":
            return
        try:
            keras.applications.ResNet101(include_top=False, pooling="max", weights="imagenet", input_shape=(64, 64, 3))
        except Exception as error:
            raise UnreadableFile(
                "ImageNet's weights could not be fetched; give a file in Keras' format with --weights FILE ({reason}).",
                reason=type(error).__name__,
            ) from error

    def initial(self, config: Config, data: TrainingData) -> str | Weights | None:
        """What the first phase starts from: CT-pretrained weights or a run's averaged ones, both by name, or what Keras
        reads.
        """
        if self.weights is None or self.first_phase(config):
            return None
        if self.from_ct:
            return self.ct_weights(config, data)
        if self.weights.endswith(CHECKPOINT):
            self.check_framed(config, runs.open_run(Path(self.weights).parent).config.framed)
            try:
                return load_checkpoint(Path(self.weights)).average
            except (OSError, ValueError) as error:
                raise UnreadableFile("The checkpoint {file} is damaged.", file=self.weights) from error
        return self.weights

    def ct_weights(self, config: Config, data: TrainingData) -> Weights:
        """The CT-pretrained weights, normalised by the slices of other sources that the first phase trains on, or by
        the training slices where there are none.
        """
        phase = config.phases[0]
        name = (self.weights or "").partition(":")[2]
        weights = ct_weights(Path(name) if name else None, self.cache, config.framed)
        twin = classifier_of(config, phase, head_scale=config.head_scale, lesions=config.lesion_weight > 0)
        others = [one for one in (data.clear, data.lesioned) if one is not None]
        chosen = stacked(others) if others else data.train
        order = np.random.default_rng(config.seed).permutation(len(chosen))[:STATISTICS_OF]
        some = only(chosen, [chosen.names[place] for place in order])
        return measured_statistics(twin, weights, plain_inputs(some, phase.size, config.framed))

    def check_framed(self, config: Config, framed: bool) -> None:
        """Refuse weights for one kind of input where the config trains on the other."""
        if framed and not config.framed:
            raise UnreadableFile(
                "{file} wants framed inputs, and {name} trains on whole pictures.", file=self.weights, name=config.name
            )
        if config.framed and not framed:
            raise UnreadableFile(
                "{file} wants whole pictures, and {name} trains on framed inputs.", file=self.weights, name=config.name
            )

    def first_phase(self, config: Config) -> int:
        """Number of the first phase that is not done."""
        if not self.resume or not (self.run / LAST).exists():
            return 0
        try:
            checkpoint = load_checkpoint(self.run / LAST)
        except Exception as error:
            raise UnreadableFile("The checkpoint {file} is damaged.", file=str(self.run / LAST)) from error
        return checkpoint.phase + (checkpoint.epoch >= config.phases[checkpoint.phase].epochs)

    def weights_hash(self) -> str | None:
        """SHA-256 of the initial weights' file; None where there is none."""
        if self.weights in (None, "imagenet"):
            return None
        file = self.weights.partition(":")[2] if self.from_ct else self.weights
        return runs.file_hash(Path(file)) if file else SHA256

    def facts(self, config: Config, data: TrainingData) -> dict[str, Any]:
        """What the report and the card say of the training; sessions before this one are kept."""
        used = {
            "training": len(data.train),
            "validation": len(data.validation),
            "extra": len(data.clear) if data.clear else 0,
            "outlined": len(data.lesioned) if data.lesioned else 0,
        }
        file = self.run / runs.FACTS
        before = runs.read_json(file) if self.resume and file.exists() else {}
        return {
            "command": " ".join(["python -m training", *map(without_home, sys.argv[1:])]),
            "config": config.name,
            "seed": config.seed,
            "initial_weights": without_home(self.weights or "none"),
            "initial_weights_sha256": self.weights_hash(),
            "initial_model": described(Path(self.weights)) if self.weights and not self.from_ct else None,
            "split": self.split_file.name,
            "split_sha256": runs.file_hash(self.split_file),
            "split_sizes": runs.part_sizes(self.split),
            "used": used,
            "backend": keras.backend.backend(),
            "precision": keras.mixed_precision.dtype_policy().name,
            "machine": machine_name(),
            "devices": list(devices_beside_processor()),
            "python": platform.python_version(),
            "versions": installed(),
            "commit": commit(),
            "sessions": list(before.get("sessions", [])),
            **{name: before[name] for name in ORIGIN if name in before},
        }
