"""A trained network as something that looks at pictures: from file to logit by the program's own framing and gates.

Two of them: a run's averaged weights in float32, and the file that is shipped, as the program runs it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.lungs.framing import INPUT_SIZE, Unframed, frame_lungs, model_input
from covidviewer.imaging.slices import Slice
from covidviewer.inference.activation_map import lungs_map, maximum_map
from covidviewer.inference.bundle import load_bundle, read_arrays
from covidviewer.inference.card import Pooling
from covidviewer.inference.input_checks import FeatureGate, refused_by_distance, refused_by_rule
from training.data.framed import as_grey, read_sample
from training.data.resized import squeezed_input
from training.data.samples import Sample
from training.evaluation.measures import Scored
from training.evaluation.processor import processor
from training.export.head import Head
from training.litert.file import dense_head
from training.network.checkpoint import LAST, load_checkpoint
from training.network.config import Config
from training.network.network import (
    HEAD,
    PARAMETERS,
    TRAINABLE_PARAMETERS,
    assign_by_name,
    body_of,
    classifier_of,
)

BATCH = 32
Change = Callable[[Slice], Slice]


@dataclass(frozen=True, eq=False)
class Seen:
    """What the network made of n pictures.

    Attributes
    ----------
    logits
        (n,) float64 log odds of COVID, uncalibrated; NaN where no lungs were found.
    features
        (n, 2048) float32 pooled features; zeros where no lungs were found.
    reasons
        (n,) why a picture was refused, '' where it was not.
    heat
        (n, rows, columns) float32 class activation in logit units, as the program makes it, when it was asked for.
    hull
        (n, rows, columns) float32 coverage of the lung hull on the same grid, when heat was asked for.
    """

    logits: NDArray[np.float64]
    features: NDArray[np.float32]
    reasons: tuple[str, ...]
    heat: NDArray[np.float32] | None = None
    hull: NDArray[np.float32] | None = None


class Reader(ABC):
    """A network, ready to score.

    Attributes
    ----------
    framed, size, pooling
        Whether its inputs are framed, their edge in pixels, and how its features are made.
    parameters, trainable_parameters
        Of the network.
    direction, offset
        (channels,) and a number: the log odds of COVID are features @ direction + offset.
    gate
        Of the shipped file; None where there is none.
    """

    framed: bool
    size: int
    pooling: Pooling
    parameters: int
    trainable_parameters: int
    direction: NDArray[np.float64]
    offset: float
    gate: FeatureGate | None = None

    @abstractmethod
    def run(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(n, size, size, channels) -> feature maps (n, rows, columns, 2048) and pooled features (n, 2048)."""

    def look(self, pictures: Sequence[Slice], heat: bool = False) -> Seen:
        """Score slices; see `Seen`."""
        inputs: list[NDArray[np.float32]] = []
        reasons: list[str] = []
        for slice_ in pictures:
            made = self.input_of(slice_)
            reasons.append(made if isinstance(made, str) else "")
            if not isinstance(made, str):
                inputs.append(made)
        good = np.array([not reason for reason in reasons], bool)
        logits = np.full(len(pictures), np.nan)
        features = np.zeros((len(pictures), self.direction.size), np.float32)
        heats = hulls = None
        if inputs:
            maps, pooled = self.run(np.stack(inputs))
            features[good] = pooled
            logits[good] = pooled.astype(np.float64) @ self.direction + self.offset
            if heat:
                rows, columns = maps.shape[1:3]
                heats = np.zeros((len(pictures), rows, columns), np.float32)
                hulls = np.zeros_like(heats)
                if self.framed:
                    hulls[good] = [
                        cv2.resize(one[..., 1], (columns, rows), interpolation=cv2.INTER_AREA) for one in inputs
                    ]
                heats[good] = [self.heat_of(one, cells) for one, cells in zip(maps, hulls[good], strict=True)]
        return Seen(logits, features, tuple(reasons), heats, hulls)

    def heat_of(self, feature_map: NDArray[np.float32], cells: NDArray[np.float32]) -> NDArray[np.float32]:
        """(rows, columns) what each cell added to the log odds, of one slice's map and its cells' shares of lung."""
        kernel = np.stack([self.direction, np.zeros_like(self.direction)], axis=1).astype(np.float32)
        if self.pooling is Pooling.LUNGS:
            return lungs_map(feature_map, cells, kernel)
        return maximum_map(feature_map, kernel)

    def input_of(self, slice_: Slice) -> NDArray[np.float32] | str:
        """The network's input, or the reason why there is none."""
        if not self.framed:
            values = slice_.values.astype(np.float32)
            return squeezed_input(np.clip(values, 0, 255).astype(np.uint8), self.size, mirrored=False)
        refused = refused_by_rule(slice_)
        framing = Unframed(refused) if refused else frame_lungs(slice_)
        if isinstance(framing, Unframed):
            return framing.reason
        return np.asarray(self.resized(model_input(slice_, framing)[None])[0])

    def resized(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 224, 224, 2) inputs as the program makes them, at this network's size."""
        if self.size == INPUT_SIZE:
            return inputs
        edge = (self.size, self.size)
        return np.stack([cv2.resize(one, edge, interpolation=cv2.INTER_AREA) for one in inputs]).astype(np.float32)


