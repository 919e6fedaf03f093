"""A DICOM file opened up to its pixels, and the border where pydicom's many errors become one sentence each."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO, cast

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.files import translate_errors
from covidviewer.imaging.dicom.assumptions import completed
from covidviewer.imaging.dicom.decoders import check_syntax, is_compressed
from covidviewer.imaging.dicom.fragments import Place, frame_places
from covidviewer.imaging.dicom.pydicom_api import (
    BytesLengthException,
    Dataset,
    FileDataset,
    InvalidDicomError,
    config,
    dcmread,
    read_dataset,
    uid,
)
from covidviewer.imaging.dicom.values import text, value_of
from covidviewer.imaging.limits import (
    MAX_FRAMES,
    MAX_INFLATED_BYTES,
    MAX_PIXELS,
    SMALL_FILE_BYTES,
    TRUSTED_HEADER_BYTES,
    TRUSTED_READS,
)
from covidviewer.imaging.outside import Strange, takes_strange_files
from covidviewer.imaging.reader_warnings import silence_readers
from covidviewer.imaging.sniff import HEAD_BYTES, cannot_open, content_identity
from covidviewer.texts import N_

_DEFLATED = b"1.2.840.10008.1.2.1.99"
_META_STARTS, _META_GROUP = 132, 0x0002
_PIXEL_ELEMENTS = {
    (0x7FE0, 0x0008): "FloatPixelData",
    (0x7FE0, 0x0009): "DoubleFloatPixelData",
    (0x7FE0, 0x0010): "PixelData",
}
_IMAGE_PIXEL = {
    "SamplesPerPixel": "samples_per_pixel",
    "PhotometricInterpretation": "photometric_interpretation",
    "PlanarConfiguration": "planar_configuration",
    "Rows": "rows",
    "Columns": "columns",
    "BitsAllocated": "bits_allocated",
    "BitsStored": "bits_stored",
    "HighBit": "high_bit",
    "PixelRepresentation": "pixel_representation",
}
"""Attributes of the Image Pixel module (PS3.3 C.7.6.3), and what pydicom's decoders call them."""
_PIXEL_VRS = frozenset({b"OB", b"OW", b"OF", b"OD", b"UN"})
_UNDEFINED_LENGTH = 0xFFFFFFFF

_NOT_PICTURES = (
    ("Structure Set", N_("radiotherapy contours")),
    ("RT ", N_("a radiotherapy plan or record")),
    (" SR", N_("a structured report")),
    ("Report", N_("a structured report")),
    ("Key Object", N_("a list of key images")),
    ("Presentation State", N_("a presentation state")),
    ("PDF", N_("a PDF document")),
    ("Encapsulated", N_("a document")),
    ("ECG", N_("a waveform")),
    ("Waveform", N_("a waveform")),
    ("Registration", N_("a registration")),
    ("Spectroscopy", N_("a spectrum")),
    ("Raw Data", N_("raw data")),
    ("Directory", N_("a DICOMDIR")),
)
"""(part of the storage class's name in PS3.6, words)."""

FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    BytesLengthException,
    EOFError,
    InvalidDicomError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What damaged files have been seen to make pydicom and the codecs raise; each means that the file is at fault."""

log = logging.getLogger(__name__)

# pydicom's log quotes values, and so patients. Checking values against their VR warns, and takes a quarter of the time.
logging.getLogger("pydicom").propagate = False
config.settings.reading_validation_mode = config.IGNORE


@dataclass(frozen=True, eq=False)
class DicomFile:
    """What stands before the pixels, checked, and where the pixels are.

    Attributes
    ----------
    path
        The file.
    dataset
        All elements before the pixel data.
    syntax
        The transfer syntax by which the pixels are read.
    transfer_syntax
        The transfer syntax that the file names, or `syntax` where it names none.
    options
        Image pixel attributes for `decoders.stored_values`.
    frames
        Number of frames, at least 1.
    pixels_at
        Offset of the pixel data's value in the file, or in `inflated`.
    inflated
        The whole data set where the file is deflated, else None.
    places
        (place in the file, length) of each frame of several compressed ones; empty where an offset table has them.
    """

    path: Path
    dataset: Dataset
    syntax: uid.UID
    transfer_syntax: str
    options: Mapping[str, Any]
    frames: int
    pixels_at: int
    inflated: bytes | None
    places: tuple[Place, ...] = ()

    @cached_property
    def identity(self) -> str:
        """SOP Instance UID (0008,0018), or the file's hash where it has none, as careless anonymisers leave it."""
        return text(value_of(self.dataset, "SOPInstanceUID")) or content_identity(self.path)

    @property
    def rows(self) -> int:
        """Rows (0028,0010)."""
        return int(self.options["rows"])

    @property
    def columns(self) -> int:
        """Columns (0028,0011)."""
        return int(self.options["columns"])

    @contextmanager
    def pixels(self) -> Iterator[BinaryIO]:
        """A stream that stands at the value of the pixel data."""
        with io.BytesIO(self.inflated) if self.inflated is not None else self.path.open("rb") as stream:
            stream.seek(self.pixels_at)
            yield stream


