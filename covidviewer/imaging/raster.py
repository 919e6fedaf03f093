"""The picture reader: PNG, JPEG, TIFF, BMP and WebP, of any depth, to grey slices. Any thread.

Pillow has no mode for colour or alpha of 16 bits, for signed bytes and for several other samples of a TIFF, and gives 8
bits or wrong values: those are decoded by imagecodecs, whose libpng and libtiff know all of them.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.files import translate_errors
from covidviewer.imaging.jpeg_markers import number_of_scans
from covidviewer.imaging.limits import MAX_PIXELS, MAX_SCANS, MAX_SIDE, SMALL_FILE_BYTES, TRUSTED_FRAME_BYTES
from covidviewer.imaging.luminance import luminance
from covidviewer.imaging.modality import smallest_dtype
from covidviewer.imaging.outside import Strange, takes_strange_files
from covidviewer.imaging.reader_warnings import silence_readers
from covidviewer.imaging.slices import FileKind, Slice, SliceHeader, Source, Units
from covidviewer.imaging.sniff import cannot_open, content_identity
from covidviewer.imaging.tiff_pages import TiffPage, tiff_pages, unturned

_PNG_SIDES = struct.Struct(">16xII")
"""Where a PNG names its columns and rows (IHDR)."""
_PNG_BYTES = 8
"""Of a pixel at most: four samples of 16 bits."""
_PNG_DEPTH, _DEEP = 24, 16
"""Where a PNG names its bits a sample (IHDR), and those that Pillow cuts to 8 beside a colour."""
_BEHIND = b"\x5a" * 64
"""What a whole JPEG may carry behind its last block without a pixel becoming another."""
_WEIGHTS = (0.299, 0.587, 0.114)

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

END_OF_IMAGE = b"\xff\xd9"
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
        More than `MAX_PIXELS` pixels or `MAX_FRAMES` pages.
    Strange
        To be read in a decoder process.
    """
    with _errors():
        _check_ordinary(path, kind)
        if kind is FileKind.TIFF:
            return _tiff_headers(path)
        with _opened(path, kind) as picture:
            columns, rows = _checked_size(picture.size)
            if _orientation(picture) in _TURNED:
                columns, rows = rows, columns
            return (SliceHeader(Source(path, kind, 0, content_identity(path)), rows, columns),)


def _tiff_headers(path: Path) -> tuple[SliceHeader, ...]:
    identity, headers = content_identity(path), []
    for number, page in enumerate(tiff_pages(path.read_bytes())):
        columns, rows = _checked_size((page.columns, page.rows))
        if page.is_turned:
            columns, rows = rows, columns
        headers.append(SliceHeader(Source(path, FileKind.TIFF, number, identity), rows, columns))
    return tuple(headers)


def read_slice(path: Path, kind: FileKind, frame: int = 0) -> Slice:
    """Decode one page.

    Colour becomes luminance; transparency is ignored, for a picture's grey levels are what its pixels say; a picture is
    turned as its orientation asks. All bits of a sample are kept.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        As `read_headers`, and when the page does not exist.
    Strange
        To be read in a decoder process.
    """
    with _errors():
        _check_ordinary(path, kind)
        grey = _tiff_page(path, frame) if kind is FileKind.TIFF else _picture(path, kind, frame)
        source = Source(path, kind, frame, content_identity(path))
        return Slice(values=smallest_dtype(grey), units=Units.GREY, source=source)


def _check_ordinary(path: Path, kind: FileKind) -> None:
    """Raise `Strange` but for an ordinary PNG, whose cost is bounded by its pixels and the size of its file."""
    if takes_strange_files():
        return
    if kind is FileKind.PNG and path.stat().st_size <= SMALL_FILE_BYTES:
        with path.open("rb") as stream:
            columns, rows = _PNG_SIDES.unpack(stream.read(_PNG_SIDES.size))
        if columns * rows * _PNG_BYTES <= TRUSTED_FRAME_BYTES:
            return
    raise Strange


def _picture(path: Path, kind: FileKind, frame: int) -> NDArray[Any]:
    """The first picture alone of animations and of MPO, whose further pictures are previews."""
    _check_page(frame, 1)
    with _opened(path, kind) as picture:
        _checked_size(picture.size)
        orientation = _orientation(picture)
        if kind is FileKind.PNG:
            content = path.read_bytes()
            deep = _whole_png(content)
            if content[_PNG_DEPTH] == _DEEP and picture.mode not in _DEEP_MODES:
                return _turned(_grey_samples(deep, deep.shape[-1] >= len(_WEIGHTS)), orientation)
        if kind is FileKind.JPEG:
            content = path.read_bytes()
            if number_of_scans(content) > MAX_SCANS:
                raise UnsupportedImage("The image has more than {limit} scans.", limit=MAX_SCANS)
            _check_whole_jpeg(content, picture)
        return _grey(ImageOps.exif_transpose(picture) if orientation != 1 else picture)


