"""Small files that ask for far more than they are worth, made from nothing or from the phantom."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import JPEG2000Lossless, RLELossless

from tests.faults.bad_files import chest, saved

SIDE = 8000
DEFLATED = b"1.2.840.10008.1.2.1.99"


def bmp_of_line_ends(path: Path) -> None:
    """A run-length BMP of 8000 x 8000 whose rows end behind their first pixel: Pillow fills them byte by byte."""
    palette = bytes(4 * 256)
    body = b"\x01\x05\x00\x00" * SIDE + b"\x00\x01"
    head = struct.pack("<IiiHHIIiiII", 40, SIDE, SIDE, 1, 8, 1, len(body), 0, 0, 256, 0)
    start = 14 + len(head) + len(palette)
    path.write_bytes(b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + head + palette + body)


def bmp_of_one_row(path: Path) -> None:
    """64 million columns in one row."""
    palette = bytes(4 * 256)
    head = struct.pack("<IiiHHIIiiII", 40, 64_000_000, 1, 1, 8, 1, 4, 0, 0, 256, 0)
    start = 14 + len(head) + len(palette)
    path.write_bytes(b"BM" + struct.pack("<IHHI", start + 4, 0, 0, start) + head + palette + b"\x00\x00\x00\x01")


def jpeg_of_scans(path: Path, scans: int = 3000) -> None:
    """A progressive JPEG whose last scan stands there `scans` times."""
    stream = io.BytesIO()
    grey = np.tile(np.arange(2048, dtype=np.uint16) // 8, (2048, 1)).astype(np.uint8)
    Image.fromarray(grey).save(stream, format="JPEG", progressive=True)
    content = stream.getvalue()
    last, end = content.rfind(b"\xff\xda"), content.rfind(b"\xff\xd9")
    path.write_bytes(content[:end] + content[last:end] * scans + content[end:])


def jpeg_2000_box(path: Path) -> None:
    """A JPEG 2000 frame with a box that looks like a small codestream before the large one."""
    dataset = chest()
    dataset.Rows = dataset.Columns = 64
    large = bytearray(imagecodecs.jpeg2k_encode(np.zeros((64, 64), np.uint8), level=0, codecformat="j2k"))
    siz = bytes(large[: large.index(b"\xff\x52")])
    at = large.index(b"\xff\x51") + 6
    large[at : at + 8] = struct.pack(">II", 30_000, 30_000)
    large[at + 16 : at + 24] = struct.pack(">II", 30_000, 30_000)
    signature = b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\x00\x00\x00\x14ftypjp2 \x00\x00\x00\x00jp2 "
    fake = struct.pack(">I", 8 + 16 + len(siz)) + b"uuid" + b"0" * 16 + siz
    header = struct.pack(">I4sIIHBBBB", 22, b"ihdr", 30_000, 30_000, 1, 7, 7, 0, 0)
    colour = struct.pack(">I4sBBBI", 15, b"colr", 1, 0, 0, 17)
    boxes = struct.pack(">I", 8 + len(header) + len(colour)) + b"jp2h" + header + colour
    code = struct.pack(">I", 0) + b"jp2c" + bytes(large)
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.file_meta.TransferSyntaxUID = JPEG2000Lossless
    dataset.PixelData = encapsulate([signature + fake + boxes + code])
    saved(dataset, path)


def tiff_of_pages(path: Path, pages: int = 20_000) -> None:
    """Directories of one pixel each."""
    parts, at = [b"II*\x00" + struct.pack("<I", 8)], 8
    for page in range(pages):
        tags = ((256, 4, 1), (257, 4, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 0), (277, 3, 1), (279, 4, 1))
        size = 2 + 12 * len(tags) + 4
        entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
        after = at + size if page + 1 < pages else 0
        parts.append(struct.pack("<H", len(tags)) + entries + struct.pack("<I", after))
        at += size
    path.write_bytes(b"".join(parts))


def dicom_of_items(path: Path, items: int = 1_000_000) -> None:
    """A sequence of undefined length with a million empty items before the pixels."""
    saved(chest(), path)
    content = path.read_bytes()
    pixels = content.index(b"\xe0\x7f\x10\x00")
    sequence = b"\x11\x00\x01\x10SQ\x00\x00\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\x00\x00\x00\x00" * items
    path.write_bytes(content[:pixels] + sequence + b"\xfe\xff\xdd\xe0\x00\x00\x00\x00" + content[pixels:])


def deflated_dicom(path: Path) -> None:
    """Zeros behind the header, a thousandth of their size."""
    saved(chest(), path)
    plain = b"\x14\x001.2.840.10008.1.2.1\0"
    content = path.read_bytes().replace(plain, struct.pack("<H", len(DEFLATED)) + DEFLATED, 1)
    length = struct.unpack_from("<I", content, 140)[0] + 2
    content = content[:140] + struct.pack("<I", length) + content[144:]
    start = 144 + length
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    parts = [squeeze.compress(content[start:])] + [squeeze.compress(bytes(2**20)) for _ in range(600)]
    path.write_bytes(content[:start] + b"".join(parts) + squeeze.flush())


def deflated_dicomdir(path: Path) -> None:
    """The same, called a list of files."""
    deflated_dicom(path)
    content = path.read_bytes()
    ct, listing = b"1.2.840.10008.5.1.4.1.1.2\0", b"1.2.840.10008.1.3.10\0\0\0\0\0\0"
    path.write_bytes(content.replace(ct, listing, 1))


def palette_of_64_million(path: Path) -> None:
    """8000 x 8000 indices to colours, run-length coded."""
    dataset = chest()
    dataset.Rows = dataset.Columns = SIDE
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    for colour in ("Red", "Green", "Blue"):
        setattr(dataset, f"{colour}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(dataset, f"{colour}PaletteColorLookupTableData", np.arange(256, dtype="<u2").tobytes())
    dataset.file_meta.TransferSyntaxUID = RLELossless
    dataset.PixelData = encapsulate([run_lengths(SIDE * SIDE, 1)])
    saved(dataset, path)


def rgb_of_64_million(path: Path) -> None:
    """8000 x 8000 colours, run-length coded."""
    dataset = chest()
    dataset.Rows = dataset.Columns = SIDE
    dataset.SamplesPerPixel, dataset.PlanarConfiguration, dataset.PhotometricInterpretation = 3, 0, "RGB"
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelRepresentation = 7, 0
    dataset.file_meta.TransferSyntaxUID = RLELossless
    dataset.PixelData = encapsulate([run_lengths(SIDE * SIDE, 3)])
    saved(dataset, path)


def run_lengths(pixels: int, segments: int) -> bytes:
    """An RLE frame (PS3.5 annex G) whose segments are runs of 128 zeros."""
    segment = b"\x81\x00" * (pixels // 128)
    starts = [64 + number * len(segment) for number in range(segments)]
    return struct.pack("<16L", segments, *starts, *([0] * (15 - segments))) + segment * segments


def frames_claimed(path: Path) -> None:
    """20,000 frames, of which one is there."""
    dataset = chest()
    dataset.NumberOfFrames = 20_000
    dataset.file_meta.TransferSyntaxUID = RLELossless
    dataset.PixelData = encapsulate([run_lengths(dataset.Rows * dataset.Columns, 2)], has_bot=False)
    saved(dataset, path)


def frames_damaged(path: Path) -> None:
    """20,000 frames of one row and two columns, each cut off."""
    dataset = chest()
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = 1, 2, 20_000
    dataset.file_meta.TransferSyntaxUID = RLELossless
    frame = struct.pack("<16L", 2, 64, 66, *([0] * 13)) + b"\x81\x00\x81\x00"
    dataset.PixelData = encapsulate([frame[:66] + b"\x81"] * 20_000, has_bot=False)
    saved(dataset, path)


HOSTILE: dict[str, Callable[[Path], None]] = {
    "BMP of line ends": bmp_of_line_ends,
    "BMP of one row": bmp_of_one_row,
    "JPEG of 3,000 scans": jpeg_of_scans,
    "JPEG 2000 that fakes its size": jpeg_2000_box,
    "TIFF of 20,000 pages": tiff_of_pages,
    "DICOM of a million items": dicom_of_items,
    "deflated DICOM": deflated_dicom,
    "deflated DICOMDIR": deflated_dicomdir,
    "palette of 8000 x 8000": palette_of_64_million,
    "RGB of 8000 x 8000": rgb_of_64_million,
    "20,000 frames claimed": frames_claimed,
    "20,000 frames damaged": frames_damaged,
}
"""What asks for too much, by name."""
