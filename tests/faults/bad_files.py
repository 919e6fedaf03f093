"""Files as they should not be, each made from nothing: what the readers must answer with one sentence."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom.dataset import FileDataset
from pydicom.uid import UID, generate_uid

from covidviewer.phantom.files import phantom_dataset, write_phantom_png
from covidviewer.phantom.slices import phantom_slice

SIZE = 128
SEED = 2
SR, RTSTRUCT, PDF = "1.2.840.10008.5.1.4.1.1.88.11", "1.2.840.10008.5.1.4.1.1.481.3", "1.2.840.10008.5.1.4.1.1.104.1"


def chest() -> FileDataset:
    """A whole CT slice, to be spoilt."""
    return phantom_dataset(phantom_slice(SEED, size=SIZE), seed=SEED)


def saved(dataset: FileDataset, path: Path) -> None:
    """Write a data set as it is."""
    dataset.save_as(path, enforce_file_format=True)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("Dear colleague, the scan is attached.\n", encoding="utf-8")


def noise(path: Path) -> None:
    path.write_bytes(bytes(np.random.default_rng(1).integers(0, 256, 5000, dtype=np.uint8)))


def truncated_dicom(path: Path) -> None:
    saved(chest(), path)
    path.write_bytes(path.read_bytes()[:-4000])


def truncated_dicom_header(path: Path) -> None:
    saved(chest(), path)
    path.write_bytes(path.read_bytes()[:500])


def truncated_png(path: Path) -> None:
    write_phantom_png(path.with_suffix(".whole"), phantom_slice(SEED, size=SIZE))
    path.write_bytes(path.with_suffix(".whole").read_bytes()[:3000])
    path.with_suffix(".whole").unlink()


def truncated_jpeg(path: Path) -> None:
    Image.fromarray(np.tile(np.arange(200, dtype=np.uint8), (200, 1))).save(path, format="JPEG")
    path.write_bytes(path.read_bytes()[:400])


def without_pixels(sop_class: str) -> Callable[[Path], None]:
    """A DICOM object of a class that holds none."""

    def make(path: Path) -> None:
        dataset = chest()
        del dataset.PixelData, dataset.Rows, dataset.Columns
        dataset.SOPClassUID = UID(sop_class)
        dataset.file_meta.MediaStorageSOPClassUID = UID(sop_class)
        saved(dataset, path)

    return make


def ct_without_pixels(path: Path) -> None:
    dataset = chest()
    del dataset.PixelData
    saved(dataset, path)


def empty_dicomdir(path: Path) -> None:
    without_pixels("1.2.840.10008.1.3.10")(path)


def unknown_transfer_syntax(path: Path) -> None:
    saved(chest(), path)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.99999.1.2.1\0", 1))


def private_transfer_syntax(path: Path) -> None:
    dataset = chest()
    dataset.file_meta.TransferSyntaxUID = generate_uid()
    dataset.save_as(path, enforce_file_format=True, implicit_vr=False, little_endian=True)


def pixels_too_short_for_the_header(path: Path) -> None:
    dataset = chest()
    dataset.Rows = 4 * SIZE
    saved(dataset, path)


def huge_dicom_header(path: Path) -> None:
    dataset = chest()
    dataset.Rows = dataset.Columns = 65_000
    saved(dataset, path)


def png_with_size(columns: int, rows: int, depth: bytes) -> bytes:
    """A PNG whose header says `columns` x `rows` grey pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">II", columns, rows) + depth + b"\0\0\0\0"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def giant_picture(path: Path) -> None:
    path.write_bytes(png_with_size(20_000, 20_000, b"\x08"))


def bomb(path: Path) -> None:
    path.write_bytes(png_with_size(2_000_000, 2_000_000, b"\x01"))


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("scan.dcm", b"\0" * (80 * 2**20))


def broken_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("scan.dcm", b"x" * 5000)
    path.write_bytes(path.read_bytes()[:-40])


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n")


def dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def pipe(path: Path) -> None:
    os.mkfifo(path)


UNREADABLE: dict[str, Callable[[Path], None]] = {
    "empty": empty,
    "text": text,
    "noise": noise,
    "truncated DICOM": truncated_dicom,
    "truncated DICOM header": truncated_dicom_header,
    "truncated PNG": truncated_png,
    "truncated JPEG": truncated_jpeg,
    "structured report": without_pixels(SR),
    "contours": without_pixels(RTSTRUCT),
    "PDF in DICOM": without_pixels(PDF),
    "CT without pixels": ct_without_pixels,
    "DICOMDIR that names nothing": empty_dicomdir,
    "unknown transfer syntax": unknown_transfer_syntax,
    "private transfer syntax": private_transfer_syntax,
    "header larger than the pixels": pixels_too_short_for_the_header,
    "DICOM of 65,000 x 65,000": huge_dicom_header,
    "picture of 20,000 x 20,000": giant_picture,
    "decompression bomb": bomb,
    "zip bomb": zip_bomb,
    "broken zip": broken_zip,
    "PDF": pdf,
}
"""What cannot be read at all, by name."""

if os.name == "posix":
    UNREADABLE |= {"dangling link": dangling_link, "named pipe": pipe}


def zero_spacing(path: Path) -> None:
    dataset = chest()
    dataset.PixelSpacing = [0, 0]
    saved(dataset, path)


def missing_position(path: Path) -> None:
    dataset = chest()
    del dataset.ImagePositionPatient
    saved(dataset, path)


def missing_orientation(path: Path) -> None:
    dataset = chest()
    del dataset.ImageOrientationPatient, dataset.PixelSpacing
    saved(dataset, path)


def dicom_named_png(path: Path) -> None:
    saved(chest(), path)


def without_preamble(path: Path) -> None:
    saved(chest(), path)
    path.write_bytes(path.read_bytes()[132:])


READABLE: dict[str, Callable[[Path], None]] = {
    "zero spacing": zero_spacing,
    "missing position": missing_position,
    "missing orientation and spacing": missing_orientation,
    "DICOM with a picture's name": dicom_named_png,
    "DICOM without preamble": without_preamble,
}
"""What is odd but can be read and scored."""


def one_pixel(path: Path) -> None:
    Image.new("L", (1, 1), 128).save(path, format="PNG")


def one_row(path: Path) -> None:
    Image.new("L", (4000, 1), 128).save(path, format="PNG")


def constant(path: Path) -> None:
    Image.new("L", (256, 256), 77).save(path, format="PNG")


def magnetic_resonance(path: Path) -> None:
    dataset = chest()
    dataset.Modality = "MR"
    saved(dataset, path)


def not_a_number(path: Path) -> None:
    Image.fromarray(np.full((200, 200), np.nan, np.float32)).save(path, format="TIFF")


INDETERMINATE: dict[str, Callable[[Path], None]] = {
    "one pixel": one_pixel,
    "one row": one_row,
    "constant": constant,
    "MR": magnetic_resonance,
    "not a number": not_a_number,
}
"""What can be read, but not scored."""