def _tiff_page(path: Path, frame: int) -> NDArray[Any]:
    content = path.read_bytes()
    pages = tiff_pages(content)
    _check_page(frame, len(pages))
    page = pages[frame]
    _checked_size((page.columns, page.rows))
    if not page.is_plain:
        # Pillow turns a TIFF itself, and exchanges rows and columns of uncompressed ones before it reads them.
        with Image.open(io.BytesIO(unturned(content, page)), formats=_FORMATS[FileKind.TIFF]) as picture:
            picture.seek(frame)
            return _turned(_grey(picture), page.orientation)
    samples: NDArray[Any] = imagecodecs.tiff_decode(content, index=frame)
    if page.samples > 1:
        samples = np.moveaxis(samples, 0, -1) if page.planar != 1 else samples
    elif samples.ndim > 2:
        samples = samples.reshape(page.rows, page.columns)
    if samples.shape[:2] != (page.rows, page.columns) or samples.dtype.kind not in "iuf":
        raise UnsupportedImage("The samples of this TIFF page are not supported.")
    grey = _grey_samples(samples, page.is_rgb)
    return _turned(_black_is_zero(grey, page), page.orientation)


def _black_is_zero(grey: NDArray[Any], page: TiffPage) -> NDArray[Any]:
    return ~grey if page.is_white_zero and grey.dtype.kind == "u" else grey


def _check_page(frame: int, pages: int) -> None:
    if not 0 <= frame < pages:
        raise UnreadableFile("The file has {pages} pages; page {page} does not exist.", pages=pages, page=frame + 1)


def _whole_png(content: bytes) -> NDArray[Any]:
    """The samples, or a refusal: Pillow shows rows that are not there as black."""
    pixels: NDArray[Any] = imagecodecs.png_decode(content)
    return pixels


def _check_whole_jpeg(content: bytes, picture: Image.Image) -> None:
    """Refuse a JPEG that ends before its last block does, which libjpeg fills with grey.

    What stands behind the last block changes nothing; what stands behind an earlier one is read as the next.
    """
    ends = content.rfind(END_OF_IMAGE)
    if ends < 0 or picture.format != "JPEG":
        return
    longer = io.BytesIO(content[:ends] + _BEHIND + content[ends:])
    with Image.open(longer, formats=_FORMATS[FileKind.JPEG]) as again:
        if again.tobytes() != picture.tobytes():
            raise UnreadableFile("The image is damaged or truncated.")


def _grey_samples(samples: NDArray[Any], colour: bool) -> NDArray[Any]:
    """(rows, columns) of (rows, columns) or (rows, columns, samples); alpha and other extras are left out."""
    if samples.ndim == 2:
        return samples
    if not colour:
        return samples[..., 0]
    if samples.dtype.kind == "u" and samples.dtype.itemsize <= 4:
        return luminance(samples[..., :3])
    weighted: NDArray[Any] = samples[..., :3].astype(np.float64) @ np.array(_WEIGHTS)
    return weighted


def _turned(grey: NDArray[Any], orientation: int) -> NDArray[Any]:
    """As TIFF 6.0 and EXIF number it: what row 0 and column 0 show."""
    upright = grey.T if orientation in _TURNED else grey
    if orientation in (3, 4, 7, 8):
        upright = upright[::-1]
    return upright[:, ::-1] if orientation in (2, 3, 6, 7) else upright


def _grey(picture: Image.Image) -> NDArray[Any]:
    """(rows, columns) of any mode; R = G = B = v gives v."""
    if picture.mode in _DEEP_MODES or picture.mode == "L":
        return np.asarray(picture)
    if picture.mode == "1":
        return np.asarray(picture.convert("L"))
    if picture.mode in ("LA", "La"):
        return np.asarray(picture.getchannel(0))
    return np.asarray(picture.convert("RGB").convert("L"))


def _checked_size(size: tuple[int, int]) -> tuple[int, int]:
    """(columns, rows) as stored, refused above the limit before anything is decoded."""
    columns, rows = size
    if columns * rows > MAX_PIXELS:
        raise _too_large(f"{columns} x {rows} pixels")
    if max(columns, rows) > MAX_SIDE:
        raise UnsupportedImage("The image has a side of more than {limit} pixels.", limit=MAX_SIDE)
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
