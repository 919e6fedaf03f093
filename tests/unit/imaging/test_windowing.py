"""Window functions against the standard's pseudo code, the table against the function, presets, automatic window."""

from __future__ import annotations

from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_windowing

from covidviewer.imaging.slices import FileKind, Slice, Source, Units, Values, VoiWindow, WindowFunction
from covidviewer.imaging.windowing import PRESETS, auto_window, first_window, render, voi

WHOLE_RANGE = np.arange(-32768, 32768, dtype=np.int16).reshape(256, 256)


def slice_of(
    values: Values,
    units: Units = Units.HU,
    padding: NDArray[np.bool_] | None = None,
    windows: tuple[VoiWindow, ...] = (),
) -> Slice:
    return Slice(values, units, Source(Path("a"), FileKind.DICOM), padding=padding, windows=windows)


def by_the_standard(x: float, window: VoiWindow) -> float:
    """PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2, word by word, with an output of 0 to 255."""
    c, w = window.centre, window.width
    if window.function is WindowFunction.SIGMOID:
        return 255 / (1 + exp(-4 * (x - c) / w))
    if window.function is WindowFunction.LINEAR_EXACT:
        if x <= c - w / 2:
            return 0
        return 255 if x > c + w / 2 else ((x - c) / w + 0.5) * 255
    if x <= c - 0.5 - (w - 1) / 2:
        return 0
    return 255 if x > c - 0.5 + (w - 1) / 2 else ((x - (c - 0.5)) / (w - 1) + 0.5) * 255


@pytest.mark.parametrize("function", list(WindowFunction))
@pytest.mark.parametrize(("centre", "width"), [(40, 400), (-600, 1500), (0.5, 2), (100.25, 33.3), (2048, 4096), (7, 1)])
def test_window_functions_follow_the_standard(function: WindowFunction, centre: float, width: float) -> None:
    window = VoiWindow(centre, width, function)
    x = np.linspace(centre - 1.5 * width, centre + 1.5 * width, 301)
    np.testing.assert_allclose(voi(x, window), [by_the_standard(one, window) for one in x], atol=1e-9)


@pytest.mark.parametrize("function", list(WindowFunction))
def test_window_functions_agree_with_pydicom(function: WindowFunction) -> None:
    dataset = Dataset()
    dataset.PhotometricInterpretation, dataset.BitsStored, dataset.PixelRepresentation = "MONOCHROME2", 8, 0
    dataset.WindowCenter, dataset.WindowWidth, dataset.VOILUTFunction = 120, 90, function.value
    stored = np.arange(256, dtype=np.uint8).reshape(16, 16)
    expected = apply_windowing(stored, dataset)
    np.testing.assert_allclose(voi(stored.astype(float), VoiWindow(120, 90, function)), expected, atol=1e-9)


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_the_table_gives_each_int16_value_the_function_rounded(preset: object, inverted: bool) -> None:
    window = next(one.window for one in PRESETS if one is preset)
    levels = np.rint([by_the_standard(float(x), window) for x in WHOLE_RANGE.ravel()]).reshape(256, 256)
    expected = 255 - levels if inverted else levels
    np.testing.assert_array_equal(render(slice_of(WHOLE_RANGE.copy()), window, inverted), expected)


def test_float_and_int32_slices_are_shown_as_int16_ones() -> None:
    values = WHOLE_RANGE[100:140].copy()
    window = VoiWindow(-600, 1500)
    expected = render(slice_of(values), window, inverted=False)
    for other in (values.astype(np.float32), values.astype(np.int32)):
        np.testing.assert_array_equal(render(slice_of(other), window, inverted=False), expected)


def test_not_a_number_and_infinities_are_shown_as_the_ends() -> None:
    values = np.array([[np.nan, -np.inf, np.inf, 40.0]], dtype=np.float32)
    for function in WindowFunction:
        shown = render(slice_of(values), VoiWindow(40, 400, function), inverted=False)
        assert shown[0, :3].tolist() == [0, 0, 255]
        assert shown[0, 3] in (127, 128)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("value", [-3000, 3000])
def test_padding_is_black_inverted_or_not(whole: bool, value: int) -> None:
    values: Values = np.full((2, 2), value, np.int16) if whole else np.full((2, 2), value, np.float32)
    padding = np.array([[True, False], [False, False]])
    for inverted in (False, True):
        bright = 255 if (value > 0) != inverted else 0
        shown = render(slice_of(values, padding=padding), VoiWindow(40, 400), inverted)
        assert shown.tolist() == [[0, bright], [bright, bright]]


def test_rendering_leaves_the_slice_as_it_was_and_gives_a_new_picture_each_time() -> None:
    slice_ = slice_of(WHOLE_RANGE.copy())
    first, second = (render(slice_, VoiWindow(40, 400), inverted=False) for _ in range(2))
    first[:] = 7
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(slice_.values, WHOLE_RANGE)


def test_presets_have_the_widths_and_centres_that_readers_know() -> None:
    known = {
        "lung": (-600, 1500),
        "mediastinum": (40, 400),
        "bone": (350, 2000),
        "abdomen": (50, 400),
        "emphysema": (-850, 500),
    }
    assert {preset.id: (preset.window.centre, preset.window.width) for preset in PRESETS} == known


@pytest.mark.parametrize("kind", [np.int16, np.int32, np.float32])
def test_the_automatic_window_reaches_from_percentile_to_percentile(kind: type) -> None:
    values: NDArray[Any] = np.random.default_rng(3).normal(200, 300, (200, 200)).round().astype(kind)
    values[0, 0], values[0, 1] = 30000, -30000
    window = auto_window(slice_of(values))
    low, high = np.percentile(values, [0.1, 99.9], method="nearest")
    ends = voi(np.array([low, high]), window)
    np.testing.assert_allclose(ends, [0, 255], atol=1e-6)
    inside = voi(np.array([low + 1, high - 1]), window)
    assert 0 < inside[0] < 1
    assert 254 < inside[1] < 255


def test_padding_does_not_move_the_automatic_window() -> None:
    values = np.full((50, 50), -2000, dtype=np.int16)
    values[10:40, 10:40] = np.arange(900).reshape(30, 30)
    padded = auto_window(slice_of(values, padding=values == -2000))
    alone = auto_window(slice_of(values[10:40, 10:40].copy()))
    assert padded == alone


@pytest.mark.parametrize("fill", [0, 5, np.nan])
def test_a_constant_or_empty_slice_has_an_automatic_window_too(fill: float) -> None:
    values = np.full((4, 4), fill, dtype=np.float32)
    assert auto_window(slice_of(values)).width > 0
    if np.isfinite(fill):
        assert auto_window(slice_of(values.astype(np.int16))).width == 1


def test_the_first_window_is_the_files_then_lung_for_hu_then_all_greys_of_a_picture() -> None:
    values = np.arange(256, dtype=np.int16).reshape(16, 16)
    own = VoiWindow(11, 22)
    assert first_window(slice_of(values, windows=(own, VoiWindow(1, 2)))) == own
    assert first_window(slice_of(values)) == PRESETS[0].window
    picture = slice_of(values, units=Units.GREY)
    np.testing.assert_array_equal(render(picture, first_window(picture), inverted=False), values)
    deep = slice_of((values.astype(np.int32) * 300).astype(np.int32), units=Units.GREY)
    assert first_window(deep).name == "auto"
