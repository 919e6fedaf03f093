"""A trained network as something that looks at pictures: from slice to logit by the program's own framing and gates.

Two of them: a run's averaged weights in float32 (`run_model`), and the file that is shipped, as the program runs it
(`shipped_model`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import INPUT_SIZE, Unframed, frame_lungs, model_input
from covidviewer.imaging.slices import Slice
from covidviewer.inference.activation_map import lungs_map, maximum_map
from covidviewer.inference.card import Pooling
from covidviewer.inference.input_checks import OodDetector, rejected_by_rule
from training.data.resized import resized_input

BATCH = 32


@dataclass(frozen=True, eq=False)
class ModelOutputs:
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


class ScoringModel(ABC):
    """A network, ready to score.

    Attributes
    ----------
    framed, size, pooling
        Whether its inputs are framed, their edge in pixels, and how its features are made.
    parameters, trainable_parameters
        Of the network.
    direction, offset
        (channels,) and a number: the log odds of COVID are features @ direction + offset.
    ood_detector
        Of the shipped file; None where there is none.
    """

    framed: bool
    size: int
    pooling: Pooling
    parameters: int
    trainable_parameters: int
    direction: NDArray[np.float64]
    offset: float
    ood_detector: OodDetector | None = None

    @abstractmethod
    def run(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """(n, size, size, channels) -> feature maps (n, rows, columns, 2048) and pooled features (n, 2048)."""

    def predict(self, pictures: Sequence[Slice], heat: bool = False) -> ModelOutputs:
        """Score slices; see `ModelOutputs`."""
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
        return ModelOutputs(logits, features, tuple(reasons), heats, hulls)

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
            return resized_input(np.clip(values, 0, 255).astype(np.uint8), self.size, mirrored=False)
        refused = rejected_by_rule(slice_)
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