class KerasReader(Reader):
    """The network of a run in float32; `size` is the edge of its inputs, None for that of the run's last phase."""

    def __init__(self, config: Config, weights: dict[str, NDArray[Any]], size: int | None = None) -> None:
        keras.mixed_precision.set_global_policy("float32")
        phase = config.phases[-1]
        self.framed, self.size, self.pooling = config.framed, size or phase.size, Pooling(config.pooling)
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


class ShippedReader(Reader):
    """The file that is shipped, on the processor, with its gate: what the program computes in a long run.

    `held_out` is the same head fitted without the validation slices.
    """

    framed, size = True, INPUT_SIZE
    parameters, trainable_parameters = PARAMETERS, TRAINABLE_PARAMETERS

    def __init__(self, folder: Path) -> None:
        """Load a model from the folder that `export` wrote. Raises `BrokenModel`."""
        self.bundle = load_bundle(folder)
        self.engine = processor(self.bundle)
        self.gate, self.pooling = self.bundle.gate, self.bundle.card.pooling
        kernel, bias = dense_head(self.bundle.model_file.read_bytes())
        self.direction, self.offset = (kernel[:, 0] - kernel[:, 1]).astype(np.float64), float(bias[0] - bias[1])
        arrays = read_arrays((folder / self.bundle.card.arrays_file).read_bytes())
        self.held_out = Head(arrays["held_out/kernel"], arrays["held_out/bias"])

    def run(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        found = self.engine.predict(inputs)
        return found.feature_maps, found.features


def reader_of(config: Config, run: Path) -> KerasReader:
    """The averaged weights of a run's last checkpoint. Raises `UnreadableFile`."""
    file = run / LAST
    try:
        return KerasReader(config, load_checkpoint(file).average)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFile("The run {folder} has no readable checkpoint.", folder=str(run)) from error


def with_lungs(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(n,) which pictures lungs were found in, of the features that `score` gave."""
    return np.asarray(features.any(axis=1))


def chunks(samples: Sequence[Sample]) -> Iterator[tuple[Sample, ...]]:
    """The samples in parts, so that memory holds few pictures at a time."""
    for at in range(0, len(samples), 4 * BATCH):
        yield tuple(samples[at : at + 4 * BATCH])


def score(
    reader: Reader, samples: Sequence[Sample], groups: Sequence[str] | None = None, change: Change | None = None
) -> tuple[Scored, NDArray[np.float32]]:
    """Scores of files, and their (n, 2048) features, zeros where no lungs were found.

    `change` is applied to each slice first. A slice that the reader's gate refuses has no score.
    """
    parts = []
    for some in chunks(samples):
        pictures = [read_sample(sample) for sample in some]
        parts.append(reader.look([change(as_grey(one)) for one in pictures] if change else pictures))
    names = tuple(sample.name for sample in samples)
    logits = np.concatenate([part.logits for part in parts])
    features = np.concatenate([part.features for part in parts])
    reasons = [reason for part in parts for reason in part.reasons]
    if reader.gate is not None:
        for index, far in enumerate(reader.gate.ood_scores(features)):
            if not reasons[index] and (refused := refused_by_distance(far)):
                logits[index], reasons[index] = np.nan, refused
    labels = np.array([-1 if sample.label is None else sample.label for sample in samples], np.int64)
    return Scored(names, tuple(groups) if groups else names, labels, logits, tuple(reasons)), features
