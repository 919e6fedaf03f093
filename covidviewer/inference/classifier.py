"""The Classifier protocol: arrays in, predictions out. The only part of an engine that others import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FEATURES, GRID = 2048, 7
"""Channels and edge of the last feature map."""


@dataclass(frozen=True, eq=False)
class Predictions:
    """What the network said of n inputs, not yet calibrated.

    Attributes
    ----------
    probabilities
        (n, 2) float32, columns in the order of the card's labels: COVID, non-COVID.
    features
        (n, 2048) float32, pooled over the feature map as the card says.
    feature_maps
        (n, 7, 7, 2048) float32, the last convolution's output, axes (n, row, column, channel).
    """

    probabilities: NDArray[np.float32]
    features: NDArray[np.float32]
    feature_maps: NDArray[np.float32]


class Classifier(Protocol):
    """An engine with the network loaded. Owned by one thread: construct, call and close it there."""

    @property
    def engine(self) -> str:
        """Short name: "litert", "openvino"; training's reference says "tensorflow"."""

    @property
    def device(self) -> str:
        """What computes, for people: "CPU, 2 threads", "GPU (SwiftShader)"."""

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """Run the network on `inputs` (n, 224, 224, 2): masked crop in -0.3..1.3 and hull in 0..1.

        `imaging.lungs.framing` makes them. Any n is allowed; the engine pads to its fixed batches. Raises
        `DeviceUnavailable` when the device is lost.
        """

    def close(self) -> None:
        """Release the engine's memory. Calling it twice is harmless."""


def joined(parts: Sequence[Predictions]) -> Predictions:
    """One after the other; at least one part."""
    return Predictions(
        np.concatenate([part.probabilities for part in parts]),
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.feature_maps for part in parts]),
    )


def empty_predictions() -> Predictions:
    """What is said of no inputs."""
    return Predictions(
        np.zeros((0, 2), np.float32),
        np.zeros((0, FEATURES), np.float32),
        np.zeros((0, GRID, GRID, FEATURES), np.float32),
    )
