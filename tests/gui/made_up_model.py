"""A scorer for tests: its score is the mean of its input, and tests can hold it and ask what it did."""

from __future__ import annotations

import math
from dataclasses import replace
from threading import Event

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Unframed, frame_lungs, model_input
from covidviewer.imaging.lungs.opacity import Opacity
from covidviewer.imaging.slices import Slice
from covidviewer.inference.card import Band, ModelCard
from covidviewer.inference.engines.report import LITERT_CPU, OPENVINO_CPU, EngineReport, EngineRow
from covidviewer.inference.results import Label, Outcome, Result
from covidviewer.services.scoring import Scorer
from tests.unit.services.fakes import fake_bundle, fake_model


def made_up_card() -> ModelCard:
    """Two bands, and figures of three tests."""

    def figure(value: float, low: float, high: float) -> dict[str, float]:
        return {"value": value, "low": low, "high": high}

    metrics = {
        "grouped": {
            "auc": figure(0.88, 0.83, 0.92),
            "below_covid": figure(0.2, 0.1, 0.3),
            "above_others": figure(0.1, 0.05, 0.2),
        },
        "random": {"auc": figure(0.99, 0.98, 0.996)},
        "external_disease": {"above_others": figure(0.875, 0.8, 0.94)},
    }
    return replace(fake_bundle().card, bands=(Band(0.0, "low band"), Band(0.5, "high band")), metrics=metrics)


class MadeUpModel(Scorer):
    """Scores until it is told to wait."""

    def __init__(self) -> None:
        super().__init__(fake_model(bundle=replace(fake_bundle(), card=made_up_card())))
        self.report = EngineReport((EngineRow(LITERT_CPU, "made up CPU", chosen=True),))
        self.seen: list[tuple[Slice, Box | None]] = []
        self.closed = False
        self._gate = Event()
        self._gate.set()

    def hold(self) -> None:
        """The next analysis does not come back before `resume`, or five seconds."""
        self._gate.clear()

    def resume(self) -> None:
        """Let it finish."""
        self._gate.set()

    def analyse(self, slice_: Slice, box: Box | None = None) -> Result:
        """The mean density of the crop as a probability."""
        self.seen.append((slice_, box))
        self._gate.wait(5)
        framing = frame_lungs(slice_)
        if isinstance(framing, Unframed):
            return Result(Outcome.INDETERMINATE, reason=framing.reason)
        seen = model_input(slice_, framing, box)
        share = min(0.99, max(0.01, float(seen[..., 0].mean())))
        return Result(
            Outcome.SCORED,
            p_covid=share,
            logit_covid=math.log(share / (1 - share)),
            label=Label.COVID if share >= self.card.threshold else Label.NON_COVID,
            framing=framing,
            opacity=Opacity(0.12, 0.09, 0.15, (0.0, 0.8, 0.1, 0.1), framing.calibration.value),
            heat_map=seen[::32, ::32, 0] - 0.5,
            model_input=seen,
            engine="made up",
            device="CPU",
            model_version="0",
            milliseconds=1.0,
        )

    def measure_engines(self) -> None:
        """Another row."""
        self.report = EngineReport((*self.report.rows, EngineRow(OPENVINO_CPU, "measured CPU")))

    def close(self) -> None:
        """Remember it."""
        self.closed = True
