"""Opacity, measured, against the phantom's own masks; and the arithmetic of bands, sides and volumes."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from covidviewer.imaging.lungs.framing import Framing, frame_lungs
from covidviewer.imaging.lungs.opacity import (
    OPACITY_BANDS,
    Opacity,
    measure_opacity,
    measured_bands,
    opacity_bands_image,
    volumes,
)
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.phantom.slices import Phantom, phantom_slice

SEEDS = range(100, 112)
LESIONS = 4


@cache
def case(seed: int, lesions: int) -> tuple[Phantom, Slice, Framing]:
    """A phantom with its slice in HU and its framing."""
    phantom = phantom_slice(seed, 0.3 + seed % 5 * 0.08, lesions, size=384)
    slice_ = Slice(phantom.values, Units.HU, Source(Path("slice.dcm"), FileKind.DICOM), spacing_mm=(0.9, 0.9))
    framing = frame_lungs(slice_)
    assert isinstance(framing, Framing)
    return phantom, slice_, framing


def measured(seed: int, lesions: int) -> Opacity:
    """The measurement; fails where there is none."""
    _, slice_, framing = case(seed, lesions)
    opacity = measure_opacity(slice_, framing)
    assert opacity is not None
    return opacity


def test_the_share_is_near_the_phantoms_own() -> None:
    errors = [abs(measured(seed, LESIONS).share - case(seed, LESIONS)[0].lesion_share) for seed in SEEDS]
    assert np.median(errors) < 0.012
    assert np.mean(np.array(errors) < 0.02) >= 0.75


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_clear_lungs_have_hardly_any_opacity(seed: int) -> None:
    assert measured(seed, 0).share < 0.03


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_more_lesions_mean_more_opacity(seed: int) -> None:
    assert measured(seed, 0).share < measured(seed, LESIONS).share


def test_both_calibrations_agree() -> None:
    differences = []
    for seed in SEEDS[:6]:
        phantom, slice_, _ = case(seed, LESIONS)
        values = np.clip(np.round((phantom.values + 1350) * (255 / 1500)), 0, 255).astype(np.int16)
        picture = replace(slice_, values=values, units=Units.GREY)
        framing = frame_lungs(picture)
        assert isinstance(framing, Framing)
        opacity = measure_opacity(picture, framing)
        assert opacity is not None
        assert (opacity.calibration, measured(seed, LESIONS).calibration) == ("estimated", "HU")
        differences.append(abs(opacity.share - measured(seed, LESIONS).share))
    assert np.median(differences) < 0.02


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_bands_and_sides_add_up(seed: int) -> None:
    _, slice_, framing = case(seed, LESIONS)
    opacity = measured(seed, LESIONS)
    opacified = sum(share for share, band in zip(opacity.bands, OPACITY_BANDS, strict=True) if band.opacified)
    assert opacified == pytest.approx(opacity.share)
    assert 0.9 < sum(opacity.bands) <= 1 + 1e-9
    lungs = measured_bands(slice_, framing).lungs
    left, right = (int((lungs == side).sum()) for side in (1, 2))
    assert opacity.left is not None
    assert opacity.right is not None
    assert opacity.left * left + opacity.right * right == pytest.approx(opacity.share * (left + right))


def test_the_heart_is_left_out_of_the_lungs() -> None:
    phantom, slice_, framing = case(101, 0)
    opacity = measured(101, 0)
    true_area = float((phantom.lungs > 0).sum()) * 0.9 * 0.9
    assert (framing.lungs > 0).sum() > 1.05 * (phantom.lungs > 0).sum()
    assert opacity.lung_area_mm2 == pytest.approx(true_area, rel=0.06)
    assert slice_.spacing_mm is not None


def test_the_overlay_lies_in_the_hull_and_has_the_slices_size() -> None:
    _, slice_, framing = case(102, LESIONS)
    overlay = opacity_bands_image(slice_, framing)
    assert overlay.shape == slice_.values.shape
    assert overlay.dtype == np.uint8
    assert overlay.max() <= len(OPACITY_BANDS)
    assert (overlay[framing.lungs == 0] > 0).mean() < 0.005


def test_the_overlay_paints_the_phantoms_lesions() -> None:
    phantom, slice_, framing = case(102, LESIONS)
    painted = opacity_bands_image(slice_, framing) >= 3
    assert (painted & phantom.lesions).sum() > 0.8 * phantom.lesions.sum()


def test_a_lung_that_is_not_there_has_no_share() -> None:
    _, slice_, framing = case(103, 0)
    one = replace(framing, lungs=np.where(framing.lungs == 1, framing.lungs, 0).astype(np.uint8))
    opacity = measure_opacity(slice_, one)
    assert opacity is not None
    assert opacity.left is not None
    assert opacity.right is None


def test_a_hull_of_soft_tissue_alone_is_no_lung() -> None:
    _, slice_, framing = case(103, 0)
    values = np.full(slice_.values.shape, 40, np.int16)
    opacity = measure_opacity(replace(slice_, values=values), framing)
    assert opacity is None or opacity.share > 0.5


def test_the_band_table_is_in_order_without_gaps() -> None:
    assert len({band.identity for band in OPACITY_BANDS}) == len(OPACITY_BANDS)
    assert [band.low_hu for band in OPACITY_BANDS] == [None, *(band.high_hu for band in OPACITY_BANDS[:-1])]


def test_a_measurement_survives_json() -> None:
    opacity = measured(104, LESIONS)
    stored = json.loads(json.dumps(asdict(opacity)))
    assert Opacity(**{**stored, "bands": tuple(stored["bands"])}) == opacity


def test_volumes_are_areas_times_distance() -> None:
    slices = [
        Opacity(0.5, 0.5, None, (0.0, 0.5, 0.3, 0.2), "HU", 10_000.0),
        None,
        Opacity(0.0, 0.0, 0.0, (0.1, 0.9, 0.0, 0.0), "HU", 20_000.0),
    ]
    found = volumes(slices, 5.0)
    assert found is not None
    assert (found.lungs_ml, found.opacified_ml) == pytest.approx((150.0, 25.0))
    assert found.bands_ml == pytest.approx((10.0, 115.0, 15.0, 10.0))


@pytest.mark.parametrize(
    ("slices", "distance"),
    [
        ([Opacity(0.1, None, None, (0.0, 0.9, 0.1, 0.0), "HU", 100.0)], None),
        ([Opacity(0.1, None, None, (0.0, 0.9, 0.1, 0.0), "estimated", None)], 5.0),
        ([None, None], 5.0),
    ],
)
def test_without_spacing_there_is_no_volume(slices: list[Opacity | None], distance: float | None) -> None:
    assert volumes(slices, distance) is None


def test_a_512_slice_takes_milliseconds() -> None:
    import cv2

    slice_ = Slice(phantom_slice(7, 0.45, 3).values, Units.HU, Source(Path("slice.dcm"), FileKind.DICOM))
    framing = frame_lungs(slice_)
    assert isinstance(framing, Framing)
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        spent = []
        for _ in range(8):
            start = time.process_time()
            measure_opacity(slice_, framing)
            spent.append(time.process_time() - start)
    finally:
        cv2.setNumThreads(threads)
    assert min(spent) < 0.04  # 10 ms is the aim, told by the benchmark; this catches a slow path on any computer
