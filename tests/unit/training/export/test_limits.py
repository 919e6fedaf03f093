"""A model that an engine computes otherwise than the run's network is not written, and the sentence says in what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.errors import BrokenModel, DeviceUnavailable
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.selfcheck import synthetic_input
from tests.unit.inference.small_model import CHANNELS, reference, small_file, weights
from training.export import package_model
from training.export.limits import check_agreement, check_refusals
from training.export.ood_fit import fit_ood_detector
from training.export.package_model import Slices, refused, write_package
from training.statistics.calibration import Calibration

RIGHT = {
    "slices": 249,
    "labels_changed": 1,
    "mean_probability_difference": 0.005,
    "refused_not_by_float32": 1,
}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"labels_changed": 6}, "gives 6 of 249 slices another label"),
        ({"slices": 12, "labels_changed": 2}, "gives 2 of 12 slices another label"),
        ({"mean_probability_difference": 0.0501}, "probabilities are 0.050 off"),
        ({"mean_probability_difference": float("nan")}, "probabilities are nan off"),
        ({"refused_not_by_float32": 13}, "refuses 13 of 249 slices"),
    ],
)
def test_an_engine_beyond_a_limit_is_named(wrong: dict[str, Any], words: str) -> None:
    check_agreement({"litert-cpu": RIGHT})
    with pytest.raises(BrokenModel, match=words) as said:
        check_agreement({"litert-cpu": RIGHT, "openvino-cpu": RIGHT | wrong})
    assert "openvino-cpu" in str(said.value)
    assert str(said.value).startswith("Nothing was written: ")


def test_one_changed_label_of_eight_is_borne() -> None:
    check_agreement({"litert-gpu": RIGHT | {"slices": 8, "labels_changed": 1}})


def test_a_gate_that_refuses_what_it_was_made_of_is_no_gate() -> None:
    check_refusals({"litert-cpu": 0.05})
    with pytest.raises(BrokenModel, match=r"with openvino-cpu the detector refuses 71 % of the validation slices"):
        check_refusals({"litert-cpu": 0.01, "openvino-cpu": 0.71})
    with pytest.raises(BrokenModel, match=r"with openvino-cpu the detector refuses nan %"):
        check_refusals({"litert-cpu": 0.01, "openvino-cpu": float("nan")})


def test_a_gate_of_both_engines_features_lets_both_pass() -> None:
    """Two engines whose rounding moves features in one direction, each its own way."""
    random = np.random.default_rng(0)
    true = random.normal(4, 0.2, (300, 64))
    shift = random.normal(0, 0.5, 64)
    ours, theirs = ((true + sign * shift).astype(np.float32) ** 2 for sign in (0, 1))
    alone = fit_ood_detector(ours[:200], ours[200:], rank=8)
    assert refused(alone, theirs[200:]).mean() > 0.5
    both = fit_ood_detector(
        np.concatenate([ours[:200], theirs[:200]]), np.concatenate([ours[200:], theirs[200:]]), rank=8
    )
    for some in (ours, theirs):
        assert refused(both, some[200:]).mean() <= 0.02
    assert refused(both, (ours[200:] * 4).astype(np.float32)).all()


class Reference:
    """The network in NumPy; `other` puts another head on it."""

    engine, device = "numpy", "CPU"

    def __init__(self, values: dict[str, NDArray[np.float32]], other: bool) -> None:
        self.values = values | ({"kernel": -values["kernel"]} if other else {})

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        return reference(self.values, inputs)

    def close(self) -> None:
        """Nothing is open."""


class NoGraphics(Reference):
    """Nothing to compute on."""

    def __init__(self, _: Path) -> None:
        super().__init__(weights(), other=False)

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        raise DeviceUnavailable("None here.")


@pytest.mark.parametrize("broken", [False, True])
def test_a_broken_model_is_not_written(broken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_model, "GpuSubprocess", NoGraphics)
    values = weights()
    inputs = np.stack([synthetic_input(seed) for seed in range(60)])
    features = reference(values, inputs).features
    plain = Calibration(1.0, 0.0)
    slices = Slices({"litert-cpu": features[:40]}, {"litert-cpu": features[40:]}, inputs[:12])
    told: list[str] = []

    def shipped() -> None:
        write_package(
            small_file(values), Reference(values, broken), plain, slices, "1.test", tmp_path / "model", told.append
        )

    assert features.shape == (60, CHANNELS)
    if broken:
        with pytest.raises(BrokenModel, match=r"of 12 slices another label"):
            shipped()
        assert not (tmp_path / "model").exists()
    else:
        shipped()
        assert len(list((tmp_path / "model").iterdir())) == 3
