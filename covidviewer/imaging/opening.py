"""From the paths that a person gave (files, folders, archives) to series, and what could not be read and why."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter, thread_time

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.imaging import archive
from covidviewer.imaging.limits import HEADER_SECONDS, PICTURE_SECONDS
from covidviewer.imaging.outside import Cancelled, here_or_outside
from covidviewer.imaging.series import build_series, natural
from covidviewer.imaging.slices import FileKind, Series, Slice, SliceHeader, Unread
from covidviewer.imaging.sniff import cannot_list, sniff
from covidviewer.imaging.unpacked_folder import UnpackedFolder
from covidviewer.texts import N_

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with (files read, files known so far) from the calling thread."""
Listed = Callable[[Sequence[Path]], None]
"""Called with the files that are about to be read, from the calling thread."""

READER_THREADS = 4
"""Waiting for a slow disk or a network folder overlaps."""
TRIED_ALONE = 16
WAITING = 3.0
"""A disk is slow where files take this many times the processor's time for them. Where it is not, threads only contend
for the interpreter lock: 500 headers cost 1.3 to 1.5 times the processor time with four of them."""

CONTAINERS = (FileKind.ZIP, FileKind.DICOMDIR)
NESTED = N_("This is a nested archive, which is not opened.")

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"})


@dataclass(frozen=True, eq=False)
class Opened:
    """What was found.

    Attributes
    ----------
    series
        With their pixels still on disk.
    unread
        Files that could not be opened, each with one sentence.
    complete
        False when it was cancelled: the rest was not looked at.
    """

    series: tuple[Series, ...]
    unread: tuple[Unread, ...]
    complete: bool = True


@dataclass(eq=False)
class _Found:
    """Headers and refusals while they come in; `folders` keeps unpacked archives alive by path."""

    headers: list[SliceHeader] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    folders: list[UnpackedFolder] = field(default_factory=list)
    complete: bool = True


def open_paths(
    paths: Iterable[Path],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    listed: Listed | None = None,
) -> Opened:
    """Read the headers of all files in and under `paths` and arrange them as series.

    Never raises for a file's content or absence: each failure costs itself only and is listed.

    Parameters
    ----------
    paths
        Files, folders (walked, hidden files left out), ZIP archives, DICOMDIRs.
    progress
        Called now and then from this thread.
    cancelled
        Asked between files; True ends the work with what there is.
    listed
        Called once, when the files are known and none is read yet.
    """
    stop = cancelled or (lambda: False)
    found = _Found()
    files = _unique(_walk(paths, found.unread, stop))
    if listed:
        listed(files)
    _read_all(files, found, progress, stop)
    folders = tuple(found.folders)

    def read(header: SliceHeader, _keep: tuple[UnpackedFolder, ...] = folders) -> Slice:
        return read_slice(header.source.path, header.source.frame, header.source.kind)

    unread = sorted(found.unread, key=lambda one: natural(str(one.path)))
    return Opened(build_series(found.headers, read), tuple(unread), found.complete and not stop())


Content = tuple[SliceHeader, ...] | FileKind | CovidViewerError
"""What a file is: an image's headers, the kind of a container that holds files, or the reason why it is neither."""


@dataclass(frozen=True, eq=False)
class Held:
    """The files in a container.

    Attributes
    ----------
    files
        (path as a person knows it, file) of each, in the container's order. What was unpacked from an archive is known
        by the archive's path with the entry's name behind it.
    unread
        Entries that were left behind, and references that lead nowhere.
    folder
        Where the files of an archive lie as long as somebody refers to it; None for a DICOMDIR.
    """

    files: tuple[tuple[Path, Path], ...]
    unread: tuple[Unread, ...]
    folder: UnpackedFolder | None = None


def content_of(path: Path, cancelled: Cancelled = lambda: False) -> Content:
    """Look at a file's first bytes, and read its headers if it is an image. Never raises for the file. Any thread."""
    try:
        kind = sniff(path)
        return kind if kind in CONTAINERS else read_headers(path, kind, cancelled)
    except CovidViewerError as refusal:
        return refusal
    except Exception as fault:  # noqa: BLE001 - the border of a reader's thread: one file must never cost the others
        log.error("A reader failed: %s", type(fault).__name__)
        return UnreadableFile("The file cannot be read: it is damaged.")


