"""The phantom: the same everywhere, with densities and shares that are true."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image

from covidviewer.imaging.slices import VoiWindow
from covidviewer.phantom.files import (
    LUNG_WINDOW,
    write_phantom_dicom,
    write_phantom_png,
    write_phantom_pngs,
    write_phantom_series,
)
from covidviewer.phantom.slices import Phantom, phantom_series, phantom_slice

SMALL = 192


@pytest.fixture(scope="module")
def clear() -> Phantom:
    return phantom_slice(3, size=SMALL)


@pytest.fixture(scope="module")
def ill() -> Phantom:
    return phantom_slice(3, lesions=4, size=SMALL)


def test_a_seed_is_one_picture_and_another_seed_another(clear: Phantom) -> None:
    again, other = phantom_slice(3, size=SMALL), phantom_slice(4, size=SMALL)
    assert hashlib.sha256(again.values.tobytes()).digest() == hashlib.sha256(clear.values.tobytes()).digest()
    assert not np.array_equal(other.lungs, clear.lungs)


def test_values_are_hounsfield_units_of_air_lung_and_soft_tissue(clear: Phantom) -> None:
    assert clear.values.dtype == np.int16
    assert clear.values.min() >= -1024
    assert -1010 < np.median(clear.values[:10, :10]) < -990
    assert -930 < np.median(clear.values[clear.lungs > 0]) < -820
    middle = clear.values[SMALL // 2 - 30 : SMALL // 2 + 10, SMALL // 2 - 4 : SMALL // 2 + 12]
    assert -100 < np.median(middle) < 80
    assert clear.values.max() > 300


@pytest.mark.parametrize("seed", range(8))
def test_every_seed_has_two_lungs_of_an_adults_size_inside_the_picture(seed: int) -> None:
    phantom = phantom_slice(seed, size=128)
    area_cm2 = [np.count_nonzero(phantom.lungs == side) * phantom.spacing_mm**2 / 100 for side in (1, 2)]
    assert all(60 < area < 260 for area in area_cm2)
    columns = [np.flatnonzero((phantom.lungs == side).any(axis=0)).mean() for side in (1, 2)]
    assert columns[0] < 64 < columns[1]
    edges = np.concatenate([phantom.lungs[[0, -1]].ravel(), phantom.lungs[:, [0, -1]].ravel()])
    assert not edges.any()


def test_patches_lie_in_the_lungs_and_their_share_is_what_the_masks_say(ill: Phantom, clear: Phantom) -> None:
    assert ill.lesions.any()
    assert not (ill.lesions & (ill.lungs == 0)).any()
    assert ill.lesion_share == ill.lesions.sum() / np.count_nonzero(ill.lungs)
    assert clear.lesion_share == 0


def test_patches_change_nothing_but_themselves(ill: Phantom, clear: Phantom) -> None:
    assert np.array_equal(ill.lungs, clear.lungs)
    changed = ill.values.astype(int) - clear.values
    assert np.median(changed[ill.lesions]) > 100
    assert np.count_nonzero(changed[ill.lungs == 0]) < 0.02 * changed.size
    assert changed.min() >= -1


def test_ground_glass_is_hazier_than_lung_and_thinner_than_a_consolidation() -> None:
    haze = phantom_slice(11, lesions=1, size=SMALL)
    density = np.median(haze.values[haze.lesions])
    assert -750 < density < -350


@pytest.mark.parametrize("seed", [0, 5, 9])
def test_lesions_that_are_asked_for_are_there(seed: int) -> None:
    assert phantom_slice(seed, lesions=1, size=SMALL).lesion_share > 0.004


def test_a_slice_above_or_below_the_lungs_has_none() -> None:
    assert not phantom_slice(1, level=-0.1, size=128).lungs.any()
    assert not phantom_slice(1, level=1.3, size=128).lungs.any()


def test_neighbouring_slices_of_a_series_are_alike_and_distant_ones_are_not() -> None:
    stack = [p.lungs > 0 for p in phantom_series(2, slices=24, size=96)]
    overlap = [(a & b).sum() / max(1, int((a | b).sum())) for a, b in itertools.pairwise(stack)]
    assert np.median(overlap) > 0.85
    assert (stack[1] & stack[-3]).sum() / (stack[1] | stack[-3]).sum() < 0.7


def test_a_series_goes_down_in_even_steps_with_all_its_slices() -> None:
    positions = [p.position_mm for p in phantom_series(2, slices=5, size=64)]
    steps = np.diff(positions)
    assert len(positions) == 5
    assert np.allclose(steps, steps[0])
    assert steps[0] > 0
    assert len(list(phantom_series(2, slices=1, size=64))) == 1


def test_a_dicom_series_says_where_each_pixel_is_and_gives_back_the_values(tmp_path: Path) -> None:
    paths = write_phantom_series(tmp_path / "scan", seed=6, slices=3, size=64)
    phantoms = list(phantom_series(6, slices=3, size=64))
    read = [pydicom.dcmread(path) for path in paths]
    for dataset, phantom in zip(read, phantoms, strict=True):
        hu = dataset.pixel_array * float(dataset.RescaleSlope) + float(dataset.RescaleIntercept)
        assert np.array_equal(hu, phantom.values)
        assert float(dataset.PixelSpacing[0]) == pytest.approx(phantom.spacing_mm)
        assert dataset.file_meta.TransferSyntaxUID == pydicom.uid.ExplicitVRLittleEndian
        assert dataset.SOPInstanceUID.is_valid
    heights = [float(dataset.ImagePositionPatient[2]) for dataset in read]
    assert heights == sorted(heights, reverse=True)
    assert len({dataset.SOPInstanceUID for dataset in read}) == 3
    assert len({dataset.SeriesInstanceUID for dataset in read}) == 1


def test_a_dicom_file_is_the_same_bytes_each_time(tmp_path: Path, clear: Phantom) -> None:
    for name in ("a.dcm", "b.dcm"):
        write_phantom_dicom(tmp_path / name, clear, seed=3)
    assert (tmp_path / "a.dcm").read_bytes() == (tmp_path / "b.dcm").read_bytes()


def test_a_png_shows_the_window_from_black_to_white(tmp_path: Path, clear: Phantom) -> None:
    write_phantom_png(tmp_path / "p.png", clear, VoiWindow(-600, 1500))
    with Image.open(tmp_path / "p.png") as picture:
        grey = np.asarray(picture)
    assert grey.shape == clear.values.shape
    assert np.all(grey[clear.values >= 150] == 255)
    assert np.all(grey[clear.values <= -1350 + 2] == 0)
    middle = grey[np.abs(clear.values - LUNG_WINDOW.centre) < 3]
    assert np.all(np.abs(middle.astype(int) - 127) <= 2)


def test_pngs_of_a_series_are_numbered_in_order(tmp_path: Path) -> None:
    paths = write_phantom_pngs(tmp_path / "made", phantom_series(1, slices=3, size=64))
    assert [path.name for path in paths] == ["slice-001.png", "slice-002.png", "slice-003.png"]
    assert all(path.is_file() for path in paths)