def dicom_errors(sentence: str) -> AbstractContextManager[None]:
    """Turn any fault of a damaged file into `UnreadableFile(sentence)`; the log gets its type and none of its text."""
    silence_readers()
    return translate_errors(partial(_refusal, sentence))


def _refusal(sentence: str, fault: Exception) -> CovidViewerError | None:
    if isinstance(fault, OSError):
        # without a number it is not the system's, but pydicom's for an element that is cut in two
        return UnreadableFile(sentence) if fault.errno is None else cannot_open(fault)
    if isinstance(fault, MemoryError):
        return UnreadableFile("There is not enough memory to read the file.")
    if isinstance(fault, FAULTS):
        log.info("A DICOM file was rejected: %s", type(fault).__name__)
        return UnreadableFile(sentence)
    return None


def open_dicom(path: Path) -> DicomFile:
    """Read everything before the pixels and check that a picture of bearable size follows.

    Raises
    ------
    UnreadableFile
        Missing, damaged or cut off.
    UnsupportedImage
        Intact, but no picture, too large, or stored in an unknown way.
    """
    with dicom_errors(N_("The DICOM header is damaged.")):
        stream, inflated = plain_stream(path)
        with stream:
            dataset = dcmread(stream, stop_before_pixels=True, force=True)
            keyword, vr, length = _pixel_element(stream, dataset)
            pixels_at = stream.tell()
            available = stream.seek(0, io.SEEK_END) - pixels_at
        syntax = _syntax(dataset, length)
        if not keyword:
            raise _without_pixels(dataset)
        check_syntax(syntax)
        options = completed(_pixel_options(dataset), length) | {"pixel_keyword": keyword, "pixel_vr": vr}
        frames = _checked_frames(options, is_compressed(syntax), available)
        places = _places(path, pixels_at, options, frames) if frames > 1 and is_compressed(syntax) else ()
        named = _DEFLATED.decode() if inflated else str(dataset.file_meta.get("TransferSyntaxUID", syntax))
        return DicomFile(path, dataset, syntax, named, options, frames, pixels_at, inflated, places)


def _places(path: Path, pixels_at: int, options: Mapping[str, Any], frames: int) -> tuple[Place, ...]:
    """See `DicomFile.places`. Raises `UnreadableFile` for more frames than the file can hold."""
    with _opened(path) as stream:
        stream.seek(pixels_at)
        places, fragments = frame_places(stream, dict(options))
    if fragments < frames:
        raise UnreadableFile(
            "The header gives {frames} frames, but the file contains {found}.", frames=frames, found=fragments
        )
    return places


class _Metered(io.BufferedReader):
    """A file that turns out to be strange when more is read of it than of a scanner's headers."""

    def __init__(self, raw: io.RawIOBase, size: int) -> None:
        super().__init__(raw)
        self._reads, self._bytes = TRUSTED_READS, TRUSTED_HEADER_BYTES
        self._size = size

    def read(self, size: int | None = -1, /) -> bytes:
        """At most what the file has, so that no memory is taken for a length that is a lie. Raises `Strange`."""
        left = max(0, self._size - self.tell())
        wanted = left if size is None or size < 0 else min(size, left)
        self._reads -= 1
        self._bytes -= wanted
        if self._is_strange():
            raise Strange
        return super().read(wanted)

    def __exit__(self, *fault: object) -> None:
        """Raises `Strange`, of which pydicom makes a fault of its own on the way."""
        self.close()
        if self._is_strange():
            raise Strange from None

    def _is_strange(self) -> bool:
        return self._reads < 0 or self._bytes < 0


def _opened(path: Path) -> BinaryIO:
    if takes_strange_files() or path.stat().st_size <= SMALL_FILE_BYTES:
        return path.open("rb")
    return _Metered(path.open("rb", buffering=0), path.stat().st_size)


def header_stream(content: bytes) -> BinaryIO:
    """A stream of an object in memory, for its header: raises `Strange` as that of a file does."""
    stream = io.BytesIO(content)
    if takes_strange_files() or len(content) <= SMALL_FILE_BYTES:
        return stream
    return _Metered(cast(io.RawIOBase, stream), len(content))


