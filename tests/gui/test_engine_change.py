"""The window changes engines while a series is worked through: each slice once, in order, none by a closed engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import FileKind, Series, Slice, SliceHeader, Source, Units
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.engines.switch import LONG_RUN
from covidviewer.inference.results import Result
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.scoring import Scorer
from covidviewer.ui.state.engine_text import rows_of
from covidviewer.ui.workers.inference import InferenceThread, SeriesRequest, SliceRequest
from covidviewer.ui.workers.slice_store import SliceStore
from tests.unit.services.fakes import FakeClassifier, fake_model

SLICES = LONG_RUN + 21


class Watched(FakeClassifier):
    """Refuses to compute once closed."""

    def predict(self, inputs: np.ndarray) -> Predictions:
        assert not self.closed, "a closed engine was asked"
        return super().predict(inputs)


def chest(number: int) -> Slice:
    values = phantom_slice(3, size=96).values
    return Slice(values, Units.HU, Source(Path(f"{number}.dcm"), FileKind.DICOM))


def test_a_series_and_a_click_go_on_through_a_change_of_engine(qtbot: QtBot) -> None:
    classifier, quicker = Watched(), Watched("quicker")
    model = Scorer(fake_model(classifier, quicker))
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
    assert (classifier.closed, quicker.closed) == (1, 0)
    assert rows_of(model.report)[0][0].startswith("OpenVINO")
    assert thread.stop(5000)
    assert quicker.closed == 1
