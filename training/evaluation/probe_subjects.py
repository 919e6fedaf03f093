"""What the probe looks at and with what: folders of slices by the names of `--external`, a model or a run to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.slices import Series, Slice
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.bundle import Bundle, load_bundle
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.input_checks import FeatureGate
from training.data.external import DICOM, group_of, series
from training.data.folders import luna_samples
from training.data.samples import CLEAR, COVID, Sample
from training.evaluation.probe import Subjects
from training.evaluation.processor import processor

if TYPE_CHECKING:
    from training.evaluation.scoring import Reader

DEPTHS = (0.4, 0.5, 0.6)
"""Of a DICOM series, the slices that are stored otherwise: about where both lungs are whole."""
AXIAL = 0.99


def subjects_in(folders: Mapping[str, Path]) -> Subjects:
    """Subjects of the folders "luna" (odd scans), "ctmd" and "dicom"; what is missing stays empty."""
    luna, ctmd, scans = (folders.get(name) for name in ("luna", "ctmd", DICOM))
    clear = [Sample(f"luna/{one.name}", one.path, CLEAR) for one in luna_samples(luna, even=False)] if luna else []
    return Subjects(
        clear=clear,
        groups=[group_of(one) for one in clear],
        upright=upright_slices(scans) if scans else (),
        normal=series(ctmd / "normal001", CLEAR) if ctmd else (),
        ill=series(ctmd / "P001", COVID) if ctmd else (),
    )


def upright_slices(folder: Path) -> tuple[Slice, ...]:
    """Slices in the middle of each axial DICOM series in and under a folder, of those that can be read."""
    found = []
    for one in open_paths([folder]).series:
        for at in sorted({round(depth * (len(one) - 1)) for depth in DEPTHS}):
            slice_ = readable(one, at)
            if slice_ and slice_.geometry and abs(slice_.geometry.normal[2]) > AXIAL:
                found.append(slice_)
    return tuple(found)


def readable(series_: Series, at: int) -> Slice | None:
    """One slice; None where it cannot be decoded."""
    try:
        return series_.read_slice(at)
    except CovidViewerError:
        return None


class RunClassifier:
    """A run's network in the place of an engine."""

    engine, device = "keras", "float32 weights"

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        """See `covidviewer.inference.classifier.Classifier`."""
        maps, features = self._reader.run(self._reader.resized(inputs))
        logits = features.astype(np.float64) @ self._reader.direction + self._reader.offset
        probability = 0.5 * (1 + np.tanh(logits / 2))
        both = np.stack([probability, 0.5 * (1 + np.tanh(-logits / 2))], axis=1)
        return Predictions(both.astype(np.float32), features, maps)

    def close(self) -> None:
        """Nothing to release."""


def analyser_of_model(folder: Path | None) -> Analyser:
    """The program's analyser of an exported model, None being the bundled one. Raises `BrokenModel`."""
    bundle = load_bundle(folder)
    return Analyser(processor(bundle), bundle)


def analyser_of_run(reader: Reader, name: str, temperature: float, offset: float) -> Analyser:
    """The same around a run's float32 weights, with its calibration and without a gate."""
    return Analyser(RunClassifier(reader), bundle_of_run(reader, name, temperature, offset))


def bundle_of_run(reader: Reader, name: str, temperature: float, offset: float) -> Bundle:
    """The bundled model's numbers with the run's head and calibration, and a gate that refuses nothing."""
    shipped = load_bundle()
    card = replace(
        shipped.card,
        version=name,
        temperature=temperature,
        offset=offset,
        threshold=0.5,
        pooling=reader.pooling,
    )
    kernel = (np.stack([reader.direction, -reader.direction], axis=1) / 2).astype(np.float32)
    channels = reader.direction.size
    open_gate = FeatureGate(
        np.zeros(channels, np.float32),
        np.ones(channels, np.float32),
        np.zeros((channels, 1), np.float32),
        np.ones(1, np.float32),
        1.0,
        float("inf"),
    )
    return replace(shipped, card=card, kernel=kernel, gate=open_gate)
