"""The probe's figures for scorers whose answers are known beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from covidviewer.imaging.lungs.framing import Framing, frame_lungs, model_input
from covidviewer.imaging.slices import Slice
from covidviewer.inference.results import Label, Outcome, Result
from covidviewer.phantom.files import LUNG_WINDOW, windowed
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import slice_of
from training.data.samples import CLEAR, Sample
from training.evaluation import probe as module
from training.evaluation.probe import changed, probe
from training.evaluation.probe_figures import Bound
from training.evaluation.probe_pairs import Look, touched_cells
from training.evaluation.probe_subjects import Subjects
from training.reporting.probe_table import as_text, cells, table

GRID = 14
FrameResult = Callable[[Slice, Framing], tuple[float, np.ndarray]]


def looking(answer: FrameResult) -> Look:
    """An analyser that says what `answer` says: log odds and heat."""

    def look(slices: Iterable[Slice]) -> Iterator[Result]:
        for slice_ in slices:
            framing = frame_lungs(slice_)
            assert isinstance(framing, Framing)
            logit, heat = answer(slice_, framing)
            yield Result(
                Outcome.SCORED,
                p_covid=float(1 / (1 + np.exp(-logit))),
                logit_covid=logit,
                label=Label.COVID if logit >= 0 else Label.NON_COVID,
                framing=framing,
                heat_map=heat.astype(np.float32),
                model_input=model_input(slice_, framing),
            )

    return look


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, ...]:
    """Six clear pictures of three scans."""
    folder = tmp_path_factory.mktemp("clear")
    samples = []
    for seed in range(6):
        file = folder / f"{seed // 2}_{seed}.png"
        cv2.imwrite(str(file), windowed(phantom_slice(seed, size=256).values, LUNG_WINDOW))
        samples.append(Sample(f"luna/{file.name}", file, CLEAR))
    return tuple(samples)


def subjects(clear: tuple[Sample, ...]) -> Subjects:
    return Subjects(clear=clear, groups=[one.path.name[0] for one in clear], phantoms=0)


def rows(look: Look, asked: Subjects) -> dict[str, Any]:
    found = probe(look, 0.5, asked, lambda _: None)
    json.dumps(found, allow_nan=False)
    return {row["key"]: row for row in found["rows"]}


def knows_clear_ones(clear: tuple[Sample, ...]) -> FrameResult:
    """Knows each clear picture by heart, and what differs from it is the opacity."""

    pictures = [np.asarray(cv2.imread(str(one.path), 0), np.int16) for one in clear]

    def answer(slice_: Slice, framing: Framing) -> tuple[float, np.ndarray]:
        nearest = min(pictures, key=lambda one: float(np.abs(one - slice_.values).sum()))
        mask = nearest != slice_.values
        heat = touched_cells(mask, framing.box, (GRID, GRID)).astype(float)
        return (4.0 if mask.any() else -4.0), heat

    return answer


def test_a_scorer_that_sees_every_opacity_meets_every_bound(clear: tuple[Sample, ...]) -> None:
    answer = knows_clear_ones(clear)
    found = rows(looking(answer), subjects(clear))
    assert found["clear called COVID"]["value"][0] == 0
    assert found["drawn called COVID"]["value"][0] == 1
    assert found["drawn against clear AUC"]["value"][0] == 1
    assert found["strongest cell on the opacity"]["value"][0] == 1
    met = {key: row["met"] for key, row in found.items()}
    assert met["clear called COVID"]
    assert met["drawn called COVID"]
    assert met["strongest cell on the opacity"]
    assert found["clear called COVID"]["n"] == 6


def test_three_scans_that_agree_still_have_an_interval(clear: tuple[Sample, ...]) -> None:
    answer = knows_clear_ones(clear)
    value, low, high = rows(looking(answer), subjects(clear))["drawn called COVID"]["value"]
    assert (value, high) == (1, 1)
    assert low == pytest.approx(0.4385, abs=1e-4)  # Wilson, 3 of 3


def test_a_scorer_that_calls_everything_covid_and_looks_at_the_corner_misses_them(clear: tuple[Sample, ...]) -> None:
    corner = np.zeros((GRID, GRID))
    corner[0, 0] = 1
    found = rows(looking(lambda *_: (2.0, corner)), subjects(clear))
    assert found["clear called COVID"]["value"][0] == 1
    assert found["drawn against clear AUC"]["value"][0] == 0.5
    assert found["strongest cell in the lungs"]["value"][0] == 0
    assert found["positive heat in the lungs"]["value"][0] == 0
    assert not any(found[key]["met"] for key in found if key != "drawn called COVID")


def test_heat_spread_evenly_lies_in_the_lungs_as_often_as_their_area_says(clear: tuple[Sample, ...]) -> None:
    found = rows(looking(lambda *_: (0.5, np.ones((GRID, GRID)))), subjects(clear))
    row = found["positive heat in the lungs"]
    assert f"{row['value'][0] * 100:.1f} %" in row["note"]


def test_phantoms_are_held_against_their_log_odds() -> None:
    def answer(slice_: Slice, _: Framing) -> tuple[float, np.ndarray]:
        lesions = int(str(slice_.source.path).rsplit("-", 1)[1])
        return (3.0 if lesions else -0.5), np.ones((GRID, GRID))

    found = rows(looking(answer), Subjects(phantoms=4))
    assert (found["clear phantoms below"]["value"][0], found["clear phantoms below"]["met"]) == (0, False)
    assert (found["phantoms with opacities above"]["value"][0], found["phantoms with opacities above"]["met"]) == (
        1,
        True,
    )


def test_a_refused_phantom_misses_its_bound() -> None:
    def refusing(slices: Iterable[Slice]) -> Iterator[Result]:
        return (Result(Outcome.INDETERMINATE, "No lungs.") for _ in slices)

    row = rows(refusing, Subjects(phantoms=3))["clear phantoms below"]
    assert row["value"][0] == 0
    assert "3 of 3 refused" in row["note"]


def test_a_score_that_comes_or_goes_has_changed_by_one() -> None:
    assert changed(0.2, 0.7) == pytest.approx(0.5)
    assert (changed(0.2, None), changed(None, 0.2), changed(None, None)) == (1, 1, 0)


def test_of_a_series_only_the_middle_is_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = [0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9]
    samples = [Sample(str(at), Path(str(at)), CLEAR) for at in range(8)]
    monkeypatch.setattr(module, "read_sample", lambda sample: slice_of(phantom_slice(int(sample.name), size=64)))

    def look(slices: Iterable[Slice]) -> Iterator[Result]:
        for score, _ in zip(scores, slices, strict=True):
            label = Label.COVID if score >= 0.5 else Label.NON_COVID
            yield Result(Outcome.SCORED, p_covid=score, logit_covid=float(np.log(score / (1 - score))), label=label)

    found = rows(look, Subjects(normal=samples, phantoms=0))
    assert (found["normal patient called COVID"]["value"][0], found["normal patient called COVID"]["met"]) == (0, True)
    assert "4 of 8 in all" in found["normal patient called COVID"]["note"]
    series = found["normal patient series score"]
    assert (series["value"][0], series["met"]) == (pytest.approx((4 * 0.9 + 0.1) / 5), False)


def test_bounds_hold_at_their_limit() -> None:
    assert Bound(0.05, at_most=True).met(0.05)
    assert not Bound(0.05, at_most=True).met(0.051)
    assert Bound(0.9).met(0.9)
    assert not Bound(0.9, strict=True).met(0.9)
    assert not Bound(0.9).met(float("nan"))
    assert not Bound(0.05, at_most=True).met(float("nan"))


def test_a_normal_series_whose_score_is_the_threshold_misses_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window and the tables count a score from the threshold on as one above it."""
    samples = [Sample(str(at), Path(str(at)), CLEAR) for at in range(5)]
    monkeypatch.setattr(module, "read_sample", lambda sample: slice_of(phantom_slice(int(sample.name), size=64)))

    def look(slices: Iterable[Slice]) -> Iterator[Result]:
        for _ in slices:
            yield Result(Outcome.SCORED, p_covid=0.5, logit_covid=0.0, label=Label.COVID)

    found = rows(look, Subjects(normal=samples, phantoms=0))["normal patient series score"]
    assert (found["value"][0], found["met"]) == (0.5, False)
    assert cells(found)[3:5] == ["below 0.500", "missed"]


def test_the_table_says_met_or_missed_beside_the_bound(clear: tuple[Sample, ...]) -> None:
    answer = knows_clear_ones(clear)
    found = probe(looking(answer), 0.5, subjects(clear), lambda _: None)
    first = table(found)[1]
    assert first[:5] == ["clear lungs: called COVID", first[1], "6", "at most 5.0 %", "met"]
    assert first[1].startswith("0.0 %")
    assert len({line.find("met") for line in as_text(found).splitlines() if "  met" in line}) == 1