def expand(path: Path, kind: FileKind, cancelled: Callable[[], bool] = lambda: False) -> Held:
    """The files in an archive, which is unpacked, or those that a DICOMDIR names; one level deep.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        The container is damaged, beyond the limits, or names no images.
    """
    if kind is FileKind.DICOMDIR:
        listed = archive.read_dicomdir(path, cancelled)
        return Held(tuple((file, file) for file in listed.files), listed.unread)
    unpacked = archive.unpack_zip(path, cancelled)
    shown = unpacked.folder.shown
    return Held(tuple((shown(file), file) for file in unpacked.files), unpacked.unread, unpacked.folder)


def read_headers(
    path: Path, kind: FileKind | None = None, cancelled: Cancelled = lambda: False
) -> tuple[SliceHeader, ...]:
    """The headers of one image file, one per frame; `kind` None: its first bytes are looked at.

    A strange file is read in a decoder process (`imaging.outside`).

    Raises
    ------
    UnreadableFile, UnsupportedImage
        Not an image, damaged, too large; archives and DICOMDIRs hold images but are none.
    """
    kind = kind or sniff(path)
    _refuse_container(kind)
    return here_or_outside(_headers, path, kind, seconds=HEADER_SECONDS, cancelled=cancelled)


def _headers(path: Path, kind: FileKind) -> tuple[SliceHeader, ...]:
    if kind is FileKind.DICOM:
        from covidviewer.imaging.dicom import reader as dicom

        return dicom.read_headers(path)
    from covidviewer.imaging import raster

    headers = raster.read_headers(path, kind)
    if len(headers) < 2:
        return headers
    return tuple(replace(header, instance_number=header.source.frame + 1) for header in headers)


def read_slice(path: Path, frame: int = 0, kind: FileKind | None = None) -> Slice:
    """Decode one frame of one image file. Any thread. A strange one is read in a decoder process (`imaging.outside`).

    `frame` counts from 0; `kind` is that of the file's headers, or None: its first bytes are looked at.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        As `read_headers`.
    """
    kind = kind or sniff(path)
    _refuse_container(kind)
    return here_or_outside(_slice, path, frame, kind, seconds=PICTURE_SECONDS)


def _slice(path: Path, frame: int, kind: FileKind) -> Slice:
    if kind is FileKind.DICOM:
        from covidviewer.imaging.dicom import reader as dicom

        return dicom.read_slice(path, frame)
    from covidviewer.imaging import raster

    return raster.read_slice(path, kind, frame)


def files_in(paths: Iterable[Path], unread: list[Unread], *, recursive: bool = True) -> Iterator[Path]:
    """All files in and under `paths`, each once, in the order in which `open_paths` reads them, as they are found.

    Not `recursive`: folders in folders are left out. Folders that cannot be listed are added to `unread`; paths that
    do not exist are given back as they are.
    """
    seen: set[Path] = set()
    for path in _walk(paths, unread, lambda: False, recursive):
        if path not in seen:
            seen.add(path)
            yield path


def contents_in(paths: Iterable[Path], unread: list[Unread]) -> Iterator[tuple[Path, Content]]:
    """Each of `files_in` with its content, looked at when it is its turn."""
    for file in files_in(paths, unread):
        yield file, content_of(file)


def _refuse_container(kind: FileKind) -> None:
    if kind is FileKind.ZIP:
        raise UnsupportedImage("This is an archive of files, not an image.")
    if kind is FileKind.DICOMDIR:
        raise UnsupportedImage("This is a DICOMDIR, a list of files, not an image.")


def _read_all(files: Sequence[Path], found: _Found, progress: Progress | None, stop: Callable[[], bool]) -> None:
    """Headers of all files, and of all that archives and DICOMDIRs among them hold, one level deep."""
    inside: list[tuple[Path, Path]] = []
    total = len(files)
    for done, (path, content) in enumerate(_contents(files, stop), start=1):
        if isinstance(content, FileKind):
            inside += _open_container(path, content, found, stop)
        else:
            _note(path, content, found)
        if progress:
            progress(done, total + len(inside))
    known = set(files)
    shown = {file: name for name, file in inside if file not in known}
    for done, (path, content) in enumerate(_contents(list(shown), stop), start=1):
        _note(shown[path], UnsupportedImage(NESTED) if isinstance(content, FileKind) else content, found)
        if progress:
            progress(total + done, total + len(shown))
    found.complete = not stop()


