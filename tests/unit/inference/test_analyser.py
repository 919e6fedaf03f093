"""From a slice to its result, around a classifier without a network."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from covidviewer.errors import DeviceUnavailable
from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import frame_lungs
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.inference import analyser as module
from covidviewer.inference.analyser import BATCH, NO_NUMBER, STRANGE_SLICE, Analyser
from covidviewer.inference.card import Pooling
from covidviewer.inference.results import Label, Outcome
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import FakeClassifier, fake_bundle, slice_of

CHEST = slice_of(phantom_slice(3, size=128))
NOTHING = Slice(np.zeros((96, 96), np.int16), Units.GREY, Source(Path("black.png"), FileKind.PNG))


def test_a_chest_slice_has_a_score_with_all_that_belongs_to_it() -> None:
    result = Analyser(FakeClassifier(), fake_bundle()).analyse(CHEST)
    assert result.outcome is Outcome.SCORED
    assert result.p_covid is not None
    assert result.logit_covid == pytest.approx(math.log(result.p_covid / (1 - result.p_covid)))
    assert result.framing is not None
    assert result.opacity is not None
    assert result.model_input is not None
    assert result.heat_map is not None
    assert result.heat_map.shape == (7, 7)
    assert result.heat_map.argmax() == 2 * 7 + 3
    assert result.model_version == "0.0-fake"
    assert result.engine == "fake"
    assert result.milliseconds > 0


def test_the_heat_map_of_a_network_that_pools_over_the_lungs_adds_up_over_them() -> None:
    bundle = fake_bundle(temperature=2.0)
    card = replace(bundle.card, pooling=Pooling.LUNGS)
    result = Analyser(FakeClassifier(), replace(bundle, card=card)).analyse(CHEST)
    assert result.heat_map is not None
    assert result.model_input is not None
    cells = result.model_input[..., 1].reshape(7, 32, 7, 32).mean(axis=(1, 3))
    share = cells[2, 3] / cells.sum()
    spoken = np.linspace(0.5, 1, 8).sum()  # the fake's map is 1 in one cell, its head as `fake_bundle` says
    assert result.heat_map[2, 3] == pytest.approx(share * spoken / 2, rel=1e-4)
    assert np.count_nonzero(result.heat_map) == 1


def test_the_temperature_divides_the_log_odds_and_the_offset_is_added() -> None:
    bundles = (fake_bundle(), fake_bundle(2.5), fake_bundle(2.5, offset=-0.4))
    plain, cooled, moved = (Analyser(FakeClassifier(), bundle).analyse(CHEST).logit_covid for bundle in bundles)
    assert plain is not None
    assert cooled == pytest.approx(plain / 2.5)
    assert moved == pytest.approx(plain / 2.5 - 0.4)


@pytest.mark.parametrize(("threshold", "label"), [(0.6, Label.COVID), (0.7, Label.COVID), (0.8, Label.NON_COVID)])
def test_the_label_is_covid_from_the_cards_threshold_on(threshold: float, label: Label) -> None:
    classifier = FakeClassifier()
    classifier.probability = 0.75
    assert Analyser(classifier, fake_bundle(threshold=threshold)).analyse(CHEST).label is label


def test_a_slice_that_a_rule_refuses_never_reaches_the_network() -> None:
    classifier = FakeClassifier()
    result = Analyser(classifier, fake_bundle()).analyse(NOTHING)
    assert result.outcome is Outcome.INDETERMINATE
    assert result.reason.endswith(".")
    assert classifier.batches == []


def test_a_slice_without_lungs_is_indeterminate_with_the_framings_reason() -> None:
    above = slice_of(phantom_slice(3, level=-0.1, size=128))
    result = Analyser(FakeClassifier(), fake_bundle()).analyse(above)
    assert result.outcome is Outcome.INDETERMINATE
    assert "lung" in result.reason.lower()


def test_a_slice_far_from_the_training_slices_has_no_score_but_shows_what_was_seen() -> None:
    classifier = FakeClassifier()
    classifier.feature = 400.0
    result = Analyser(classifier, fake_bundle()).analyse(CHEST)
    assert result.outcome is Outcome.INDETERMINATE
    assert result.p_covid is None
    assert result.ood_score is not None
    assert result.ood_score > 1
    assert result.model_input is not None


def test_a_probability_that_is_no_number_is_a_failure_and_not_a_score() -> None:
    classifier = FakeClassifier()
    classifier.probability = math.nan
    result = Analyser(classifier, fake_bundle()).analyse(CHEST)
    assert (result.outcome, result.reason) == (Outcome.FAILED, NO_NUMBER)


def test_a_lost_device_is_a_failure_with_its_sentence() -> None:
    classifier = FakeClassifier(fault=lambda: DeviceUnavailable("The GPU is gone."))
    result = Analyser(classifier, fake_bundle()).analyse(CHEST)
    assert (result.outcome, result.reason) == (Outcome.FAILED, "The GPU is gone.")
    assert result.framing is not None


def test_a_slice_that_breaks_the_framing_is_a_failure_and_the_next_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_once(slice_: Slice) -> object:
        if slice_ is not CHEST:
            raise ZeroDivisionError
        return frame_lungs(slice_)

    monkeypatch.setattr(module, "frame_lungs", breaks_once)
    strange = slice_of(phantom_slice(4, size=128))
    results = list(Analyser(FakeClassifier(), fake_bundle()).analyse_many([strange, CHEST]))
    assert (results[0].outcome, results[0].reason) == (Outcome.FAILED, STRANGE_SLICE)
    assert results[1].outcome is Outcome.SCORED


def test_a_moved_box_is_what_the_model_saw() -> None:
    analyser = Analyser(FakeClassifier(), fake_bundle())
    box = Box(10.0, 20.0, 90.0, 100.0)
    moved, own = analyser.analyse(CHEST, box), analyser.analyse(CHEST)
    assert moved.framing is not None
    assert moved.framing.box == box
    assert moved.model_input is not None
    assert own.model_input is not None
    assert not np.array_equal(moved.model_input, own.model_input)


def test_many_slices_go_through_the_network_in_batches_and_come_back_in_order() -> None:
    classifier = FakeClassifier()
    slices = [CHEST if k % 3 else NOTHING for k in range(30)]
    results = list(Analyser(classifier, fake_bundle()).analyse_many(slices))
    assert [r.outcome is Outcome.SCORED for r in results] == [bool(k % 3) for k in range(30)]
    assert classifier.batches == [BATCH, 4]


def test_many_slices_are_scored_as_each_alone() -> None:
    slices = [slice_of(phantom_slice(seed, lesions=seed % 2 * 4, size=128)) for seed in range(4)]
    analyser = Analyser(FakeClassifier(), fake_bundle())
    together = [result.p_covid for result in analyser.analyse_many(iter(slices))]
    assert together == [analyser.analyse(one).p_covid for one in slices]


def test_results_of_many_come_before_all_slices_are_read() -> None:
    read = 0

    def reading() -> object:
        nonlocal read
        for _ in range(3 * BATCH):
            read += 1
            yield CHEST

    results = Analyser(FakeClassifier(), fake_bundle()).analyse_many(reading())  # type: ignore[arg-type]
    next(results)
    assert read == BATCH


def test_no_slices_give_no_results() -> None:
    assert list(Analyser(FakeClassifier(), fake_bundle()).analyse_many([])) == []


def test_changing_the_engine_closes_the_old_one_and_signs_with_the_new() -> None:
    first, second = FakeClassifier("first"), FakeClassifier("second")
    analyser = Analyser(first, fake_bundle())
    analyser.change_to(second)
    assert first.closed == 1
    assert analyser.analyse(CHEST).engine == "second"
    analyser.close()
    assert second.closed == 1
