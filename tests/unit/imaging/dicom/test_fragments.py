"""Offset tables that cannot be true (PS3.5 A.4): each frame has its own pixels, or there is a sentence."""

from __future__ import annotations

import struct
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGLSLossless

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.dicom.reader import read_slice
from tests.unit.imaging.dicom.made_dicom import ct, ramp, save

FRAMES = [(ramp(16, 16) + 500 + 100 * step).astype(np.uint16) for step in range(3)]
CODED = [bytes(imagecodecs.jpegls_encode(values)) for values in FRAMES]
STARTS = np.cumsum([0, *(8 + len(frame) + len(frame) % 2 for frame in CODED)])[:3].tolist()


def saved(path: Path, table: bytes, fragments: int = 1, **attributes: bytes) -> Path:
    dataset = ct(FRAMES[0], NumberOfFrames=len(FRAMES), **attributes)
    frames = encapsulate(CODED, fragments_per_frame=fragments, has_bot=False)
    dataset.PixelData = struct.pack("<HHL", 0xFFFE, 0xE000, len(table)) + table + frames[8:]
    dataset["PixelData"].is_undefined_length = True
    return save(dataset, path, JPEGLSLossless)


def basic(*offsets: int) -> bytes:
    return struct.pack(f"<{len(offsets)}L", *offsets)


@pytest.mark.parametrize(
    "table",
    [
        *[b"", basic(*STARTS), basic(0, 0, 0), basic(0, 0, STARTS[2]), basic(*reversed(STARTS)), basic(0)],
        *[basic(0, 2, 4), basic(0, STARTS[1] + 2, STARTS[2]), basic(8, 16, 24), basic(0, 10**6, 10**7)],
        basic(*STARTS, 9),
    ],
)
def test_every_frame_has_its_own_pixels_whatever_the_table_says(tmp_path: Path, table: bytes) -> None:
    path = saved(tmp_path / "a.dcm", table)
    for frame, values in enumerate(FRAMES):
        np.testing.assert_array_equal(read_slice(path, frame).values, values)


def test_an_extended_table_that_names_one_place_twice_is_not_used(tmp_path: Path) -> None:
    lengths = struct.pack("<3Q", *(len(frame) for frame in CODED))
    path = saved(tmp_path / "a.dcm", b"", ExtendedOffsetTable=bytes(24), ExtendedOffsetTableLengths=lengths)
    for frame, values in enumerate(FRAMES):
        np.testing.assert_array_equal(read_slice(path, frame).values, values)


def test_several_fragments_a_frame_and_no_true_table_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.dcm", basic(0, 0, 0), fragments=2)
    with pytest.raises(UnreadableFile, match="header does not match"):
        read_slice(path, 1)
