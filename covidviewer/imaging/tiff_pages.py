"""The pages of a TIFF by its directories (TIFF 6.0 section 2, BigTIFF), without decoding a pixel."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from covidviewer.errors import UnsupportedImage
from covidviewer.imaging.limits import MAX_FRAMES

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _ORIENTATION = 256, 257, 258, 259, 262, 274
_SAMPLES, _PLANAR = 277, 284
_SIZES = {1: 1, 3: 2, 4: 4, 16: 8}
"""Bytes of BYTE, SHORT, LONG and LONG8, which the tags above are written in."""
_DEFAULTS = {_BITS: 1, _COMPRESSION: 1, _PHOTOMETRIC: 1, _ORIENTATION: 1, _SAMPLES: 1, _PLANAR: 1}
_WHOLE_BYTES = (8, 16, 32, 64)
_JPEG = (6, 7)
_WHITE_IS_ZERO, _RGB = 0, 2
_TURNED = range(5, 9)


@dataclass(frozen=True)
class TiffPage:
    """One directory's tags.

    `columns` and `rows` as stored; `orientation` 1 to 8, and where its tag stands in the file, 0 for none.
    """

    columns: int
    rows: int
    bits: int
    compression: int
    photometric: int
    orientation: int
    samples: int
    planar: int
    orientation_at: int

    @property
    def is_turned(self) -> bool:
        """Whether rows and columns are exchanged to show it."""
        return self.orientation in _TURNED

    @property
    def is_plain(self) -> bool:
        """Grey or RGB samples of whole bytes, which stand in the file as they are or compressed without loss."""
        known = self.photometric in (_WHITE_IS_ZERO, 1, _RGB)
        return known and self.bits in _WHOLE_BYTES and self.compression not in _JPEG

    @property
    def is_white_zero(self) -> bool:
        """Whether 0 is white."""
        return self.photometric == _WHITE_IS_ZERO

    @property
    def is_rgb(self) -> bool:
        """Whether the first three samples are colours."""
        return self.photometric == _RGB and self.samples >= 3


def tiff_pages(content: bytes) -> tuple[TiffPage, ...]:
    """All pages, in the order of their chain; the chain ends where it leaves the file or comes back to itself.

    Raises
    ------
    ValueError, LookupError, struct.error
        The first directory is damaged.
    UnsupportedImage
        More than `MAX_FRAMES` pages.
    """
    order: Literal["<", ">"] = "<" if content[:2] == b"II" else ">"
    big = struct.unpack_from(order + "H", content, 2)[0] == 43
    pages: list[TiffPage] = []
    for at in _chain(content, order, big):
        if len(pages) == MAX_FRAMES:
            raise UnsupportedImage("The file has more than {limit} pages.", limit=MAX_FRAMES)
        pages.append(_page(content, order, big, at))
    if not pages:
        raise ValueError("no directory")
    return tuple(pages)


def unturned(content: bytes, page: TiffPage) -> bytes:
    """The file with that page's orientation tag under a private number, which nobody reads: 65,000."""
    if not page.orientation_at:
        return content
    number = (65_000).to_bytes(2, "little" if content[:2] == b"II" else "big")
    return content[: page.orientation_at] + number + content[page.orientation_at + 2 :]


def _chain(content: bytes, order: str, big: bool) -> Iterator[int]:
    offset, count, entry = (order + "Q", order + "Q", 20) if big else (order + "L", order + "H", 12)
    at = struct.unpack_from(offset, content, 8 if big else 4)[0]
    seen: set[int] = set()
    while at and at not in seen and at + struct.calcsize(count) <= len(content):
        seen.add(at)
        yield at
        after = at + struct.calcsize(count) + entry * struct.unpack_from(count, content, at)[0]
        if after + struct.calcsize(offset) > len(content):
            return
        at = struct.unpack_from(offset, content, after)[0]


def _page(content: bytes, order: str, big: bool, at: int) -> TiffPage:
    count, entry = (order + "Q", 20) if big else (order + "H", 12)
    entries, first = struct.unpack_from(count, content, at)[0], at + struct.calcsize(count)
    found, orientation_at = dict(_DEFAULTS), 0
    for place in range(first, min(first + entry * entries, len(content) - entry + 1), entry):
        tag, kind = struct.unpack_from(order + "HH", content, place)
        if (tag in _DEFAULTS or tag in (_WIDTH, _HEIGHT)) and kind in _SIZES:
            found[tag] = _first_value(content, order, big, place, _SIZES[kind])
            orientation_at = place if tag == _ORIENTATION else orientation_at
    return TiffPage(
        columns=found[_WIDTH],
        rows=found[_HEIGHT],
        bits=found[_BITS],
        compression=found[_COMPRESSION],
        photometric=found[_PHOTOMETRIC],
        orientation=found[_ORIENTATION],
        samples=found[_SAMPLES],
        planar=found[_PLANAR],
        orientation_at=orientation_at,
    )


def _first_value(content: bytes, order: str, big: bool, place: int, size: int) -> int:
    values = struct.unpack_from(order + ("Q" if big else "L"), content, place + 4)[0]
    at, room = (place + 12, 8) if big else (place + 8, 4)
    if values * size > room:
        at = struct.unpack_from(order + ("Q" if big else "L"), content, at)[0]
    return int.from_bytes(content[at : at + size], "little" if order == "<" else "big")
