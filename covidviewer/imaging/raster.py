"""The picture reader: PNG, JPEG, TIFF, BMP and WebP, 8 and 16 bit, to grey slices. Any thread."""

from __future__ import annotations

import logging
import struct
import zlib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.files import translate_errors
from covidviewer.imaging.modality import narrowed
from covidviewer.imaging.reader_warnings import silence_readers
from covidviewer.imaging.slices import FileKind, Slice, SliceHeader, Source, Units
from covidviewer.imaging.sniff import cannot_open, content_identity

MAX_PIXELS = 64_000_000
MAX_PAGES = 20_000

_FORMATS = {
    FileKind.PNG: ("PNG",),
    FileKind.JPEG: ("JPEG", "MPO"),
    FileKind.TIFF: ("TIFF",),
    FileKind.BMP: ("BMP",),
    FileKind.WEBP: ("WEBP",),
}
"""Pillow's names; no other of its sixty readers is ever asked."""

_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
"""EXIF orientations that exchange rows and columns."""

_DEEP_MODES = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What damaged pictures have been seen to make Pillow raise, beside OSError."""

log = logging.getLogger(__name__)


def read_headers(path: Path, kind: FileKind) -> tuple[SliceHeader, ...]:
    """One header per page of a TIFF, one for any other picture; no pixels are decoded.

    Raises
    ------
    UnreadableFile
        Missing, damaged or cut off.
    UnsupportedImage
        More than `MAX_PIXELS` pixels or `MAX_PAGES` pages.
    """
    with _errors(), _opened(path, kind) as picture:
        identity = content_identity(path)
        headers = []
        for page in range(_pages(picture, kind)):
            picture.seek(page)
            columns, rows = _checked_size(picture)
            if _orientation(picture) in _TURNED:
                columns, rows = rows, columns
            headers.append(SliceHeader(Source(path, kind, page, identity), rows, columns))
        return tuple(headers)


def read_slice(path: Path, kind: FileKind, frame: int = 0) -> Slice:
    """Decode one page.

    Colour becomes luminance; transparency is ignored, for a picture's grey levels are what its pixels say; a picture is
    turned as its EXIF orientation asks. 16-bit grey keeps its 16 bits, 16-bit colour comes with 8.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        As `read_headers`, and when the page does not exist.
    """
    with _errors(), _opened(path, kind) as picture:
        pages = _pages(picture, kind)
        if not 0 <= frame < pages:
            raise UnreadableFile("The file has {pages} pages; page {page} does not exist.", pages=pages, page=frame + 1)
        picture.seek(frame)
        _checked_size(picture)
        upright = ImageOps.exif_transpose(picture) if _orientation(picture) != 1 else picture
        values = narrowed(_grey(upright))
        return Slice(values=values, units=Units.GREY, source=Source(path, kind, frame, content_identity(path)))


def _grey(picture: Image.Image) -> NDArray[Any]:
    """(rows, columns) of any mode; R = G = B = v gives v."""
    if picture.mode in _DEEP_MODES or picture.mode == "L":
        return np.asarray(picture)
    if picture.mode == "1":
        return np.asarray(picture.convert("L"))
    if picture.mode in ("LA", "La"):
        return np.asarray(picture.getchannel(0))
    return np.asarray(picture.convert("RGB").convert("L"))


def _pages(picture: Image.Image, kind: FileKind) -> int:
    """Pages of a TIFF; the first picture alone of animations and of MPO, whose further pictures are previews."""
    if kind is not FileKind.TIFF:
        return 1
    pages = int(getattr(picture, "n_frames", 1))
    if pages > MAX_PAGES:
        raise UnsupportedImage(
            "The file has {pages} pages, more than the limit of {limit}.", pages=pages, limit=MAX_PAGES
        )
    return pages


def _checked_size(picture: Image.Image) -> tuple[int, int]:
    """(columns, rows) as stored, refused above the limit before anything is decoded."""
    columns, rows = picture.size
    if columns * rows > MAX_PIXELS:
        raise _too_large(f"{columns} x {rows} pixels")
    if columns < 1 or rows < 1:
        raise UnreadableFile("The image has no rows or no columns.")
    return columns, rows


def _too_large(size: str) -> UnsupportedImage:
    return UnsupportedImage(
        "The image has {size}, more than the limit of {limit} million.", size=size, limit=MAX_PIXELS // 1_000_000
    )


def _orientation(picture: Image.Image) -> int:
    """EXIF orientation, 1 for none. In a PNG only what stands before the pixels: for the rest Pillow decodes it all."""
    if picture.format == "PNG" and "exif" not in picture.info:
        return 1
    orientation = picture.getexif().get(_ORIENTATION, 1)
    return orientation if orientation in range(1, 9) else 1


def _opened(path: Path, kind: FileKind) -> Image.Image:
    return Image.open(path, formats=_FORMATS[kind])


def _errors() -> AbstractContextManager[None]:
    """Turn any fault of a damaged image into one sentence; the log gets its type alone."""
    silence_readers()
    return translate_errors(_refusal)


def _refusal(fault: Exception) -> CovidViewerError | None:
    if isinstance(fault, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return _too_large("far too many pixels")
    if isinstance(fault, UnidentifiedImageError):
        return UnreadableFile("The image is damaged: its header cannot be read.")
    if isinstance(fault, MemoryError):
        return UnreadableFile("There is not enough memory to read the image.")
    if isinstance(fault, OSError) and fault.errno is not None:
        return cannot_open(fault)
    if isinstance(fault, (OSError, *_FAULTS)):
        log.info("An image file was rejected: %s", type(fault).__name__)
        return UnreadableFile("The image is damaged or truncated.")
    return None
