"""Compressed frames that are not what they say: refused before they cost memory or time."""

from __future__ import annotations

import time
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import UID, JPEG2000Lossless, JPEGBaseline8Bit, JPEGLosslessSV1, JPEGLSLossless

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.dicom.reader import read_slice
from tests.unit.imaging.dicom.made_dicom import ct, save

LONGEST_S = 0.5
"""Of the processor; a whole frame of this size takes a hundredth of it."""


def saved(frame: bytes, path: Path, syntax: UID, size: int) -> Path:
    bits = np.uint8 if syntax == JPEGBaseline8Bit else np.uint16
    dataset = ct(np.zeros((size, size), bits))
    dataset.PixelData = encapsulate([frame])
    dataset["PixelData"].is_undefined_length = True
    return save(dataset, path, syntax)


def test_a_frame_larger_than_its_header_says_is_not_decoded(tmp_path: Path) -> None:
    frame = bytes(imagecodecs.jpeg2k_encode(np.zeros((512, 512), np.uint16), level=0))
    path = saved(frame, tmp_path / "a.dcm", JPEG2000Lossless, 8)
    with pytest.raises(UnreadableFile, match="cannot be decoded"):
        read_slice(path)


@pytest.mark.parametrize("padding", [b"", b"\x00", b"\xff", b"\xff\x00\x00"])
@pytest.mark.parametrize(("syntax", "lossless"), [(JPEGBaseline8Bit, False), (JPEGLosslessSV1, True)])
def test_a_jpeg_frame_is_read_whole_or_not_at_all(tmp_path: Path, syntax: UID, lossless: bool, padding: bytes) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (128, 128), dtype=np.uint8)
    frame = bytes(imagecodecs.jpeg8_encode(pixels, lossless=lossless, predictor=1 if lossless else None))
    whole = read_slice(saved(frame + padding, tmp_path / "whole.dcm", syntax, 128)).values
    np.testing.assert_array_equal(whole, imagecodecs.jpeg8_decode(frame))
    for kept in (0.3, 0.7, 0.99):
        with pytest.raises(UnreadableFile, match="cannot be decoded"):
            read_slice(saved(frame[: int(len(frame) * kept)] + padding, tmp_path / "cut.dcm", syntax, 128))


@pytest.mark.parametrize("kept", [0.05, 0.5, 0.999])
def test_a_jpeg_ls_frame_that_is_cut_off_is_refused_at_once(tmp_path: Path, kept: float) -> None:
    pixels = np.random.default_rng(1).integers(0, 4096, (128, 128), dtype=np.uint16)
    frame = bytes(imagecodecs.jpegls_encode(pixels))
    np.testing.assert_array_equal(read_slice(saved(frame, tmp_path / "whole.dcm", JPEGLSLossless, 128)).values, pixels)
    path = saved(frame[: int(len(frame) * kept)], tmp_path / "cut.dcm", JPEGLSLossless, 128)
    started = time.process_time()
    with pytest.raises(UnreadableFile, match="cannot be decoded"):
        read_slice(path)
    assert time.process_time() - started < LONGEST_S
