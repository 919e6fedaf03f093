"""What a compressed frame itself announces, checked before a decoder allocates memory or follows an offset."""

from __future__ import annotations

import struct

END_OF_IMAGE = b"\xff\xd9"
"""The last marker of a JPEG or JPEG-LS frame (ITU-T T.81 B.1.1.3)."""

_SIZ = b"\xff\x4f\xff\x51"
"""JPEG 2000: start of codestream, then the SIZ marker (ISO/IEC 15444-1 A.5.1)."""

_SIZ_DEPTH = 42
"""From the start of the codestream to the depth of the first component (Ssiz)."""
_COD, _COD_TRANSFORM = b"\xff\x52", 13
"""The coding style marker and where it names the transform."""

_JP2_BOXES = 4096
"""Boxes before the codestream in a JP2 file, which DICOM forbids and some writers send."""

_RLE_HEADER = 64
_NO_SEGMENT = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}) | {0xF7}
"""JPEG SOF0 to SOF15 (ITU-T T.81 B.1.1.3) without DHT, JPG and DAC; 0xF7 is JPEG-LS (ITU-T T.87)."""


def announced_size(frame: bytes) -> tuple[int, int] | None:
    """(rows, columns) of a JPEG, JPEG-LS, JPEG 2000 or HTJ2K frame, or None when it does not begin as one."""
    if frame[:2] == b"\xff\xd8":
        return _jpeg_size(frame)
    start = frame.find(_SIZ, 0, _JP2_BOXES)
    if start < 0 or len(frame) < start + 24:
        return None
    right, bottom, left, top = (int.from_bytes(frame[start + at : start + at + 4], "big") for at in (8, 12, 16, 20))
    return bottom - top, right - left


def announced_bits(frame: bytes) -> int | None:
    """Bits a sample that a frame's code has, whatever the header stores: of its first component, None where unknown."""
    if frame[:2] == b"\xff\xd8":
        at = _start_of_frame(frame)
        return frame[at + 4] if at is not None else None
    start = frame.find(_SIZ, 0, _JP2_BOXES)
    depth_at = start + _SIZ_DEPTH
    return (frame[depth_at] & 0x7F) + 1 if start >= 0 and depth_at < len(frame) else None


def is_reversible(frame: bytes) -> bool:
    """Whether a JPEG 2000 or HTJ2K frame uses the 5-3 transform, which loses nothing (ISO/IEC 15444-1 A.6.1)."""
    at = frame.find(_COD)
    return 0 <= at < len(frame) - _COD_TRANSFORM and frame[at + _COD_TRANSFORM] == 1


def is_whole_jpeg(frame: bytes) -> bool:
    """Whether a JPEG frame ends with its last marker.

    Behind it is nothing but padding: zeros or 0xFF, or one byte of any value, which some writers leave to make the
    length even.
    """
    end = frame.rstrip(b"\x00\xff")
    return end.endswith(END_OF_IMAGE) or frame[:-1].endswith(END_OF_IMAGE)


def _jpeg_size(frame: bytes) -> tuple[int, int] | None:
    at = _start_of_frame(frame)
    if at is None:
        return None
    return int.from_bytes(frame[at + 5 : at + 7], "big"), int.from_bytes(frame[at + 7 : at + 9], "big")


def _start_of_frame(frame: bytes) -> int | None:
    at = 2
    while at + 9 <= len(frame):
        if frame[at] != 0xFF:
            return None
        marker = frame[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _NO_SEGMENT:
            at += 2
        elif marker in _START_OF_FRAME:
            return at
        else:
            at += 2 + int.from_bytes(frame[at + 2 : at + 4], "big")
    return None


def has_rle_segments(frame: bytes, segments: int) -> bool:
    """True when an RLE frame's header (PS3.5 G.5) names that many segments, in order and within the frame.

    imagecodecs follows the offsets unseen: one beyond the frame ends the process.
    """
    if len(frame) < _RLE_HEADER or not 0 < segments < 16:
        return False
    count, *offsets = struct.unpack("<16L", frame[:_RLE_HEADER])
    used = offsets[:segments]
    return count == segments and used[0] == _RLE_HEADER and used == sorted(set(used)) and used[-1] < len(frame)