def plain_stream(path: Path) -> tuple[BinaryIO, bytes | None]:
    """The file, or for a deflated one (PS3.5 A.5) its inflated bytes: bounded, for a megabyte can become a gigabyte.

    The one way in which a DICOM file is opened. Raises `Strange` where the file is for a decoder process, and
    `UnsupportedImage` beyond the bound.
    """
    stream = _opened(path)
    head = stream.read(HEAD_BYTES)
    stream.seek(_META_STARTS)
    if _DEFLATED not in head or head[128:_META_STARTS] != b"DICM" or not _names_deflated(stream):
        stream.seek(0)
        return stream, None
    with stream:
        if not takes_strange_files():
            raise Strange
        meta_ends = stream.tell()
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(stream.read(), MAX_INFLATED_BYTES + 1)
        stream.seek(0)
        meta = stream.read(meta_ends).replace(_DEFLATED, b"1.2.840.10008.1.2.1\x00\x00\x00")
    if len(data) > MAX_INFLATED_BYTES:
        raise UnsupportedImage("The file expands to more than {limit} MB.", limit=MAX_INFLATED_BYTES // 2**20)
    inflated = meta + data
    del data
    return io.BytesIO(inflated), inflated


def _names_deflated(stream: BinaryIO) -> bool:
    """Whether the file meta information (PS3.10 7.1) names the deflated syntax; leaves the stream behind it."""
    meta = read_dataset(stream, False, True, stop_when=lambda tag, _vr, _length: tag.group != _META_GROUP)
    return str(meta.get("TransferSyntaxUID", "")).encode() == _DEFLATED


def _pixel_element(stream: BinaryIO, dataset: FileDataset) -> tuple[str, str, int]:
    """(keyword, VR, length) of the pixel element where pydicom stopped, '' for none; leaves the stream at its value."""
    _, little = dataset.original_encoding
    order = "<" if little else ">"
    head = stream.read(8)
    if len(head) < 8:
        return "", "", 0
    group, element, length = struct.unpack(order + "HHL", head)
    keyword = _PIXEL_ELEMENTS.get((group, element), "")
    if head[4:6] not in _PIXEL_VRS:  # implicit VR, whatever the transfer syntax says
        return keyword, "OW", length
    rest = stream.read(4)
    if len(rest) < 4:
        return "", "", 0
    return keyword, head[4:6].decode("ascii"), int(struct.unpack(order + "L", rest)[0])


def _syntax(dataset: FileDataset, pixel_length: int) -> uid.UID:
    """The transfer syntax that fits the bytes: compressed pixels have no defined length (PS3.5 A.4), others have."""
    implicit, little = dataset.original_encoding
    plain = (
        uid.ImplicitVRLittleEndian if implicit else uid.ExplicitVRLittleEndian if little else uid.ExplicitVRBigEndian
    )
    named = dataset.file_meta.get("TransferSyntaxUID")
    if named is None:
        if pixel_length == _UNDEFINED_LENGTH:
            raise UnreadableFile("The pixel data are compressed, but the file does not give the transfer syntax.")
        return plain
    syntax = uid.UID(str(named))
    return plain if is_compressed(syntax) and 0 < pixel_length < _UNDEFINED_LENGTH else syntax


def _without_pixels(dataset: Dataset) -> CovidViewerError:
    name = uid.UID(str(dataset.get("SOPClassUID", ""))).name
    for part, words in _NOT_PICTURES:
        if part in name:
            return UnsupportedImage("This DICOM file contains {what}, not an image.", what=words)
    if len(dataset) == 0:
        return UnreadableFile("The DICOM header is damaged.")
    return UnreadableFile("The DICOM file contains no pixel data, or ends before them.")


def _pixel_options(dataset: Dataset) -> dict[str, Any]:
    """What `pydicom.pixels.as_pixel_options` gives: image pixel attributes that are there, and the number of frames."""
    named = {name: value_of(dataset, keyword) for keyword, name in _IMAGE_PIXEL.items()}
    options: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    options["number_of_frames"] = int(value_of(dataset, "NumberOfFrames") or 1) or 1
    if "ExtendedOffsetTable" in dataset:
        options["extended_offsets"] = (dataset.ExtendedOffsetTable, dataset.ExtendedOffsetTableLengths)
    return options


def _checked_frames(options: Mapping[str, Any], compressed: bool, available: int) -> int:
    """The number of frames, after the header's promises were held against the limits and the bytes that are there."""
    rows, columns, frames = int(options["rows"]), int(options["columns"]), int(options["number_of_frames"])
    if rows < 1 or columns < 1 or frames < 1:
        raise UnreadableFile("The DICOM header gives no rows or no columns.")
    if rows * columns > MAX_PIXELS:
        raise UnsupportedImage(
            "The image has {columns} x {rows} pixels, more than the limit of {limit} million.",
            columns=columns,
            rows=rows,
            limit=MAX_PIXELS // 1_000_000,
        )
    if frames > MAX_FRAMES:
        raise UnsupportedImage(
            "The file has {frames} frames, more than the limit of {limit}.", frames=frames, limit=MAX_FRAMES
        )
    bits = rows * columns * int(options["samples_per_pixel"]) * int(options["bits_allocated"])
    if options.get("photometric_interpretation") == "YBR_FULL_422":
        bits = bits * 2 // 3
    if available == 0 or (not compressed and ceil(bits * frames / 8) > available):
        raise UnreadableFile("The file is truncated: its pixel data are incomplete.")
    return frames
