"""Framing on phantoms: one box for one slice however it is shown, and a reason instead of an exception."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import (
    AIR_HU,
    CALIBRATED_RANGE,
    INPUT_SIZE,
    OUTSIDE,
    TISSUE_HU,
    Calibration,
    Framing,
    Unframed,
    calibrate,
    cut,
    frame_lungs,
    hull_box,
    model_input,
)
from covidviewer.imaging.slices import FileKind, Slice, Source, Units, Values
from covidviewer.phantom.slices import Phantom, phantom_slice

SEEDS = (1, 2, 3)
WINDOWS = ((-600, 1500), (-500, 1400), (-550, 1600), (-600, 1200), (-400, 1500))
ODD = {
    "constant": np.zeros((256, 256), np.float32),
    "NaN": np.full((256, 256), np.nan, np.float32),
    "infinite": np.full((256, 256), np.inf, np.float32),
    "tiny": np.arange(100, dtype=np.float32).reshape(10, 10),
    "a thin strip": np.arange(60_000, dtype=np.float32).reshape(60, 1000) % 255,
    "noise": np.random.default_rng(0).normal(128, 50, (256, 256)).astype(np.float32),
    "half black": np.repeat(np.array([0, 255], np.float32), 128)[:, None] * np.ones((1, 256), np.float32),
    "one bright pixel": np.pad(np.ones((1, 1), np.float32), 127),
}


@cache
def phantom(seed: int, level: float = 0.45) -> Phantom:
    """A phantom of the middle of the lungs at 384 pixels."""
    return phantom_slice(seed, level, lesions=2, size=384)


def grey(values: Values) -> Slice:
    """A Slice of grey levels."""
    return Slice(values, Units.GREY, Source(Path("picture.png"), FileKind.PNG))


def hounsfield(values: Values) -> Slice:
    """A Slice in HU."""
    return Slice(values, Units.HU, Source(Path("slice.dcm"), FileKind.DICOM))


def windowed(values: Values, centre: float, width: float) -> NDArray[np.int16]:
    """HU as an 8-bit picture shows them."""
    return np.clip(np.round((values - (centre - width / 2)) * 255.0 / width), 0, 255).astype(np.int16)


def framed(slice_: Slice) -> Framing:
    """The framing; fails where there is none."""
    found = frame_lungs(slice_)
    assert isinstance(found, Framing), found
    return found


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    height = max(0.0, min(a.bottom, b.bottom) - max(a.top, b.top))
    width = max(0.0, min(a.right, b.right) - max(a.left, b.left))
    area = [(box.bottom - box.top) * (box.right - box.left) for box in (a, b)]
    return height * width / (sum(area) - height * width)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hull_covers_the_lungs_and_little_else(seed: int) -> None:
    truth = phantom(seed)
    hull = framed(hounsfield(truth.values)).lungs
    assert ((hull > 0) & (truth.lungs > 0)).sum() > 0.97 * (truth.lungs > 0).sum()
    for side in (1, 2):
        assert (hull[truth.lungs == side] == side).mean() > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_box_is_the_same_in_five_windows(seed: int) -> None:
    values = phantom(seed).values
    box = framed(hounsfield(values)).box
    for window in WINDOWS:
        assert overlap(box, framed(grey(windowed(values, *window))).box) > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_box_is_the_same_on_the_whole_field_and_on_a_tight_crop(seed: int) -> None:
    values = windowed(phantom(seed).values, -600, 1500)
    box = framed(grey(values)).box
    top, left = max(0, int(box.top)), max(0, int(box.left))
    found = framed(grey(values[top : int(box.bottom), left : int(box.right)].copy())).box
    moved = Box(found.top + top, found.left + left, found.bottom + top, found.right + left)
    assert overlap(box, moved) > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_both_calibrations_give_nearly_the_same_input(seed: int) -> None:
    values = phantom(seed).values
    known, shown = hounsfield(values), grey(windowed(values, -500, 1500))
    a, b = framed(known), framed(shown)
    assert (a.calibration, b.calibration) == (Calibration.HU, Calibration.ESTIMATED)
    inside = model_input(known, a)[..., 1] > 0.99
    difference = model_input(known, a)[inside, 0] - model_input(shown, b, a.box)[inside, 0]
    assert np.median(np.abs(difference)) < 0.07


@pytest.mark.parametrize("level", [0.25, 0.45, 0.65])
def test_turning_the_patient_over_turns_the_box_over(level: float) -> None:
    values = phantom(2, level).values
    supine, prone = framed(hounsfield(values)).box, framed(hounsfield(values[::-1].copy())).box
    assert overlap(supine, Box(384 - prone.bottom, prone.left, 384 - prone.top, prone.right)) > 0.97


def test_mirroring_swaps_the_lungs() -> None:
    values = phantom(1).values
    straight, mirrored = (framed(hounsfield(v)).lungs for v in (values, values[:, ::-1].copy()))
    swapped = np.choose(mirrored[:, ::-1], [0, 2, 1])
    assert (swapped == straight).mean() > 0.99


@pytest.mark.parametrize("level", [-0.4, 1.2])
def test_a_slice_without_lungs_gives_a_sentence(level: float) -> None:
    found = frame_lungs(hounsfield(phantom(1, level).values))
    assert isinstance(found, Unframed)
    assert found.reason.endswith(".")


@pytest.mark.parametrize("name", ODD)
def test_no_picture_raises(name: str) -> None:
    for slice_ in (grey(ODD[name]), hounsfield(ODD[name]), replace(grey(ODD[name]), inverted=True)):
        found = frame_lungs(slice_)
        assert isinstance(found, Unframed)
        assert found.reason.endswith(".")


def test_an_inverted_picture_is_framed_where_the_file_says_so() -> None:
    values = windowed(phantom(3).values, -600, 1500)
    inverted = replace(grey((255 - values).astype(np.int16)), inverted=True)
    assert overlap(framed(grey(values)).box, framed(inverted).box) > 0.99


def test_an_inverted_picture_never_gets_a_silent_wrong_box() -> None:
    values = windowed(phantom(3).values, -600, 1500)
    right = framed(grey(values)).box
    found = frame_lungs(grey((255 - values).astype(np.int16)))
    assert isinstance(found, Unframed) or overlap(found.box, right) > 0.8


@pytest.mark.parametrize("paper", [0, 255])
def test_page_margins_do_not_move_the_box(paper: int) -> None:
    values = windowed(phantom(1).values, -600, 1500)
    page = np.full((500, 520), paper, np.int16)
    page[40 : 40 + 384, 70 : 70 + 384] = values
    found, right = framed(grey(page)).box, framed(grey(values)).box
    assert overlap(Box(found.top - 40, found.left - 70, found.bottom - 40, found.right - 70), right) > 0.9


def test_letters_arrows_and_a_colour_bar_do_not_move_the_box() -> None:
    import cv2

    plain = windowed(phantom(2).values, -600, 1500)
    drawn = plain.astype(np.uint8)
    cv2.putText(drawn, "R 12:34", (6, 24), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
    cv2.arrowedLine(drawn, (120, 150), (150, 180), 255, 3)
    drawn[60:320, 370:380] = np.linspace(255, 0, 260, dtype=np.uint8)[:, None]
    assert overlap(framed(grey(drawn.astype(np.int16))).box, framed(grey(plain)).box) > 0.9


def test_one_lung_gives_a_box_around_that_lung() -> None:
    truth = phantom(1)
    values = truth.values.copy()
    values[truth.lungs == 1] = 40
    hull = framed(hounsfield(values)).lungs
    assert (hull[truth.lungs == 2] > 0).mean() > 0.9
    assert (hull[truth.lungs == 1] > 0).mean() < 0.1


def test_padding_is_not_taken_for_lung() -> None:
    values = phantom(1).values.copy()
    padding = np.zeros(values.shape, bool)
    padding[:, :30] = True
    values[:, :30] = 3000
    padded = replace(hounsfield(values), padding=padding)
    assert overlap(framed(padded).box, framed(hounsfield(phantom(1).values)).box) > 0.95


def test_the_input_is_two_pictures_of_known_range() -> None:
    slice_ = hounsfield(phantom(1).values)
    found = model_input(slice_, framed(slice_))
    assert found.shape == (INPUT_SIZE, INPUT_SIZE, 2)
    assert found.dtype == np.float32
    assert CALIBRATED_RANGE[0] <= found[..., 0].min()
    assert found[..., 0].max() <= CALIBRATED_RANGE[1]
    outside = found[..., 1] == 0
    assert outside.any()
    assert np.all(found[outside, 0] == OUTSIDE)


def test_calibration_is_linear_between_its_points() -> None:
    found = framed(hounsfield(phantom(1).values))
    values = np.array([[AIR_HU, (AIR_HU + TISSUE_HU) / 2, TISSUE_HU, -3000.0, 3000.0]], np.float32)
    assert calibrate(values, found)[0].tolist() == pytest.approx([0.0, 0.5, 1.0, -0.3, 1.3])


@pytest.mark.parametrize("edge", [60, 224, 700])
def test_cutting_a_plane_gives_a_plane(edge: int) -> None:
    rows, columns = np.mgrid[:800, :800].astype(np.float32)
    out = cut(rows + 2 * columns, Box(40, 50, 40 + edge, 50 + edge), fill=0.0)
    step = edge / INPUT_SIZE
    at = 40 + (np.arange(INPUT_SIZE) + 0.5) * step - 0.5, 50 + (np.arange(INPUT_SIZE) + 0.5) * step - 0.5
    inner = slice(3, -3)
    assert np.abs(out - (at[0][:, None] + 2 * at[1]))[inner, inner].max() < 0.6 + step / 2


def test_the_box_is_square_and_four_per_cent_wider_than_the_hull() -> None:
    lungs = np.zeros((100, 200), np.uint8)
    lungs[20:70, 40:140] = 1
    assert hull_box(lungs) == Box(45 - 54, 90 - 54, 45 + 54, 90 + 54)
