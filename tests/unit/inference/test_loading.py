"""Loading a model: what was chosen reaches the engines, and a choice is kept in a long run."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from covidviewer.errors import UnreadableFile
from covidviewer.inference import loading
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.engines.report import LITERT_CPU, OPENVINO_CPU, EngineReport
from covidviewer.inference.engines.switch import LONG_RUN
from covidviewer.inference.loading import load_model
from tests.unit.services.fakes import FakeClassifier, fake_bundle, report_of


class Asked:
    """Engines that remember what they were asked for."""

    def __init__(self, bundle: Bundle, threads: int) -> None:
        self.threads = threads
        self.choice: tuple[str, str] | None = None

    def choose(self, engine: str, device: str) -> tuple[FakeClassifier, EngineReport]:
        self.choice = (engine, device)
        classifier = FakeClassifier()
        return classifier, report_of(LITERT_CPU, classifier)

    def faster(self, current: FakeClassifier) -> tuple[FakeClassifier, EngineReport]:
        return FakeClassifier("quicker"), report_of(OPENVINO_CPU, FakeClassifier())


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load_bundle", lambda _folder: fake_bundle())
    monkeypatch.setattr(loading, "Engines", Asked)


def test_engine_device_and_threads_reach_the_engines() -> None:
    engines = cast("Asked", load_model("openvino", "cpu", threads=3).engines)
    assert (engines.choice, engines.threads) == (("openvino", "cpu"), 3)


@pytest.mark.parametrize(
    ("engine", "device", "changes"),
    [
        ("auto", "auto", True),
        ("auto", "cpu", True),
        ("litert", "auto", False),
        ("openvino", "cpu", False),
        ("auto", "gpu", False),
    ],
)
def test_a_long_run_changes_the_engine_unless_engine_or_gpu_was_chosen(engine: str, device: str, changes: bool) -> None:
    loaded = load_model(engine, device)
    assert (loaded.switch.scored(LONG_RUN) is not None) is changes
    assert loaded.analyser.engine == ("quicker" if changes else "fake")


def test_a_folder_without_a_model_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    with pytest.raises(UnreadableFile, match="does not contain a model"):
        load_model(folder=tmp_path)
