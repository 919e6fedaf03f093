"""What a file is, and which one, by its content and never by its name. Knows formats' first bytes, decodes none."""

from __future__ import annotations

import errno
import hashlib
import stat
from pathlib import Path
from typing import Literal

from covidviewer.errors import UnreadableFile, UnsupportedImage
from covidviewer.files import os_error_reason
from covidviewer.imaging.slices import FileKind
from covidviewer.texts import N_

HEAD_BYTES = 1024
"""Enough for the DICOM file meta information, which names the media storage class."""

_DICOMDIR_CLASS = b"1.2.840.10008.1.3.10"

_PICTURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
)

_FOREIGN: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "a PDF document"),
    (0, b"GIF8", "a GIF image"),
    (0, b"\x1f\x8b", "a gzip archive (unpack it first)"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive (unpack it first)"),
    (0, b"Rar!\x1a\x07", "a RAR archive (unpack it first)"),
    (257, b"ustar", "a tar archive (unpack it first)"),
    (4, b"ftyp", "a video or HEIF file"),
    (0, b"\x1a\x45\xdf\xa3", "a video"),
    (0, b"\x00\x00\x01\xba", "a video"),
    (344, b"n+1\x00", "a NIfTI volume"),
    (0, b"NRRD", "an NRRD volume"),
    (0, b"\xd0\xcf\x11\xe0", "an office document"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"\x93NUMPY", "a NumPy array"),
    (0, b"acsp", "a colour profile"),
    (36, b"acsp", "a colour profile"),
)
"""(offset, bytes, words) of intact files that are no picture of ours."""

_BYTE_ORDERS: tuple[Literal["little", "big"], ...] = ("little", "big")
_FIRST_GROUPS = (0x0002, 0x0008)
_VALUE_REPRESENTATIONS = frozenset(
    b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split()
)


def sniff(path: Path) -> FileKind:
    """Say what the file is.

    Raises
    ------
    UnreadableFile
        The file is gone, empty, or may not be read.
    UnsupportedImage
        The file is something else: text, a PDF, a video, a folder, a device.
    """
    head = read_head(path)
    kind = kind_of(head)
    if kind is not None:
        return kind
    if not head:
        raise UnreadableFile("The file is empty.")
    raise UnsupportedImage("This is {what}, not an image that can be displayed.", what=_what_it_is(head))


def kind_of(head: bytes) -> FileKind | None:
    """The kind that a file's first `HEAD_BYTES` bytes announce, or None."""
    if head[128:132] == b"DICM":
        return FileKind.DICOMDIR if _DICOMDIR_CLASS in head[132:] else FileKind.DICOM
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return FileKind.BMP
    if _starts_with_an_element(head):
        return FileKind.DICOMDIR if _DICOMDIR_CLASS in head else FileKind.DICOM
    return None


def read_head(path: Path) -> bytes:
    """The first `HEAD_BYTES` bytes of an ordinary file; never opens a pipe or a device, which could block for ever."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnsupportedImage("This is a folder, not a file.")
        if not stat.S_ISREG(mode):
            raise UnsupportedImage("This is a device or a pipe, not a file.")
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except (OSError, ValueError) as fault:
        raise cannot_open(fault) from fault


def content_identity(path: Path) -> str:
    """ "sha256:..." of the whole file. Raises `OSError`."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def cannot_open(fault: OSError | ValueError) -> UnreadableFile:
    """The sentence for a file that the system does not hand over."""
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return UnreadableFile("The file does not exist.")
    if isinstance(fault, PermissionError):
        return UnreadableFile("Permission to read the file was denied.")
    if isinstance(fault, OSError) and fault.errno == errno.ELOOP:
        return UnreadableFile("The file is a symbolic link to itself.")
    if isinstance(fault, OSError) and fault.strerror:
        return UnreadableFile("The file cannot be read: {reason}.", reason=os_error_reason(fault))
    return UnreadableFile("The file cannot be read.")


def cannot_list(fault: OSError) -> UnreadableFile:
    """The sentence for a folder whose files the system does not name."""
    if isinstance(fault, FileNotFoundError):
        return UnreadableFile("The folder does not exist.")
    if isinstance(fault, PermissionError):
        return UnreadableFile("Permission to read the folder was denied.")
    return UnreadableFile("The folder cannot be read: {reason}.", reason=os_error_reason(fault))


def _starts_with_an_element(head: bytes) -> bool:
    """True for a DICOM data set without preamble: a first element (PS3.5 section 7.1) of group 2 or 8."""
    if len(head) < 8:
        return False
    for order in _BYTE_ORDERS:
        group = int.from_bytes(head[0:2], order)
        element = int.from_bytes(head[2:4], order)
        length = int.from_bytes(head[4:8], order)
        if group in _FIRST_GROUPS and element <= 0x0070 and (head[4:6] in _VALUE_REPRESENTATIONS or length <= 256):
            return True
    return False


def _what_it_is(head: bytes) -> str:
    for offset, magic, words in _FOREIGN:
        if head.startswith(magic, offset):
            return words
    if b"\x00" not in head and sum(byte < 9 or 13 < byte < 27 for byte in head) == 0:
        return N_("a text file")
    return N_("a file of unknown type")
