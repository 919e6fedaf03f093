"""Where the frames of compressed pixel data lie (PS3.5 A.4), also where the offset table is wrong. Decodes none."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, BinaryIO

from covidviewer.imaging.dicom.pydicom_api import encapsulate

Place = tuple[int, int]
"""Where a fragment lies in its file, and its length."""

_ITEM = (0xFFFE, 0xE000)
_HEADER = struct.Struct("<HHL")


def with_usable_table(stream: BinaryIO, frame: int, options: dict[str, Any]) -> tuple[BinaryIO, int, dict[str, Any]]:
    """The same stream, frame and options where the offset table can be true, else a stream of that frame alone.

    An offset table that names one place twice, runs backwards, has another number of places than there are frames, or
    leads to no item, is not used: as many fragments as frames are the frames, and all fragments are one frame.

    Raises
    ------
    ValueError
        The table cannot be true, and the fragments do not tell the frames apart.
    """
    starts, frames = stream.tell(), int(options["number_of_frames"])
    options = dict(options)
    if "extended_offsets" in options and not _is_extended_table(options["extended_offsets"], frames):
        del options["extended_offsets"]
    table = _basic_table(stream)
    after_table = stream.tell()
    usable = not table or (
        _rises(table, frames) and all(_is_item(stream, after_table + at) for at in table[frame : frame + 2])
    )
    stream.seek(starts)
    if usable or "extended_offsets" in options:
        return stream, frame, options
    places = _fragments(stream, after_table)
    if frames not in (1, len(places)):
        raise ValueError("the offset table is wrong, and the fragments are not one a frame")
    wanted = places if frames == 1 else places[frame : frame + 1]
    alone = io.BytesIO(encapsulate([b"".join(_read(stream, place) for place in wanted)], has_bot=False))
    return alone, 0, options | {"number_of_frames": 1}


def frame_places(stream: BinaryIO, options: dict[str, Any]) -> tuple[tuple[Place, ...], int]:
    """(places of the frames where each is one fragment and no table has them, else none; number of fragments).

    The stream stands at the value of the pixel data element.
    """
    table = _basic_table(stream)
    fragments = _fragments(stream, stream.tell())
    alone = not table and "extended_offsets" not in options and len(fragments) == int(options["number_of_frames"])
    return tuple(fragments) if alone else (), len(fragments)


def one_frame(stream: BinaryIO, place: Place, options: dict[str, Any]) -> tuple[BinaryIO, dict[str, Any]]:
    """A stream of the frame at `place` alone, as `with_usable_table` gives, and its options."""
    return io.BytesIO(encapsulate([_read(stream, place)], has_bot=False)), options | {"number_of_frames": 1}


def _rises(offsets: Sequence[int], frames: int) -> bool:
    rising = all(low < high for low, high in pairwise(offsets))
    return len(offsets) == frames and offsets[0] == 0 and rising


def _is_extended_table(table: tuple[Any, Any], frames: int) -> bool:
    offsets, lengths = (struct.unpack(f"<{len(part) // 8}Q", part[: len(part) // 8 * 8]) for part in table)
    return len(offsets) > 0 and len(lengths) == len(offsets) and _rises(offsets, frames)


def _basic_table(stream: BinaryIO) -> tuple[int, ...]:
    """Its offsets; leaves the stream behind it."""
    group, element, length = _HEADER.unpack(stream.read(_HEADER.size))
    if (group, element) != _ITEM:
        raise ValueError("compressed pixel data begin with an item")
    content = stream.read(length)
    return struct.unpack(f"<{len(content) // 4}L", content[: len(content) // 4 * 4])


def _is_item(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    head = stream.read(_HEADER.size)
    return len(head) == _HEADER.size and _HEADER.unpack(head)[:2] == _ITEM


def _fragments(stream: BinaryIO, at: int) -> list[Place]:
    """(place, length) of each, up to the delimiter or the end of the file."""
    found = []
    while _is_item(stream, at):
        stream.seek(at + 4)
        length = int.from_bytes(stream.read(4), "little")
        found.append((at + _HEADER.size, length))
        at += _HEADER.size + length
    return found


def _read(stream: BinaryIO, place: Place) -> bytes:
    stream.seek(place[0])
    return stream.read(place[1])
