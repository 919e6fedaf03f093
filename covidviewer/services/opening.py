"""Every picture in and under some paths, one after the other as they are found: what the command line works on.

Unlike `imaging.opening.open_paths` it groups and leaves out nothing, so that each file that was named has its answer,
and the first is ready before the last was looked at.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.opening import files_in, open_paths
from covidviewer.imaging.series import natural
from covidviewer.imaging.slices import Series, Slice, SliceHeader, Unread


@dataclass(frozen=True, eq=False)
class FoundFile:
    """One picture file.

    Attributes
    ----------
    path
        As a person knows it; a file in an archive has the archive's path in front of its own.
    headers
        One per frame, in the file's order.
    read
        Decodes the frame of one of `headers`, by its place. Raises `UnreadableFile` or `UnsupportedImage`.
    """

    path: Path
    headers: tuple[SliceHeader, ...]
    read: Callable[[int], Slice]


def find_files(paths: Iterable[Path]) -> Iterator[FoundFile | Unread]:
    """Each picture file in and under `paths` (folders are walked, archives and DICOMDIRs opened), or why it is none."""
    unlisted: list[Unread] = []
    for file in files_in(paths, unlisted):
        yield from unlisted
        unlisted.clear()
        opened = open_paths([file])
        found: list[FoundFile | Unread] = [*pictures(file, opened.series), *opened.unread]
        yield from sorted(found, key=lambda one: natural(str(one.path)))
    yield from unlisted


def empty_folders(paths: Iterable[Path]) -> list[UnreadableFile]:
    """A sentence for each folder among `paths` with no file in or under it, of which `find_files` says nothing."""
    found = []
    for path in paths:
        unlisted: list[Unread] = []
        if next(files_in([path], unlisted), None) is None and not unlisted:
            found.append(holds_no_files(path))
    return found


def holds_no_files(folder: object) -> UnreadableFile:
    """The sentence for a folder, here or in another storage, with nothing to look at."""
    return UnreadableFile("“{path}” contains no files.", path=folder)


def pictures(file: Path, series: tuple[Series, ...]) -> list[FoundFile]:
    """The picture files behind `file`: itself, or what it holds."""
    by_path: dict[Path, list[tuple[SliceHeader, Series, int]]] = {}
    for one in series:
        for place, header in enumerate(one.headers):
            by_path.setdefault(header.source.path, []).append((header, one, place))
    found = []
    for path, members in by_path.items():
        frames = sorted(members, key=lambda member: member[0].source.frame)
        found.append(
            FoundFile(
                shown_path(file, path),
                tuple(header for header, _, _ in frames),
                lambda at, frames=frames: frames[at][1].read_slice(frames[at][2]),  # type: ignore[misc]
            )
        )
    return found


def shown_path(file: Path, path: Path) -> Path:
    """`path` as a person knows it: what was unpacked from an archive lies in a temporary folder of two levels."""
    if path == file:
        return path
    temporary = Path(tempfile.gettempdir())
    inside = path.relative_to(temporary).parts if path.is_relative_to(temporary) else ()
    return file.joinpath(*inside[2:]) if inside and inside[0].startswith("covidviewer-") else path
