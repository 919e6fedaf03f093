"""Result: what is said of one slice. It never exists without its score or its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import Framing
from covidviewer.imaging.lungs.opacity import Opacity
from covidviewer.inference.training_parts import Part


class Outcome(StrEnum):
    """The three outcomes of an analysis."""

    SCORED = "scored"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Label(StrEnum):
    """The data set's two classes, in the order of the network's outputs."""

    COVID = "COVID"
    NON_COVID = "non-COVID"


@dataclass(frozen=True, eq=False)
class Result:
    """The outcome for one slice.

    Attributes
    ----------
    outcome
        SCORED has `p_covid`, `logit_covid` and `label`; the other two have `reason`, one sentence.
    p_covid
        Calibrated probability 0..1 of the COVID class, or None.
    logit_covid
        Log odds of `p_covid`, or None.
    label
        `p_covid` at or above the card's threshold, or None.
    ood_score
        Distance to the training slices in feature space, 1.0 = the card's limit; None when the network did not run.
    reason
        Why there is no score, or ''.
    framing
        What the model saw: box and hull; None when no lungs were found.
    opacity
        Measured shares of the lungs' area, or None.
    heat_map
        (7, 7) float32 class activation over `framing.box`, turned as the slice is stored, logit units per cell, or
        None; people see of it what lies in the lungs (`activation_map.on_slice`).
    model_input
        (224, 224, 2) float32 as fed to the network, in the standard view, or None; people see `model_input_as_stored`.
    engine, device, model_version
        Who computed it; '' when nothing was computed.
    milliseconds
        Framing, network and calibration together.
    training_set
        What this very slice served for when the model was made, or None.
    """

    outcome: Outcome
    reason: str = ""
    p_covid: float | None = None
    logit_covid: float | None = None
    label: Label | None = None
    ood_score: float | None = None
    framing: Framing | None = None
    opacity: Opacity | None = None
    heat_map: NDArray[np.float32] | None = None
    model_input: NDArray[np.float32] | None = None
    engine: str = ""
    device: str = ""
    model_version: str = ""
    milliseconds: float = 0.0
    training_set: Part | None = None

    def __post_init__(self) -> None:
        scored = self.p_covid is not None and self.logit_covid is not None and self.label is not None
        if scored != (self.outcome is Outcome.SCORED) or scored == bool(self.reason):
            raise ValueError(f"a {self.outcome} result needs either a score or a reason")

    @property
    def model_input_as_stored(self) -> NDArray[np.float32] | None:
        """The model's input, turned as the slice is stored: as it lies beside the slice, or None."""
        if self.model_input is None or self.framing is None:
            return self.model_input
        return self.framing.turn.from_standard(self.model_input)
