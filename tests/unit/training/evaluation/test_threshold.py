"""The threshold that clear lungs of another source choose, in the card as the program reads it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from covidviewer.errors import UnreadableFile
from training.data.samples import Sample
from training.evaluation import threshold as module
from training.evaluation.measures import Scored
from training.evaluation.threshold import with_clear_threshold
from training.statistics.calibration import Calibration, sigmoid

LINE = Calibration(temperature=2.0, offset=-0.5)


def scored(logits: list[float]) -> Callable[..., tuple[Scored, None]]:
    count = len(logits)
    names = tuple(f"luna/{at}.png" for at in range(count))
    made = Scored(names, names, np.full(count, -1), np.array(logits), tuple("" for _ in names))
    return lambda *_: (made, None)


def chosen(monkeypatch: pytest.MonkeyPatch, logits: list[float]) -> tuple[Calibration, dict[str, object]]:
    monkeypatch.setattr(module, "score", scored(logits))
    clear: tuple[Sample, ...] = ()
    return with_clear_threshold(None, clear, LINE)  # type: ignore[arg-type]


def test_nineteen_of_twenty_stay_below_it_in_calibrated_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    logits = [2.0 + 0.25 * at for at in range(20)]
    calibration, said = chosen(monkeypatch, logits)
    probability = sigmoid(np.array(logits) / 2 - 0.5)
    assert np.sum(probability < calibration.threshold) == 19
    assert calibration.threshold == pytest.approx(probability[18], abs=2e-4)
    assert (calibration.temperature, calibration.offset) == (2.0, -0.5)
    assert (said["slices"], said["refused"], said["share_below"]) == (20, 0, 0.95)


def test_refused_slices_take_no_part_and_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    calibration, said = chosen(monkeypatch, [-4.0] * 10 + [float("nan")] * 3)
    assert calibration.threshold == 0.5
    assert (said["slices"], said["refused"]) == (10, 3)


def test_where_all_are_refused_there_is_nothing_to_choose_by(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile):
        chosen(monkeypatch, [float("nan")] * 3)
