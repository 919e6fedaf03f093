"""Bits beside the stored value (PS3.5 8.1.1): none of them reaches a pixel, in whatever code the frame is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import imagecodecs
import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.uid import (
    JPEG2000,
    UID,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.dicom.reader import read_slice
from tests.unit.imaging.dicom.made_dicom import ct, save, save_compressed

STORED = 12
VALUES = np.random.default_rng(1).integers(-1024, 2000, (32, 32)).astype(np.int16)
CELLS: Final[dict[str, tuple[NDArray[Any], NDArray[Any], int]]] = {
    "copies of the sign": (VALUES, VALUES.view(np.uint16), 1),
    "sign without copies": (VALUES, VALUES.view(np.uint16) & 0x0FFF, 1),
    "overlay above": (VALUES + 1024, (VALUES + 1024).view(np.uint16) | 0x1000, 0),
    "overlay above signs": (VALUES, (VALUES.view(np.uint16) & 0x0FFF) | 0x5000, 1),
}
"""Values, the 16-bit cells that hold them, and Pixel Representation."""
CODES: Final[dict[UID, Callable[[NDArray[Any]], Any]]] = {
    JPEGLSLossless: imagecodecs.jpegls_encode,
    JPEG2000Lossless: lambda cells: imagecodecs.jpeg2k_encode(cells, codecformat="j2k", reversible=True),
    JPEG2000: lambda cells: imagecodecs.jpeg2k_encode(cells, codecformat="j2k", reversible=True),
    HTJ2KLossless: lambda cells: imagecodecs.htj2k_encode(cells, reversible=True),
    JPEGLosslessSV1: lambda cells: imagecodecs.jpeg8_encode(cells, lossless=True, predictor=1, bitspersample=16),
}


def coded(cells: NDArray[Any], path: Path, syntax: UID, **attributes: Any) -> Path:
    dataset = ct(cells, BitsStored=STORED, HighBit=STORED - 1)
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    if syntax == RLELossless:
        return save_compressed(dataset, path)
    if syntax in CODES:
        dataset.PixelData = encapsulate([bytes(CODES[syntax](cells))])
        dataset["PixelData"].is_undefined_length = True
    return save(dataset, path, syntax)


@pytest.mark.parametrize(
    "syntax", [*CODES, RLELossless, ExplicitVRLittleEndian, ExplicitVRBigEndian], ids=lambda one: one.name
)
@pytest.mark.parametrize("kind", CELLS)
def test_only_the_stored_bits_are_the_value(tmp_path: Path, kind: str, syntax: UID) -> None:
    values, cells, representation = CELLS[kind]
    if syntax == ExplicitVRBigEndian:
        path = coded(cells, tmp_path / "a.dcm", syntax, PixelData=cells.astype(">u2").tobytes())
    else:
        path = coded(cells, tmp_path / "a.dcm", syntax)
    if representation:
        path.write_bytes(path.read_bytes().replace(*representation_of(syntax)))
    np.testing.assert_array_equal(read_slice(path).values, values)


def representation_of(syntax: UID) -> tuple[bytes, bytes, int]:
    """(before, after, times): the element (0028,0103) as 0 and as 1."""
    if syntax == ExplicitVRBigEndian:
        return b"\x00\x28\x01\x03US\x00\x02\x00\x00", b"\x00\x28\x01\x03US\x00\x02\x00\x01", 1
    return b"\x28\x00\x03\x01US\x02\x00\x00\x00", b"\x28\x00\x03\x01US\x02\x00\x01\x00", 1


def test_signed_codes_of_jpeg_2000_keep_their_values(tmp_path: Path) -> None:
    dataset = ct(VALUES, BitsStored=STORED, HighBit=STORED - 1)
    dataset.PixelData = encapsulate([bytes(imagecodecs.jpeg2k_encode(VALUES, codecformat="j2k", reversible=True))])
    dataset["PixelData"].is_undefined_length = True
    np.testing.assert_array_equal(read_slice(save(dataset, tmp_path / "a.dcm", JPEG2000Lossless)).values, VALUES)


def test_what_overshoots_in_a_lossy_code_is_cut_off_and_never_wraps(tmp_path: Path) -> None:
    cells = np.where(np.indices((32, 32)).sum(axis=0) % 7 < 3, 4095, 0).astype(np.uint16)
    frame = bytes(imagecodecs.jpeg2k_encode(cells, codecformat="j2k", reversible=False, level=35))
    decoded = imagecodecs.jpeg2k_decode(frame)
    assert decoded.max() > 4095
    dataset = ct(cells, BitsStored=STORED, HighBit=STORED - 1, PixelData=encapsulate([frame]))
    dataset["PixelData"].is_undefined_length = True
    values = read_slice(save(dataset, tmp_path / "a.dcm", JPEG2000)).values
    np.testing.assert_array_equal(values, np.minimum(decoded, 4095))


@pytest.mark.parametrize("high", [12, 13, 15])
@pytest.mark.parametrize(
    "syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian, RLELossless, JPEGLSLossless],
    ids=lambda one: one.name,
)  # fmt: skip
def test_a_high_bit_elsewhere_is_honoured(tmp_path: Path, syntax: UID, high: int) -> None:
    values = (VALUES + 1024).view(np.uint16)
    cells = (values << (high + 1 - STORED)).astype(np.uint16)
    pixels = {"PixelData": cells.astype(">u2").tobytes()} if syntax == ExplicitVRBigEndian else {}
    path = coded(cells, tmp_path / "a.dcm", syntax, HighBit=high, **pixels)
    np.testing.assert_array_equal(read_slice(path).values, values)


@pytest.mark.parametrize("high", [5, 16, 200])
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, RLELossless], ids=lambda one: one.name)
def test_a_high_bit_that_cannot_be_is_refused(tmp_path: Path, syntax: UID, high: int) -> None:
    path = coded(VALUES.view(np.uint16), tmp_path / "a.dcm", syntax, HighBit=high)
    with pytest.raises(UnreadableFile, match="header does not match"):
        read_slice(path)
