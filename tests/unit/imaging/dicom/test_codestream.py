"""Where a JPEG frame ends (PS3.5 A.4: fragments have an even length, so that writers pad them)."""

from __future__ import annotations

import pytest

from covidviewer.imaging.dicom.codestream import END_OF_IMAGE, is_whole_jpeg

FRAME = b"\xff\xd8" + bytes(range(40))


@pytest.mark.parametrize("padding", [b"", b"\x00", b"\xff", b"\x00\x00\x00", b"\x0f", b"\xe9", b"\xc0"])
def test_a_frame_may_be_padded_by_zeros_or_by_one_byte_of_any_value(padding: bytes) -> None:
    assert is_whole_jpeg(FRAME + END_OF_IMAGE + padding)


@pytest.mark.parametrize("end", [b"", b"\xff", END_OF_IMAGE + b"\x0f\xe9", END_OF_IMAGE[:1] + b"\x00"])
def test_a_frame_that_is_cut_off_or_followed_by_more_is_not_whole(end: bytes) -> None:
    assert not is_whole_jpeg(FRAME + end)
