"""Scoring files: an answer for each frame, whatever the others are."""

from __future__ import annotations

from pathlib import Path

from covidviewer.inference.analyser import BATCH
from covidviewer.inference.engines.report import LITERT_CPU, OPENVINO_CPU
from covidviewer.inference.engines.switch import LONG_RUN
from covidviewer.inference.results import Outcome
from covidviewer.phantom.files import write_phantom_png, write_phantom_pngs
from covidviewer.phantom.slices import phantom_series, phantom_slice
from covidviewer.services.scoring import Scorer
from tests.unit.services.fakes import FakeClassifier, fake_model, slice_of


def test_a_folder_is_scored_first_one_slice_then_in_batches(tmp_path: Path) -> None:
    levels = (0.4, 0.6)
    classifier = FakeClassifier()
    write_phantom_pngs(tmp_path, phantom_series(2, slices=1 + BATCH + 2, size=128, levels=levels))
    answers = list(Scorer(fake_model(classifier)).score([tmp_path]))
    assert [answer.path.name for answer in answers] == [f"slice-{k:03d}.png" for k in range(1, BATCH + 4)]
    assert {answer.result.outcome for answer in answers} == {Outcome.SCORED}
    assert classifier.batches == [1, BATCH, 2]


def test_an_unreadable_file_fails_in_its_place(tmp_path: Path) -> None:
    paths = write_phantom_pngs(tmp_path, phantom_series(2, slices=3, size=128, levels=(0.4, 0.6)))
    paths[1].write_bytes(b"nothing that is a picture")
    outcomes = [answer.result.outcome for answer in Scorer(fake_model()).score(paths)]
    assert outcomes == [Outcome.SCORED, Outcome.FAILED, Outcome.SCORED]


def test_a_long_run_goes_on_with_a_faster_engine(tmp_path: Path) -> None:
    classifier, quicker = FakeClassifier(), FakeClassifier("quicker")
    write_phantom_png(tmp_path / "slice-000.png", phantom_slice(2, size=128))
    content = (tmp_path / "slice-000.png").read_bytes()
    for k in range(1, LONG_RUN + BATCH + 4):
        (tmp_path / f"slice-{k:03d}.png").write_bytes(content)
    scorer = Scorer(fake_model(classifier, quicker))
    assert scorer.report.chosen.place == LITERT_CPU
    engines = [answer.result.engine for answer in scorer.score([tmp_path])]
    assert len(engines) == LONG_RUN + BATCH + 4
    assert engines[: LONG_RUN + 1] == ["fake"] * (LONG_RUN + 1)
    assert engines[LONG_RUN + 1 :] == ["quicker"] * (BATCH + 3)
    assert classifier.closed == 1
    assert scorer.report.chosen.place == OPENVINO_CPU


def test_slices_that_are_analysed_one_by_one_make_a_long_run_too() -> None:
    chest = slice_of(phantom_slice(2, size=128))
    scorer = Scorer(fake_model(quicker=FakeClassifier("quicker")))
    engines = [scorer.analyse(chest).engine for _ in range(LONG_RUN + 1)]
    assert engines == ["fake"] * LONG_RUN + ["quicker"]


def test_a_fall_back_to_the_processor_is_told() -> None:
    assert Scorer(fake_model(notice="No suitable GPU was found; using the CPU.")).notice.endswith("using the CPU.")
    assert Scorer(fake_model()).notice == ""
