"""What a file proposes to show its values in: windows in their order, and look-up tables as pydicom applies them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from covidviewer.imaging.dicom.reader import read_slice
from covidviewer.imaging.slices import VoiTable, VoiWindow, WindowFunction
from covidviewer.imaging.windowing import first_window, render, voi
from tests.unit.imaging.dicom.made_dicom import ct, save

CURVE = np.round(4095 * (np.arange(300) / 299) ** 0.4).astype(np.uint16)
"""12 bits, steep at the beginning: no window looks like it."""


def table(first: int, entries: NDArray[Any] = CURVE, bits: int = 12, name: str = "") -> Dataset:
    """An item of a VOI LUT Sequence, its data as words."""
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if first < 0 else "US", [len(entries) % 65536, first, bits])
    item.LUTExplanation = name
    item.add_new("LUTData", "OW", entries.astype("<u2").tobytes())
    return item


def by_pydicom(dataset: Dataset, bits: int) -> NDArray[np.float64]:
    """Grey levels of the screen, 0 to 255."""
    values = apply_modality_lut(np.asarray(dataset.pixel_array), dataset).astype(np.int32)
    return np.asarray(apply_voi_lut(values, dataset) * (255 / (2**bits - 1)))


def test_windows_come_in_the_files_order_and_nonsense_is_left_out(tmp_path: Path) -> None:
    path = save(
        ct(
            WindowCenter=[-600, 40, 0, 7],
            WindowWidth=[1500, 400, 0, 0.5],
            WindowCenterWidthExplanation=["LUNG", "SOFT", "BAD", "BAD"],
        ),
        tmp_path / "a.dcm",
    )
    assert read_slice(path).windows == (VoiWindow(-600, 1500, name="LUNG"), VoiWindow(40, 400, name="SOFT"))
    exact = save(ct(WindowCenter=0.5, WindowWidth=0.5, VOILUTFunction="LINEAR_EXACT"), tmp_path / "b.dcm")
    assert read_slice(exact).windows == (VoiWindow(0.5, 0.5, WindowFunction.LINEAR_EXACT),)


@pytest.mark.parametrize("first", [-150, 0, 37])
@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian])
def test_a_table_shows_what_pydicom_shows(tmp_path: Path, first: int, syntax: Any) -> None:
    values = np.arange(-400, 800, dtype=np.int16).reshape(30, 40)
    dataset = ct(values, VOILUTSequence=Sequence([table(first)]))
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm", syntax))
    (window,) = slice_.windows
    expected = by_pydicom(dataset, 12)
    np.testing.assert_allclose(voi(slice_.values.astype(float), window), expected, atol=1e-9)
    np.testing.assert_array_equal(render(slice_, window, inverted=False), np.rint(expected))
    np.testing.assert_array_equal(render(slice_, window, inverted=True), 255 - np.rint(expected))


@pytest.mark.parametrize(("kind", "bits"), [(np.uint8, 8), (np.uint16, 16), (np.uint16, 10)])
def test_every_depth_of_entries_reaches_from_black_to_white(tmp_path: Path, kind: type, bits: int) -> None:
    entries: NDArray[Any] = np.linspace(0, 2**bits - 1, 256).astype(kind)
    dataset = ct(np.arange(256, dtype=np.uint16).reshape(16, 16), VOILUTSequence=Sequence([table(0, entries, bits)]))
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm"))
    shown = voi(slice_.values.astype(float), slice_.windows[0])
    np.testing.assert_allclose(shown, by_pydicom(dataset, bits), atol=1e-9)
    assert (float(shown.min()), float(shown.max())) == (0.0, 255.0)


def test_all_65536_entries_can_be_used_and_8_bit_entries_be_packed(tmp_path: Path) -> None:
    entries = (np.arange(65536) ** 2 % 65521).astype(np.uint16)
    values = np.array([[0, 1, 40000], [65534, 65535, 777]], dtype=np.uint16)
    dataset = ct(values, VOILUTSequence=Sequence([table(0, entries, 16)]), RescaleSlope=None, RescaleIntercept=None)
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm"))
    np.testing.assert_allclose(voi(slice_.values.astype(float), slice_.windows[0]), by_pydicom(dataset, 16), atol=1e-9)
    packed = table(0, np.zeros(256), 8)
    packed.LUTData = bytes(range(255, -1, -1))
    bytes_ = read_slice(save(ct(np.array([[0, 255]], np.uint8), VOILUTSequence=Sequence([packed])), tmp_path / "b.dcm"))
    assert voi(bytes_.values.astype(float), bytes_.windows[0]).tolist() == [[255, 0]]


def test_a_negative_first_value_is_understood_where_it_was_written_unsigned(tmp_path: Path) -> None:
    values = (np.arange(256, dtype=np.uint16) + 900).reshape(16, 16)
    dataset = ct(values, RescaleIntercept=-1024, VOILUTSequence=Sequence([table(65536 - 100)]))
    (window,) = read_slice(save(dataset, tmp_path / "a.dcm")).windows
    assert (window.centre, window.width) == (-100 + 150, 300)


def test_a_big_endian_table_is_read_in_its_order(tmp_path: Path) -> None:
    item = table(0)
    item.LUTData = CURVE.astype(">u2").tobytes()
    values = np.array([[0, 150, 299]], dtype=np.int16)
    dataset = ct(values.byteswap(), VOILUTSequence=Sequence([item]))
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm", ExplicitVRBigEndian))
    np.testing.assert_allclose(
        voi(slice_.values.astype(float), slice_.windows[0])[0], CURVE[[0, 150, 299]] * (255 / 4095), atol=1e-9
    )


def test_windows_come_before_tables_and_all_can_be_chosen(tmp_path: Path) -> None:
    items = [table(0, name="Lung curve"), table(-500, name="Bone curve")]
    dataset = ct(WindowCenter=40, WindowWidth=400, VOILUTSequence=Sequence(items), Modality="MR")
    slice_ = read_slice(save(dataset, tmp_path / "a.dcm"))
    assert [window.name for window in slice_.windows] == ["", "Lung curve", "Bone curve"]
    assert first_window(slice_) == VoiWindow(40, 400)
    only = read_slice(save(ct(VOILUTSequence=Sequence(items), Modality="MR"), tmp_path / "b.dcm"))
    assert first_window(only).name == "Lung curve"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"LUTDescriptor": None},
        {"LUTData": None},
        {"LUTData": b""},
        {"LUTDescriptor": [300, 0, 0]},
        {"LUTDescriptor": [300, 0, 99]},
        {"LUTDescriptor": [300, 0]},
    ],
)
def test_a_table_that_makes_no_sense_is_left_out(tmp_path: Path, spoilt: dict[str, Any]) -> None:
    item = table(0)
    for keyword, value in spoilt.items():
        if value is None:
            del item[keyword]
        else:
            item[keyword].value = value
    slice_ = read_slice(save(ct(WindowCenter=1, WindowWidth=9, VOILUTSequence=Sequence([item])), tmp_path / "a.dcm"))
    assert slice_.windows == (VoiWindow(1, 9),)


def test_a_stretched_table_keeps_its_ends_and_its_shape() -> None:
    window = VoiWindow(150.0, 300.0, table=VoiTable(CURVE.astype("<u2").tobytes(), 12))
    wide = replace(window, width=600.0)
    assert voi(np.array([-150.0, 449.0, -9999.0, 9999.0]), wide).tolist() == [0.0, 255.0, 0.0, 255.0]
    places = np.linspace(0, 1, 50)
    np.testing.assert_allclose(voi(-150 + places * 599, wide), voi(places * 299, window), atol=1.5)
    assert voi(np.array([0.0, 1000.0]), replace(window, width=1.0)).tolist() == [0.0, 255.0]
