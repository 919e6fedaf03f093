"""The report's checks of the heat: at whatever size a network is measured, and as the program makes it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from PIL import Image

import tests.tiny_training  # noqa: F401 - chooses Keras' backend
from covidviewer.phantom.slices import phantom_slice
from training.data.framed import read_sample
from training.data.samples import Sample
from training.evaluation.explanation import explanation
from training.evaluation.run_model import RunModel
from training.network.config import Config, Phase
from training.network.network import classifier_of, weights_by_name


def config(pooling: Literal["max", "lungs"]) -> Config:
    """A run of 64 pixels."""
    phase = Phase("all", 64, epochs=1, peak_rate=1e-3, blocks=(1, 1, 1, 1))
    return Config("tiny", (phase,), form="v1.5", pooling=pooling, lesion_weight=1.0)


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    """Two chests."""
    found = []
    for seed in (0, 1):
        path = tmp_path / f"{seed}.png"
        grey = (phantom_slice(seed, 0.45, 1, 192).values + 1350) * (255 / 1500)
        Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(path)
        found.append(Sample(path.name, path, seed))
    return found


@pytest.mark.parametrize("pooling", ["max", "lungs"])
def test_a_network_is_explained_at_another_size_than_it_was_trained_at(
    pooling: Literal["max", "lungs"], samples: list[Sample]
) -> None:
    told = config(pooling)
    weights = weights_by_name(classifier_of(told, told.phases[-1], lesions=True))
    scoring_model = RunModel(told, weights, size=224)
    figures = explanation(scoring_model, told, samples)
    assert figures["slices"] == 2
    assert np.array(figures["phantom_heat"]).shape == (2, 7, 7)
    seen = scoring_model.predict([read_sample(samples[0])], heat=True)
    assert seen.heat is not None
    assert seen.hull is not None
    assert seen.heat[0].sum() == pytest.approx(seen.logits[0] - scoring_model.offset, abs=1e-3)
    if pooling == "lungs":
        assert not seen.heat[0][seen.hull[0] == 0].any()
