"""Hounsfield values of every pixel format and transfer syntax, exactly those that pydicom gives with other decoders."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, Final

import imagecodecs
import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.processing import apply_modality_lut
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from covidviewer.imaging.dicom.reader import read_slice
from covidviewer.imaging.slices import Units
from tests.unit.imaging.dicom.made_dicom import ct, save, save_compressed

FORMATS: Final = [
    *[(8, 8, False), (8, 8, True), (16, 10, False), (16, 12, False), (16, 12, True)],
    *[(16, 13, True), (16, 16, False), (16, 16, True), (32, 32, True)],
]
"""(bits allocated, bits stored, signed): those that CT scanners and their converters write."""
RESCALES: Final = [(1, -1024), (1, 0), (2, -1000), (0.5, -512), (-1, 100)]
PLAIN: Final = [ImplicitVRLittleEndian, ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian]
OTHER_PLUGINS: Final = {
    JPEGLSLossless: "pyjpegls",
    JPEG2000Lossless: "pylibjpeg",
    JPEGLosslessSV1: "gdcm",
    RLELossless: "pydicom",
}


def stored_values(allocated: int, stored: int, signed: bool) -> NDArray[Any]:
    """(32, 32): the least, the highest, and drawn ones between them."""
    low, high = (-(1 << stored - 1), (1 << stored - 1) - 1) if signed else (0, (1 << stored) - 1)
    values = np.random.default_rng(stored).integers(low, high, (32, 32), endpoint=True)
    values[0, :2] = low, high
    return values.astype(f"{'i' if signed else 'u'}{allocated // 8}")


def dataset_of(values: NDArray[Any], stored: int, slope: float, intercept: float) -> Dataset:
    return ct(values, BitsStored=stored, HighBit=stored - 1, RescaleSlope=slope, RescaleIntercept=intercept)


def by_pydicom(path: Path) -> NDArray[Any]:
    """Values after the modality transform, by pydicom and another decoder than the program's."""
    dataset = pydicom.dcmread(path)
    plugin = OTHER_PLUGINS.get(dataset.file_meta.TransferSyntaxUID, "")
    if plugin:
        dataset.pixel_array_options(decoding_plugin=plugin)
    return np.asarray(apply_modality_lut(dataset.pixel_array, dataset))


@pytest.mark.parametrize("rescale", RESCALES, ids=str)
@pytest.mark.parametrize("pixels", FORMATS, ids=str)
def test_values_are_pydicoms_for_every_pixel_format(
    tmp_path: Path, pixels: tuple[int, int, bool], rescale: tuple[float, float]
) -> None:
    path = save(dataset_of(stored_values(*pixels), pixels[1], *rescale), tmp_path / "a.dcm")
    slice_ = read_slice(path)
    assert slice_.units is Units.HU
    np.testing.assert_array_equal(slice_.values.astype(np.float64), by_pydicom(path).astype(slice_.values.dtype))


@pytest.mark.parametrize("syntax", PLAIN, ids=lambda syntax: syntax.name)
def test_values_are_pydicoms_in_every_plain_syntax(tmp_path: Path, syntax: UID) -> None:
    values = stored_values(16, 12, signed=True)
    dataset = dataset_of(values.byteswap() if syntax == ExplicitVRBigEndian else values, 12, 1, -1024)
    path = save(dataset, tmp_path / "a.dcm", syntax)
    np.testing.assert_array_equal(read_slice(path).values, by_pydicom(path))


def encoded(values: NDArray[Any], syntax: UID) -> bytes:
    """One frame, compressed without loss."""
    if syntax == JPEGLSLossless:
        return bytes(imagecodecs.jpegls_encode(values))
    if syntax == JPEGLosslessSV1:
        return bytes(imagecodecs.ljpeg_encode(values))
    return bytes(imagecodecs.jpeg2k_encode(values, level=0, codecformat="j2k", reversible=True))


@pytest.mark.parametrize(
    ("syntax", "pixels"),
    list(itertools.product(OTHER_PLUGINS, [(16, 12, False), (16, 16, True)])),
    ids=str,
)
def test_values_are_another_decoders_in_every_compressed_syntax(
    tmp_path: Path, syntax: UID, pixels: tuple[int, int, bool]
) -> None:
    values = stored_values(*pixels)
    dataset = dataset_of(values, pixels[1], 1, -1024)
    if syntax == RLELossless:
        path = save_compressed(dataset, tmp_path / "a.dcm")
    else:
        as_written = values.view(np.uint16) if syntax in (JPEGLSLossless, JPEGLosslessSV1) else values
        dataset.PixelData = encapsulate([encoded(as_written, syntax)])
        dataset["PixelData"].is_undefined_length = True
        path = save(dataset, tmp_path / "a.dcm", syntax)
    slice_ = read_slice(path)
    np.testing.assert_array_equal(slice_.values, by_pydicom(path))
    np.testing.assert_array_equal(slice_.values, values.astype(np.int32) - 1024)
