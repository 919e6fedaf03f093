"""What a training run is told: one frozen value per run, written in `training/configs/`. Unknown keys are refused."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from covidviewer.errors import UnreadableFile
from covidviewer.files import first_line, os_error_reason
from covidviewer.imaging.lungs.framing import INPUT_SIZE
from training.batches.augment import Augmentation

Blocks = tuple[int, int, int, int]
Form = Literal["v1", "v1.5"]
Pooling = Literal["max", "lungs"]
RESNET101: Blocks = (3, 4, 23, 3)
HEAD_SCALE = 1 / 32
FRAMED_CHANNELS, PICTURE_CHANNELS = 2, 3
"""Of the network's input: masked crop and hull, or a whole picture in Keras' form."""
CELL = 32
"""Edge in pixels of the input that one cell of the last feature map stands for."""
LEAST_LUNG = 1e-3
"""Cells of lung that the pooled features are divided by at least; an input without a hull has features near zero."""
BUNDLED_WITH_THE_SOURCE = ("paper", "paper_ct", "bundled")


def layers(blocks: Sequence[int]) -> int:
    """Layers with weights: three a block, the first convolution and the head; 101 for ResNet101."""
    return 3 * sum(blocks) + 2


@dataclass(frozen=True)
class Phase:
    """One stretch of training at one depth and size.

    Attributes
    ----------
    name
        Shown in the log; unique within the run.
    size
        Edge of the inputs in pixels.
    blocks
        Residual blocks per stage. When deeper than the phase before, the new blocks start as the identity.
    epochs, batch
        Epochs, each ending with validation and a checkpoint, and labelled slices a step. 0: clear extra slices alone.
    passes
        Times that an epoch goes over the training slices: several where a fast device would mostly validate and save.
    extra
        Further slices a step from the clear extra source (half of them with synthetic opacities); 0 when there is none.
    peak_rate
        Highest learning rate of the one-cycle schedule; `constant` keeps it throughout.
    trained_from
        Beginning of the name of the first layer that is trained: "conv5" for the last stage on, `network.HEAD` for the
        Dense head alone (the paper's first phase), "" for all. Layers before it are frozen, batch-norm statistics too.
    with_validation
        Train on training and validation slices together (the paper's last phase).
    strength
        Of the config's augmentation and of its share of synthetic opacities, 0..1.
    lesioned
        Further slices a step on which people have outlined the lesions (half of them without any, as far as there are
        such); 0 when there are none.
    kept
        Each slice is augmented so many times, and what the frozen layers make of it is kept on disk and used in every
        epoch and every fold; 0: augmented anew each time. Needs `trained_from`.
    """

    name: str
    size: int
    epochs: int
    peak_rate: float
    blocks: Blocks = RESNET101
    batch: int = 48
    extra: int = 16
    constant: bool = False
    trained_from: str = ""
    with_validation: bool = False
    strength: float = 1.0
    passes: int = 1
    lesioned: int = 0
    kept: int = 0

    def __post_init__(self) -> None:
        if not self.batch and not self.extra:
            raise ValueError(f"a step of the phase {self.name} has no slices: neither batch nor extra")
        if self.kept and not self.trained_from:
            raise ValueError(f"the phase {self.name} keeps what frozen layers make, and freezes none")
        if self.kept == 1 and self.extra:
            raise ValueError(f"the phase {self.name} keeps one variant, and clear slices need one with opacities too")


@dataclass(frozen=True)
class Config:
    """A whole run.

    Attributes
    ----------
    phases
        In order.
    optimizer
        "adamw" or "adamax".
    framed
        True: inputs from `imaging.lungs.framing`. False: the whole picture squeezed to a square, as in the paper.
    drawn
        Share of the clear labelled slices that get opacities drawn in, and with them the COVID label.
    average
        Decay a step of the running average of the weights, which is what is evaluated and exported; 0 keeps the plain
        weights.
    head_scale, form, pooling
        See `network.classifier`; 1 is the plain network.
    frozen_statistics
        Batch normalisation keeps the mean and variance that it begins with, measured on the first phase's slices.
    lesion_weight
        Of the lesion head's loss beside the classes'; 0: there is no lesion head.
    seed
        Of weights, order and augmentation; each epoch's randomness depends on it, the phase and the epoch alone.
    """

    name: str
    phases: tuple[Phase, ...]
    optimizer: str = "adamw"
    weight_decay: float = 0.05
    label_smoothing: float = 0.05
    clip_norm: float | None = 1.0
    framed: bool = True
    drawn: float = 0.25
    average: float = 0.99
    head_scale: float = HEAD_SCALE
    form: Form = "v1"
    pooling: Pooling = "max"
    frozen_statistics: bool = False
    lesion_weight: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)
    seed: int = 2020


def applied_size(config: Config) -> int:
    """Edge in pixels of the inputs that a trained network is evaluated and exported with.

    Framed: the program's, whatever the network was trained at.
    """
    return INPUT_SIZE if config.framed else config.phases[-1].size


def load_config(name: str) -> Config:
    """A config by name, or from a file: Python with a CONFIG, or JSON as a run writes it.

    Raises `UnreadableFile` for a file that is none, an unknown key among them.
    """
    if name in BUNDLED_WITH_THE_SOURCE:
        config = importlib.import_module(f"training.configs.{name}").CONFIG
    elif Path(name).suffix == ".py":
        config = python_config(Path(name))
    else:
        try:
            config = config_from(json.loads(Path(name).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            reason = os_error_reason(error) if isinstance(error, OSError) else first_line(error)
            raise UnreadableFile("The config {file} cannot be read: {reason}.", file=name, reason=reason) from error
    if not isinstance(config, Config):
        raise UnreadableFile("The config {file} has no CONFIG of the right kind.", file=name)
    return config


def python_config(file: Path) -> object:
    """CONFIG of a Python file. Raises `UnreadableFile`."""
    spec = importlib.util.spec_from_file_location("own_config", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise UnreadableFile("There is no config file {file}.", file=str(file))
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UnreadableFile(
            "The config {file} cannot be read: {reason}.", file=str(file), reason=first_line(error)
        ) from error
    return getattr(module, "CONFIG", None)


RETIRED: Mapping[type, frozenset[str]] = {Phase: frozenset({"rounded"})}
"""Keys in records of runs that could do what none can now: round activations to int8 while training. Dropped."""


def config_from(values: Mapping[str, Any]) -> Config:
    """A Config from JSON types, as `config_as_json` gives them.

    Raises `UnreadableFile` for an unknown or missing key.
    """
    given = checked(values, Config)
    phases = []
    for phase in given.pop("phases", ()):
        stretch = checked(phase, Phase)
        if "blocks" in stretch:
            stretch["blocks"] = tuple(stretch["blocks"])
        phases.append(Phase(**stretch))
    augmentation = checked(given.pop("augmentation", {}), Augmentation)
    if "scale" in augmentation:
        augmentation["scale"] = tuple(augmentation["scale"])
    try:
        return Config(phases=tuple(phases), augmentation=Augmentation(**augmentation), **given)
    except TypeError as error:
        raise UnreadableFile("The config is incomplete: {reason}.", reason=first_line(error)) from error


def config_as_json(config: Config) -> dict[str, Any]:
    """The config as JSON types."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(config)))
    return plain


def checked(values: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """The values by field of `kind`; raises `UnreadableFile` naming the first key that is none."""
    if not isinstance(values, Mapping):
        raise UnreadableFile(
            "A config holds {kind} values by name, not {found}.", kind=kind.__name__, found=type(values).__name__
        )
    known = [field.name for field in fields(kind)]
    retired = RETIRED.get(kind, frozenset())
    for key in values:
        if key not in known and key not in retired:
            raise UnreadableFile(
                'The config has an unknown key "{key}"; {kind} knows: {known}.',
                key=key,
                kind=kind.__name__,
                known=", ".join(known),
            )
    return {key: value for key, value in values.items() if key not in retired}
