"""Files inside other files: a ZIP is unpacked into a folder of its own, a DICOMDIR names files beside it."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.imaging.limits import HEADER_SECONDS
from covidviewer.imaging.outside import here_or_outside
from covidviewer.imaging.slices import Unread
from covidviewer.imaging.sniff import cannot_open
from covidviewer.imaging.unpacked_folder import UnpackedFolder
from covidviewer.texts import N_

MAX_ENTRIES = 50_000
MAX_TOTAL_BYTES = 8 * 2**30
MAX_RATIO = 200
RATIO_FREE_BYTES = 64 * 2**20
"""A small file may be compressed as far as it likes: an all-black slice is."""

_CHUNK = 2**20
_BAD_ENTRY = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, LookupError),
    *(OverflowError, TypeError, AttributeError, struct.error),
)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What the entries of a ZIP may be compressed by. bzip2 and LZMA hand over gigabytes at once for a kilobyte."""
_DRIVE = re.compile(r"^[A-Za-z]:")
_PORTABLE: dict[int, str] = dict.fromkeys(map(ord, ':<>"|?*'), "_") if os.name == "nt" else {}
"""What a name may hold in an archive, and not on a Windows disk, where a colon opens a stream of another file."""
_PICTURE_RECORDS = frozenset({"IMAGE"})


@dataclass(frozen=True, eq=False)
class Unpacked:
    """What came out of a ZIP: the files in the archive's order, and the entries left behind, with reasons."""

    folder: UnpackedFolder
    files: tuple[Path, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True)
class Listed:
    """What a DICOMDIR names: the files that are there, and those that are not or must not be followed."""

    files: tuple[Path, ...]
    unread: tuple[Unread, ...]


def unpack_zip(path: Path, cancelled: Callable[[], bool] = lambda: False) -> Unpacked:
    """Unpack the files of a ZIP, each counted while it is written, so that no header can lie about its size.

    Raises
    ------
    UnreadableFile
        Not a ZIP, damaged at its end (where the list is), or the disk is full.
    UnsupportedImage
        More entries or bytes than the limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_ENTRIES:
                raise UnsupportedImage(
                    "The archive contains {count} files, more than the limit of {limit}.",
                    count=len(entries),
                    limit=MAX_ENTRIES,
                )
            return _unpack(archive, entries, path, cancelled)
    except CovidViewerError:
        raise
    except OSError as fault:
        raise cannot_open(fault) from None
    except MemoryError:
        raise UnreadableFile("There is not enough memory to read the archive.") from None
    except _BAD_ENTRY:
        raise UnreadableFile("The archive is damaged.") from None


def _unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], path: Path, cancelled: Callable[[], bool]
) -> Unpacked:
    folder = UnpackedFolder(path)
    files: list[Path] = []
    unread: list[Unread] = []
    room = MAX_TOTAL_BYTES
    taken: set[str] = set()
    for entry in entries:
        if cancelled():
            break
        if _hidden(entry.filename):
            continue
        shown = path / entry.filename.replace("\\", "/").lstrip("/")
        try:
            target = folder.path / _unlike(_safe_name(entry), taken)
            target.parent.mkdir(parents=True, exist_ok=True)
            written = _write(archive, entry, target, room, cancelled)
            if written is None:
                break
            room -= written
            files.append(target)
        except CovidViewerError as refusal:
            unread.append(Unread(shown, str(refusal), refusal.kind))
        except OSError as fault:
            unread.append(Unread(shown, str(cannot_open(fault))))
        except MemoryError:
            unread.append(Unread(shown, N_("There is not enough memory to read this archive entry.")))
        except _BAD_ENTRY:
            unread.append(Unread(shown, N_("This archive entry is damaged.")))
    return Unpacked(folder, tuple(files), tuple(unread))


def _write(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, room: int, cancelled: Callable[[], bool]
) -> int | None:
    """Unpack one entry; the number of bytes written, None when cancelled, and nothing is left then."""
    limit = min(room, max(RATIO_FREE_BYTES, MAX_RATIO * entry.compress_size))
    written = 0
    try:
        with archive.open(entry) as source, target.open("xb") as file:
            while chunk := source.read(_CHUNK):
                written += file.write(chunk)
                _check_bomb(written, limit)
                if cancelled():
                    break
            else:
                return written
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    target.unlink(missing_ok=True)
    return None


def _check_bomb(written: int, limit: int) -> None:
    if written > limit:
        raise UnsupportedImage("This archive entry expands to far more than its compressed size allows.")


def _safe_name(entry: zipfile.ZipInfo) -> PurePosixPath:
    """The entry's relative path, or a refusal: nothing may leave the folder, and no link is made."""
    if entry.flag_bits & 0x1:
        raise UnsupportedImage("This archive entry is protected by a password.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnsupportedImage("This archive entry is a link; skipped.")
    if entry.compress_type not in _METHODS:
        raise UnsupportedImage("This archive entry is compressed by a method that is not supported; skipped.")
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    drive = len(name.parts) > 0 and _DRIVE.match(name.parts[0]) is not None
    if name.is_absolute() or drive or ".." in name.parts or any("\x00" in part for part in name.parts):
        raise UnsupportedImage("Entry escapes the archive directory; skipped.")
    return PurePosixPath(*(part.translate(_PORTABLE) for part in name.parts))


def _unlike(name: PurePosixPath, taken: set[str]) -> PurePosixPath:
    """The name, with a number where an earlier entry has it, in whatever case; it is taken then."""
    number, unlike = 1, name
    while str(unlike).casefold() in taken:
        number += 1
        unlike = name.with_name(f"{name.stem} ({number}){name.suffix}")
    taken.add(str(unlike).casefold())
    return unlike


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts if part not in (".", ".."))


