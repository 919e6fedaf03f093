"""Scoring files: an answer for each frame, whatever the others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.errors import BrokenModel
from covidviewer.inference.analyser import BATCH
from covidviewer.inference.engines.switch import LONG_RUN
from covidviewer.inference.results import Outcome
from covidviewer.phantom.files import write_phantom_png, write_phantom_pngs
from covidviewer.phantom.slices import phantom_series, phantom_slice
from covidviewer.services.scoring import Scorer
from tests.unit.services.fakes import FakeClassifier, FakeEngines, use_fake_model


@pytest.fixture
def classifier(monkeypatch: pytest.MonkeyPatch) -> FakeClassifier:
    return use_fake_model(monkeypatch)


def test_a_folder_is_scored_first_one_slice_then_in_batches(classifier: FakeClassifier, tmp_path: Path) -> None:
    levels = (0.4, 0.6)
    write_phantom_pngs(tmp_path, phantom_series(2, slices=1 + BATCH + 2, size=128, levels=levels))
    answers = list(Scorer().score([tmp_path]))
    assert [answer.path.name for answer in answers] == [f"slice-{k:03d}.png" for k in range(1, BATCH + 4)]
    assert {answer.result.outcome for answer in answers} == {Outcome.SCORED}
    assert classifier.batches == [1, BATCH, 2]


def test_an_unreadable_file_fails_in_its_place(classifier: FakeClassifier, tmp_path: Path) -> None:
    paths = write_phantom_pngs(tmp_path, phantom_series(2, slices=3, size=128, levels=(0.4, 0.6)))
    paths[1].write_bytes(b"nothing that is a picture")
    outcomes = [answer.result.outcome for answer in Scorer().score(paths)]
    assert outcomes == [Outcome.SCORED, Outcome.FAILED, Outcome.SCORED]


def test_a_broken_model_fails_every_slice_with_its_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(folder: Path | None = None) -> None:
        raise BrokenModel("The model is damaged.")

    monkeypatch.setattr("covidviewer.inference.bundle.load_bundle", broken)
    write_phantom_png(tmp_path / "a.png", phantom_slice(1, size=64))
    scorer = Scorer()
    assert scorer.broken
    assert scorer.notice == "The model is damaged."
    (answer,) = scorer.score([tmp_path / "a.png"])
    assert (answer.result.outcome, answer.result.reason) == (Outcome.FAILED, "The model is damaged.")
    scorer.close()


def test_a_long_run_goes_on_with_a_faster_engine(
    classifier: FakeClassifier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    quicker = FakeClassifier("quicker")
    monkeypatch.setattr(FakeEngines, "quicker", quicker)
    write_phantom_png(tmp_path / "slice-000.png", phantom_slice(2, size=128))
    content = (tmp_path / "slice-000.png").read_bytes()
    for k in range(1, LONG_RUN + BATCH + 4):
        (tmp_path / f"slice-{k:03d}.png").write_bytes(content)
    engines = [answer.result.engine for answer in Scorer().score([tmp_path])]
    assert len(engines) == LONG_RUN + BATCH + 4
    assert engines[: LONG_RUN + 1] == ["fake"] * (LONG_RUN + 1)
    assert engines[LONG_RUN + 1 :] == ["quicker"] * (BATCH + 3)
    assert classifier.closed == 1


def test_a_fall_back_to_the_processor_is_told(classifier: FakeClassifier) -> None:
    assert "using the CPU" in Scorer(device="gpu").notice
    assert Scorer().notice == ""