def _note(path: Path, content: tuple[SliceHeader, ...] | CovidViewerError, found: _Found) -> None:
    if isinstance(content, CovidViewerError):
        found.unread.append(refused(path, content))
    else:
        found.headers += content


def refused(path: Path, refusal: CovidViewerError) -> Unread:
    """A refusal beside the path of its file."""
    return Unread(path, str(refusal), refusal.kind)


def _contents(files: Sequence[Path], stop: Callable[[], bool]) -> Iterator[tuple[Path, Content]]:
    """Each file with its content, in order."""
    tried = files[:TRIED_ALONE]
    waited, worked = 0.0, 0.0
    for path in tried:
        if stop():
            return
        wall, processor = perf_counter(), thread_time()
        content = content_of(path, stop)
        if stop():
            return
        waited, worked = waited + perf_counter() - wall, worked + thread_time() - processor
        yield path, content
    rest = files[len(tried) :]
    if waited > WAITING * worked:
        yield from _read_ahead(rest, stop)
        return
    for path in rest:
        content = content_of(path, stop)
        if stop():
            return
        yield path, content


def _read_ahead(files: Sequence[Path], stop: Callable[[], bool]) -> Iterator[tuple[Path, Content]]:
    """The same by threads."""
    window = 8 * READER_THREADS
    with ThreadPoolExecutor(READER_THREADS, thread_name_prefix="header") as pool:
        ahead = [(path, pool.submit(content_of, path, stop)) for path in files[:window]]
        for at in range(len(files)):
            if stop():
                pool.shutdown(wait=False, cancel_futures=True)
                return
            path, future = ahead[at]
            content = future.result()
            if stop():
                pool.shutdown(wait=False, cancel_futures=True)
                return
            yield path, content
            if at + window < len(files):
                ahead.append((files[at + window], pool.submit(content_of, files[at + window], stop)))


def _open_container(
    path: Path, kind: FileKind, found: _Found, stop: Callable[[], bool]
) -> tuple[tuple[Path, Path], ...]:
    try:
        held = expand(path, kind, stop)
    except CovidViewerError as refusal:
        found.unread.append(refused(path, refusal))
        return ()
    found.unread += held.unread
    if held.folder is not None:
        found.folders.append(held.folder)
    return held.files


def _walk(
    paths: Iterable[Path], unread: list[Unread], stop: Callable[[], bool], recursive: bool = True
) -> Iterator[Path]:
    """All files, folders in natural order; each folder once, however many links lead to it."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if stop():
            return
        if _is_folder(path):
            yield from _walk_folder(path, unread, seen, stop, recursive)
        else:
            yield path


def _walk_folder(
    top: Path, unread: list[Unread], seen: set[tuple[int, int]], stop: Callable[[], bool], recursive: bool
) -> Iterator[Path]:
    waiting = [top]
    while waiting and not stop():
        folder = waiting.pop()
        try:
            state = folder.stat()
            if (state.st_dev, state.st_ino) in seen:
                continue
            seen.add((state.st_dev, state.st_ino))
            with os.scandir(folder) as listing:
                entries = sorted(
                    (entry for entry in listing if not is_hidden(entry.name)), key=lambda one: natural(one.name)
                )
        except OSError as fault:
            unread.append(Unread(folder, str(cannot_list(fault))))
            continue
        yield from (Path(entry.path) for entry in entries if not _is_folder(entry))
        if recursive:
            waiting += [Path(entry.path) for entry in reversed(entries) if _is_folder(entry)]


def _is_folder(entry: os.DirEntry[str] | Path) -> bool:
    try:
        return entry.is_dir()
    except (OSError, ValueError):
        return False


def is_hidden(name: str) -> bool:
    """Whether a file or folder of such a name is left out where folders are walked: hidden, or the system's own."""
    return name.startswith(".") or name.casefold() in _SYSTEM_FILES


def _unique(files: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(files))