def read_dicomdir(path: Path, cancelled: Callable[[], bool] = lambda: False) -> Listed:
    """The pictures that a DICOMDIR (PS3.10 section 8, PS3.3 annex F) names, in its order.

    A reference that leaves the DICOMDIR's own folder, by its text or through a link, is not followed (CVE-2026-32711).

    Raises
    ------
    UnreadableFile
        Missing or damaged.
    UnsupportedImage
        It names no pictures.
    """
    named = here_or_outside(_named, path, seconds=HEADER_SECONDS, cancelled=cancelled)
    if not named:
        raise UnsupportedImage("The DICOMDIR references no images.")
    files: list[Path] = []
    unread: list[Unread] = []
    for parts in named:
        found = _beside(path.parent, parts)
        if isinstance(found, Path):
            files.append(found)
        else:
            unread.append(Unread(path.parent.joinpath(*(part.strip("/\\") for part in parts)), found))
    return Listed(tuple(files), tuple(unread))


def _named(path: Path) -> list[list[str]]:
    """The parts of each image's Referenced File ID."""
    from covidviewer.imaging.dicom.file import dicom_errors, plain_stream
    from covidviewer.imaging.dicom.pydicom_api import dcmread

    with dicom_errors(N_("The DICOMDIR is damaged.")), plain_stream(path)[0] as stream:
        records = dcmread(stream, force=True).get("DirectoryRecordSequence") or []
        return [
            _parts([file_id] if isinstance(file_id, str) else file_id)
            for record in records
            if record.get("DirectoryRecordType") in _PICTURE_RECORDS and (file_id := record.get("ReferencedFileID"))
        ]


def _parts(file_id: Iterable[str]) -> list[str]:
    """A Referenced File ID (0004,1500) in its parts, also where a writer joined them by "/" or filled them up."""
    joined = "/".join(str(part).strip(" \x00") for part in file_id)
    return [part.strip(" \x00") for part in joined.replace("\\", "/").split("/")]


def _beside(folder: Path, parts: list[str]) -> Path | str:
    """The file that the parts name, whatever the case in which the disk has them; or why not."""
    outside = N_("The DICOMDIR references a file outside its folder; skipped.")
    if any(part in ("", ".", "..") or set(part) & set("/\\:\x00") for part in parts):
        return outside
    at = folder
    try:
        for part in parts:
            at = at / part if (at / part).exists() else _any_case(at, part) or at / part
        if not at.is_file():
            return N_("The DICOMDIR references this file, but it does not exist.")
        return at if at.resolve().is_relative_to(folder.resolve()) else outside
    except (OSError, ValueError, RuntimeError):
        return N_("The DICOMDIR references this file, but it cannot be accessed.")


def _any_case(folder: Path, name: str) -> Path | None:
    """`name` in another case or with a CD's version suffix, as copies from discs have it."""
    if not folder.is_dir():
        return None
    wanted = name.casefold()
    return next(
        (entry for entry in folder.iterdir() if entry.name.split(";")[0].rstrip(".").casefold() == wanted), None
    )
