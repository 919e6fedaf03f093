"""A classifier without a network, and a bundle around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.inference import loading
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.bundle import Bundle
from covidviewer.inference.card import Band, ModelCard, SelfCheckPlan
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.engines.choice import Engines
from covidviewer.inference.engines.report import LITERT_CPU, OPENVINO_CPU, EngineReport, EngineRow, Place
from covidviewer.inference.engines.switch import EngineSwitch
from covidviewer.inference.input_checks import OodDetector
from covidviewer.inference.loading import LoadedModel
from covidviewer.inference.results import Label
from covidviewer.inference.selfcheck import Tolerance
from covidviewer.phantom.slices import Phantom

CHANNELS = 8


class FakeClassifier:
    """Answers with the mean density of what it is fed: 0.9 for COVID above 0.75, else 0.1. Remembers the batches."""

    def __init__(self, engine: str = "fake", fault: Callable[[], Exception] | None = None) -> None:
        self.engine = engine
        self.device = "CPU, 1 thread"
        self.batches: list[int] = []
        self.closed = 0
        self.probability: float | None = None
        self.feature = 1.0
        self._fault = fault

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        assert inputs.dtype == np.float32
        assert inputs.shape[1:] == (224, 224, 2)
        self.batches.append(len(inputs))
        if self._fault is not None:
            raise self._fault()
        first = np.where(inputs[..., 0].mean(axis=(1, 2)) > 0.75, 0.9, 0.1).astype(np.float32)
        if self.probability is not None:
            first = np.full_like(first, self.probability)
        features = np.full((len(inputs), CHANNELS), self.feature, np.float32)
        maps = np.zeros((len(inputs), 7, 7, CHANNELS), np.float32)
        maps[:, 2, 3] = features
        return Predictions(np.stack([first, 1 - first], axis=1), features, maps)

    def close(self) -> None:
        self.closed += 1


def fake_bundle(temperature: float = 1.0, threshold: float = 0.5, offset: float = 0.0) -> Bundle:
    """A bundle whose detector passes features near 1 and refuses far ones."""
    tolerance = Tolerance(0.005, 0.02)
    card = ModelCard(
        version="0.0-fake",
        file="fake.tflite",
        sha256="0" * 64,
        arrays_file="fake.npz",
        arrays_sha256="0" * 64,
        input_size=224,
        framing_version=1,
        labels=(Label.COVID, Label.NON_COVID),
        temperature=temperature,
        offset=offset,
        threshold=threshold,
        bands=(Band(0.0, "low"), Band(0.5, "high")),
        self_check=SelfCheckPlan((1,), MappingProxyType({"cpu": tolerance, "gpu": tolerance}), MappingProxyType({})),
        agreement=MappingProxyType({}),
        training=MappingProxyType({}),
        metrics=MappingProxyType({}),
    )
    kernel = np.stack([np.linspace(0.5, 1, CHANNELS), np.zeros(CHANNELS)], axis=1).astype(np.float32)
    basis = np.eye(CHANNELS, 2, dtype=np.float32)
    ood_detector = OodDetector(
        np.ones(CHANNELS, np.float32), np.ones(CHANNELS, np.float32), basis, np.ones(2, np.float32), 1.0, 2.0
    )
    return Bundle(card, Path("fake.tflite"), kernel, ood_detector, MappingProxyType({}))


def slice_of(phantom: Phantom, name: str = "phantom.dcm") -> Slice:
    """A phantom as the DICOM reader would give it."""
    return Slice(
        phantom.values.copy(),
        Units.HU,
        Source(Path(name), FileKind.DICOM),
        spacing_mm=(phantom.spacing_mm, phantom.spacing_mm),
        modality="CT",
    )


class FakeEngines:
    """In the place of `inference.engines.choice.Engines`: one engine, and perhaps a quicker one."""

    def __init__(self, quicker: FakeClassifier | None = None) -> None:
        self.quicker = quicker

    def faster(self, current: FakeClassifier) -> tuple[FakeClassifier, EngineReport] | None:
        del current
        return None if self.quicker is None else (self.quicker, report_of(OPENVINO_CPU, self.quicker))

    def survey(self, chosen: Place) -> EngineReport:
        return report_of(chosen, FakeClassifier())


def report_of(place: Place, classifier: FakeClassifier, notice: str = "") -> EngineReport:
    """One engine, which computes."""
    return EngineReport((EngineRow(place, classifier.device, chosen=True),), notice)


def fake_model(
    classifier: FakeClassifier | None = None,
    quicker: FakeClassifier | None = None,
    notice: str = "",
    bundle: Bundle | None = None,
) -> LoadedModel:
    """A model that is loaded, with a classifier that a test may ask; a long run goes on with `quicker`."""
    classifier = classifier or FakeClassifier()
    engines = cast("Engines", FakeEngines(quicker))
    analyser = Analyser(classifier, bundle or fake_bundle())
    report = report_of(LITERT_CPU, classifier, notice)
    return LoadedModel(analyser, engines, report, EngineSwitch(engines, analyser, may_change=quicker is not None))


def use_fake_model(monkeypatch: pytest.MonkeyPatch) -> FakeClassifier:
    """Let every command of the command line load a fake model; its classifier."""
    classifier = FakeClassifier()
    monkeypatch.setattr(loading, "load_model", lambda *_choice: fake_model(classifier))
    return classifier
