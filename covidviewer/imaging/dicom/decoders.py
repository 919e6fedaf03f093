"""The one decoder of each DICOM transfer syntax (PS3.5 annex A): a table, and imagecodecs behind pydicom's decoder.

pydicom finds the frames, checks the header and corrects signs; imagecodecs decompresses, without the interpreter lock.
It alone covers what else takes GDCM, CharLS, OpenJPEG and an RLE package together, 12-bit JPEG included, and gives the
same values. CPU milliseconds for a 512 x 512 CT slice: JPEG lossless 2.5 (GDCM 7), JPEG-LS 5.2 (pyjpegls 5.2, GDCM 8),
JPEG 2000 28 (pylibjpeg 28, GDCM 33), RLE 0.6 (pylibjpeg-rle 0.6), 12-bit JPEG 1.6 (the others: not at all).
HTJ2K is decoded by OpenJPEG: OpenJPH is twice as fast, but wraps 255 to 0 where lossy values overshoot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, BinaryIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnsupportedImage
from covidviewer.imaging.dicom.codestream import (
    END_OF_IMAGE,
    announced_bits,
    announced_size,
    has_rle_segments,
    is_reversible,
    is_whole_jpeg,
)
from covidviewer.imaging.dicom.fragments import Place, one_frame, with_usable_table
from covidviewer.imaging.dicom.native_pixels import is_plain, plain_values
from covidviewer.imaging.dicom.pydicom_api import Decoder, DecodeRunner, uid
from covidviewer.imaging.dicom.stored_bits import lowest_bit, only_stored_bits, only_stored_range
from covidviewer.imaging.jpeg_markers import number_of_scans
from covidviewer.imaging.limits import MAX_SCANS, TRUSTED_CODE_BYTES

Decompress = Callable[[bytes, DecodeRunner], NDArray[Any]]

_PLUGIN = "imagecodecs"


def _jpeg(frame: bytes, runner: DecodeRunner) -> NDArray[Any]:
    """8 and 12 bits, lossless to 16; colours stay as they are stored, pydicom converts them.

    libjpeg fills what a frame that is cut off lacks with grey, and only warns.
    """
    if not is_whole_jpeg(frame):
        raise ValueError("the frame has no end")
    if number_of_scans(frame) > MAX_SCANS:
        raise ValueError("the frame has too many scans")
    if runner.samples_per_pixel == 1:
        return _as_array(imagecodecs.jpeg8_decode(frame))
    space = "YCBCR" if runner.photometric_interpretation.startswith("YBR") else "RGB"
    return _as_array(imagecodecs.jpeg8_decode(frame, colorspace=space, outcolorspace=space))


def _jpeg_ls(frame: bytes, _runner: DecodeRunner) -> NDArray[Any]:
    """A second end marker stops CharLS 2.4.3, which counts 2**31 zero bits behind a frame that lost its own (3 s)."""
    return _as_array(imagecodecs.jpegls_decode(frame + END_OF_IMAGE))


def _jpeg_2000(frame: bytes, runner: DecodeRunner) -> NDArray[Any]:
    """Also HTJ2K; the codec undoes the colour transforms of JPEG 2000 (PS3.5 section 8.2.4)."""
    if runner.photometric_interpretation in ("YBR_ICT", "YBR_RCT"):
        runner.set_option("photometric_interpretation", "RGB")
    return _as_array(imagecodecs.jpeg2k_decode(frame))


def _rle(frame: bytes, runner: DecodeRunner) -> NDArray[Any]:
    """RLE (PS3.5 annex G) stores whole planes one after the other: (samples, rows, columns), back to (..., samples)."""
    if not has_rle_segments(frame, runner.samples_per_pixel * max(1, runner.bits_allocated // 8)):
        raise ValueError("the frame's segments do not match the header")
    pixels = runner.rows * runner.columns
    if runner.bits_allocated == 1:
        packed = np.frombuffer(imagecodecs.dicomrle_decode(frame, "|u1", out=(pixels + 7) // 8), np.uint8)
        return np.unpackbits(packed, count=pixels, bitorder="little").reshape(runner.rows, runner.columns)
    width = np.dtype(f"<u{runner.bits_allocated // 8}")
    shape = (runner.samples_per_pixel, runner.rows, runner.columns)
    size = math.prod(shape) * width.itemsize
    planes = np.frombuffer(imagecodecs.dicomrle_decode(frame, width, out=size), width).reshape(shape)
    return planes[0] if runner.samples_per_pixel == 1 else np.moveaxis(planes, 0, -1)


_DECOMPRESS: dict[uid.UID, Decompress] = {
    uid.JPEGBaseline8Bit: _jpeg,
    uid.JPEGExtended12Bit: _jpeg,
    uid.UID("1.2.840.10008.1.2.4.53"): _jpeg,  # spectral selection, retired
    uid.UID("1.2.840.10008.1.2.4.55"): _jpeg,  # full progression, retired
    uid.JPEGLossless: _jpeg,
    uid.JPEGLosslessSV1: _jpeg,
    uid.JPEGLSLossless: _jpeg_ls,
    uid.JPEGLSNearLossless: _jpeg_ls,
    uid.JPEG2000Lossless: _jpeg_2000,
    uid.JPEG2000: _jpeg_2000,
    uid.HTJ2KLossless: _jpeg_2000,
    uid.HTJ2KLosslessRPCL: _jpeg_2000,
    uid.HTJ2K: _jpeg_2000,
    uid.RLELossless: _rle,
}

_LOSSY = frozenset(
    {syntax for syntax, codec in _DECOMPRESS.items() if codec is _jpeg} - {uid.JPEGLossless, uid.JPEGLosslessSV1}
    | {uid.JPEGLSNearLossless}
)
_MAY_BE_LOSSY = frozenset({uid.JPEG2000, uid.HTJ2K})

_NATIVE = frozenset(
    {
        uid.ImplicitVRLittleEndian,
        uid.ExplicitVRLittleEndian,
        uid.DeflatedExplicitVRLittleEndian,
        uid.ExplicitVRBigEndian,
    }
)

DECODER_DEPENDENCIES = dict.fromkeys(_DECOMPRESS, (_PLUGIN,))
"""Asked for by pydicom of each plugin."""


def is_available(syntax: str) -> bool:
    """Asked by pydicom of each plugin."""
    return syntax in _DECOMPRESS


def check_syntax(syntax: uid.UID) -> None:
    """Refuse what no decoder here can read, before any pixel is touched.

    Raises
    ------
    UnsupportedImage
        The transfer syntax is a video, private, or unknown.
    """
    if syntax in _DECOMPRESS or syntax in _NATIVE:
        return
    if syntax in uid.MPEGTransferSyntaxes or "MPEG" in syntax.name or "HEVC" in syntax.name:
        raise UnsupportedImage("The file contains a video, which is not supported.")
    raise UnsupportedImage("The transfer syntax is not supported ({syntax}).", syntax=syntax.name[:80])


def is_compressed(syntax: uid.UID) -> bool:
    """True for the syntaxes whose frames are decompressed here."""
    return syntax in _DECOMPRESS


def is_trusted(syntax: uid.UID, options: Mapping[str, Any]) -> bool:
    """Whether a frame of the syntax may be decompressed in the program's own process.

    The decoders of JPEG, JPEG-LS and RLE take what the frame's size makes them take. OpenJPEG does not, and writes
    beyond its memory on some damaged codes.
    """
    cells = int(options["rows"]) * int(options["columns"]) * int(options["samples_per_pixel"])
    small = cells * int(options["bits_allocated"]) <= 8 * TRUSTED_CODE_BYTES
    return small and _DECOMPRESS[syntax] is not _jpeg_2000


def stored_values(
    stream: BinaryIO, syntax: uid.UID, frame: int, options: dict[str, Any], place: Place | None = None
) -> tuple[NDArray[Any], str]:
    """Decode one frame.

    Parameters
    ----------
    stream
        Stands at the value of the pixel data element.
    syntax
        One that `check_syntax` lets pass.
    frame
        Counts from 0.
    options
        What `pydicom.pixels.as_pixel_options` gives, with `pixel_keyword` and `pixel_vr`.
    place
        Where the frame's only fragment lies in the stream, when that is known; else it is looked for.

    Returns
    -------
    Stored values, (rows, columns) or (rows, columns, 3); and their photometric interpretation, RGB for YBR.

    Raises
    ------
    Exception
        Whatever a damaged frame makes pydicom and imagecodecs raise; the caller stands at the border.
    """
    if is_plain(syntax, options):
        return plain_values(stream, frame, options), str(options["photometric_interpretation"])
    if syntax in _DECOMPRESS:
        if place is not None:
            stream, options = one_frame(stream, place, options)
            frame = 0
        else:
            stream, frame, options = with_usable_table(stream, frame, options)
        array, properties = _decoder(syntax).as_array(stream, index=frame, decoding_plugin=_PLUGIN, **options)
        return array, str(properties["photometric_interpretation"])
    lowest, bits = lowest_bit(options), options.get("bits_stored")
    whole_cells = options | {"bits_stored": options["bits_allocated"]} if lowest else options
    array, properties = _decoder(syntax).as_array(stream, index=frame, **whole_cells)
    if lowest and bits:
        array = only_stored_bits(array, lowest, bits, bool(options["pixel_representation"]))
    return array, str(properties["photometric_interpretation"])


def decompress(frame: bytes, runner: DecodeRunner) -> bytes:
    """pydicom's plugin call: one compressed frame to plain bytes, samples side by side.

    Raises
    ------
    ValueError
        The frame is not as large as the header says; found before decoding, so that it cannot exhaust the memory.
    """
    syntax = runner.transfer_syntax
    expected = (runner.rows, runner.columns)
    if syntax != uid.RLELossless and announced_size(frame) != expected:
        raise ValueError("the frame's size does not match the header")
    pixels = _DECOMPRESS[syntax](frame, runner)
    if pixels.shape != expected + ((runner.samples_per_pixel,) if runner.samples_per_pixel > 1 else ()):
        raise ValueError("the frame's number of samples does not match the header")
    pixels = _stored(frame, pixels, runner)
    if runner.bits_allocated > 1:
        runner.set_option("bits_allocated", 8 * pixels.dtype.itemsize)
    if runner.samples_per_pixel > 1:
        runner.set_option("planar_configuration", 0)
    return pixels.tobytes()


def _stored(frame: bytes, pixels: NDArray[Any], runner: DecodeRunner) -> NDArray[Any]:
    """Without the bits that the code has beside those that the header stores: overlays, padding, copies of the sign.

    The signs of values whose bits are all of the code's are left to pydicom, which knows the codecs' habits.

    Raises
    ------
    ValueError
        The code has more bits than are stored, and fewer than High Bit asks for.
    """
    syntax, stored, lowest = runner.transfer_syntax, runner.bits_stored, lowest_bit(runner.options)
    coded = runner.bits_allocated if syntax == uid.RLELossless else announced_bits(frame) or stored
    if coded <= stored or pixels.dtype.kind not in "iu":
        return pixels
    if coded < lowest + stored:
        raise ValueError("the frame has fewer bits than the header says")
    signed = bool(runner.pixel_representation)
    if lowest == 0 and (syntax in _LOSSY or (syntax in _MAY_BE_LOSSY and not is_reversible(frame))):
        return only_stored_range(pixels, stored, signed)
    return only_stored_bits(np.ascontiguousarray(pixels), lowest, stored, signed)


def _as_array(pixels: Any) -> NDArray[Any]:
    array: NDArray[Any] = pixels
    return array


@cache
def _decoder(syntax: uid.UID) -> Decoder:
    """pydicom's decoder of a transfer syntax with our plugin and no other."""
    decoder = Decoder(syntax)
    if syntax in _DECOMPRESS:
        decoder.add_plugin(_PLUGIN, (__name__, decompress.__name__))
    return decoder
