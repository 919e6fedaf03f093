"""What may be scored: the rules with their sentences, and the distance in feature space."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from covidviewer.imaging.slices import FileKind, Geometry, Slice, Source, Units
from covidviewer.inference.input_checks import rejected_by_distance, rejected_by_rule
from training.export.ood_fit import fit_ood_detector

SOURCE = Source(Path("a.dcm"), FileKind.DICOM)
VALUES = np.linspace(-1000, 400, 128 * 128).reshape(128, 128).astype(np.int16)
CHEST = Slice(VALUES, Units.HU, SOURCE, modality="CT", labels={"BodyPartExamined": "CHEST"})
AXIAL = Geometry((0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1))


@pytest.mark.parametrize(
    ("slice_", "word"),
    [
        (replace(CHEST, modality="MR"), "modality is MR"),
        (replace(CHEST, labels={"BodyPartExamined": "HEAD"}), "head"),
        (replace(CHEST, labels={"BodyPartExamined": "Abdomen/Pelvis"}), "abdomen"),
        (replace(CHEST, values=VALUES[:40]), "128 x 40"),
        (replace(CHEST, values=np.full((128, 128), 7, np.int16)), "contrast"),
        (replace(CHEST, geometry=replace(AXIAL, column_direction=(0, 0, -1))), "axial"),
    ],
)
def test_a_rule_refuses_with_its_reason(slice_: Slice, word: str) -> None:
    reason = rejected_by_rule(slice_)
    assert reason is not None
    assert word in reason
    assert reason.endswith(".")


@pytest.mark.parametrize(
    "slice_",
    [
        CHEST,
        replace(CHEST, geometry=AXIAL),
        replace(CHEST, geometry=replace(AXIAL, row_direction=(-1, 0, 0), column_direction=(0, -1, 0))),
        replace(CHEST, labels={"BodyPartExamined": "THORAX"}),
        replace(CHEST, labels={}),
        Slice((VALUES // 8 + 128).astype(np.int16), Units.GREY, replace(SOURCE, kind=FileKind.PNG)),
    ],
)
def test_chest_slices_pass_the_rules(slice_: Slice) -> None:
    assert rejected_by_rule(slice_) is None


def test_a_gantry_tilt_of_thirty_degrees_is_still_axial() -> None:
    tilt = np.deg2rad(30)
    tilted = replace(AXIAL, column_direction=(0.0, float(np.cos(tilt)), float(np.sin(tilt))))
    assert rejected_by_rule(replace(CHEST, geometry=tilted)) is None


def test_the_feature_gate_keeps_its_own_kind_and_turns_others_away() -> None:
    random = np.random.default_rng(0)
    basis = random.normal(size=(8, 256))

    def kind(count: int, shift: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        noise = random.normal(size=(count, 256)) * 0.3
        return (np.maximum(4 + random.normal(size=(count, 8)) @ basis * 0.3 + noise + shift, 0) ** 2).astype(np.float32)

    ood_detector = fit_ood_detector(kind(300, 0.0), kind(200, 0.0), rank=8)
    assert (ood_detector.ood_scores(kind(400, 0.0)) > 1).mean() < 0.03
    assert (ood_detector.ood_scores(kind(50, 1.5)) > 1).all()
    assert (ood_detector.ood_scores(np.zeros((1, 256), np.float32)) > 1).all()


def test_features_that_are_not_numbers_are_infinitely_far() -> None:
    features = np.random.default_rng(1).uniform(1, 2, (60, 32)).astype(np.float32)
    ood_detector = fit_ood_detector(features, features, rank=4)
    broken = np.full((1, 32), np.nan, np.float32)
    assert ood_detector.ood_scores(broken)[0] == np.inf


def test_only_scores_beyond_the_limit_have_a_reason() -> None:
    assert rejected_by_distance(1.0) is None
    assert rejected_by_distance(float("inf")) == rejected_by_distance(1.01) != ""
