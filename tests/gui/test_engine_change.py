"""The window changes engines while a series is worked through: each slice once, in order, none by a closed engine."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import FileKind, Series, Slice, SliceHeader, Source, Units
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.engines.choice import OPENVINO_CPU, EngineReport, EngineRow, Engines
from covidviewer.inference.engines.switch import LONG_RUN, LongRun
from covidviewer.inference.results import Result
from covidviewer.phantom.slices import phantom_slice
from covidviewer.ui.workers.analyser import BundledModel
from covidviewer.ui.workers.inference import InferenceThread, SeriesRequest, SliceRequest
from covidviewer.ui.workers.slice_store import SliceStore
from tests.unit.services.fakes import FakeClassifier, FakeEngines, fake_bundle

SLICES = LONG_RUN + 21


class Watched(FakeClassifier):
    """Refuses to compute once closed."""

    def predict(self, inputs: np.ndarray) -> Predictions:
        assert not self.closed, "a closed engine was asked"
        return super().predict(inputs)


class QuickerEngines(FakeEngines):
    """Finds a faster engine when asked."""

    classifier, other = Watched(), Watched("quicker")

    def faster(self, current: FakeClassifier) -> tuple[FakeClassifier, EngineReport] | None:
        assert current is self.classifier
        return self.other, EngineReport((EngineRow(OPENVINO_CPU, "quicker", chosen=True),))


def chest(number: int) -> Slice:
    values = phantom_slice(3, size=96).values
    return Slice(values, Units.HU, Source(Path(f"{number}.dcm"), FileKind.DICOM))


def test_a_series_and_a_click_go_on_through_a_change_of_engine(qtbot: QtBot) -> None:
    engines = cast("Engines", QuickerEngines(fake_bundle()))
    analyser = Analyser(QuickerEngines.classifier, fake_bundle())
    long_run = LongRun(engines, analyser, QuickerEngines.classifier, may_change=True)
    model = BundledModel(analyser, engines, engines.choose()[1], long_run)
    headers = tuple(SliceHeader(chest(number).source, 96, 96) for number in range(SLICES))
    series = Series("series", headers, chest)
    thread = InferenceThread(SliceStore(10**9), lambda: model)
    found: dict[int, Result] = {}
    order: list[int] = []
    clicked: list[Result] = []
    ended: list[bool] = []

    def keep(_request: object, indices: tuple[int, ...], results: list[Result]) -> None:
        order.extend(indices)
        found.update(zip(indices, results, strict=True))
        if len(order) in (LONG_RUN // 3, LONG_RUN + 4):
            thread.score(SliceRequest(len(order), 1, 0, chest(0)))

    thread.scored_some.connect(keep)
    thread.scored.connect(lambda _request, result: clicked.append(result))
    thread.series_ended.connect(lambda _request, whole: ended.append(whole))
    thread.start()
    thread.score_series(SeriesRequest(1, 1, series, tuple(range(SLICES))))
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)
    assert order == list(range(SLICES))
    names = [found[index].engine for index in order]
    assert names == sorted(names)  # "fake", then "quicker", and never back
    assert LONG_RUN - 2 <= names.count("fake") <= LONG_RUN
    assert {result.logit_covid for result in found.values()} == {found[0].logit_covid}
    assert [result.engine for result in clicked] == ["fake", "quicker"]
    assert (QuickerEngines.classifier.closed, QuickerEngines.other.closed) == (1, 0)
    assert model.engine_rows[0][0].startswith("OpenVINO")
    assert thread.stop(5000)
    assert QuickerEngines.other.closed == 1
