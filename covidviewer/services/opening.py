"""Every image in and under some paths, one after the other as they are found: what the command line works on.

Unlike `imaging.opening.open_paths` it groups and leaves out nothing, so that each file that was named has its answer,
and the first is ready before the last was looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from covidviewer.errors import CovidViewerError, UnreadableFile, UnsupportedImage
from covidviewer.imaging.opening import NESTED, Content, content_of, contents_in, expand, files_in, read_slice, refused
from covidviewer.imaging.series import natural
from covidviewer.imaging.slices import FileKind, Slice, SliceHeader, Unread

if TYPE_CHECKING:
    from covidviewer.imaging.unpacked_folder import UnpackedFolder


TRIED: Final = 10


@dataclass(frozen=True, eq=False)
class FoundFile:
    """One image file.

    Attributes
    ----------
    path
        As a person knows it; a file in an archive has the archive's path in front of its own.
    headers
        One per frame, in the file's order.
    folder
        Where a file of an archive was unpacked to: there as long as this.
    """

    path: Path
    headers: tuple[SliceHeader, ...]
    folder: UnpackedFolder | None = None

    def read(self, at: int) -> Slice:
        """Decode the frame of `headers[at]`. Raises `UnreadableFile` or `UnsupportedImage`."""
        source = self.headers[at].source
        return read_slice(source.path, source.frame, source.kind)

    def frames(self) -> Iterator[tuple[int, Slice | CovidViewerError]]:
        """(place in `headers`, the slice or why there is none) of each frame.

        Where the first `TRIED` of more frames fail alike, that is said once and the rest is not tried: 20,000 frames
        can be claimed by a small file.
        """
        alike: list[CovidViewerError] = []
        for place in range(len(self.headers)):
            outcome = self._tried(place)
            is_first = len(alike) == place < TRIED < len(self.headers)
            if is_first and isinstance(outcome, CovidViewerError) and str(outcome) == str([*alike, outcome][0]):
                alike.append(outcome)
                if len(alike) == TRIED:
                    yield 0, none_read(len(self.headers), outcome)
                    return
                continue
            yield from enumerate(alike)
            alike.clear()
            yield place, outcome
        yield from enumerate(alike)

    def _tried(self, place: int) -> Slice | CovidViewerError:
        try:
            return self.read(place)
        except CovidViewerError as error:
            return error


def find_files(paths: Iterable[Path]) -> Iterator[FoundFile | Unread]:
    """Each image file in and under `paths` (folders are walked, archives and DICOMDIRs opened), or why it is none."""
    unlisted: list[Unread] = []
    for file, content in contents_in(paths, unlisted):
        yield from unlisted
        unlisted.clear()
        yield from images_in(file, content)
    yield from unlisted


def images_in(file: Path, content: Content) -> Iterator[FoundFile | Unread]:
    """The image that `file` is, or those in it sorted by name, or why it is none; `content` is what was found in it."""
    if not isinstance(content, FileKind):
        yield found_as(file, content)
        return
    try:
        held = expand(file, content)
    except CovidViewerError as refusal:
        yield refused(file, refusal)
        return
    files = dict.fromkeys(pair for pair in held.files if pair[1] != file)  # a DICOMDIR may name one twice, or itself
    entries: list[tuple[Path, Path | Unread]] = [*files, *((one.path, one) for one in held.unread)]
    for shown, entry in sorted(entries, key=lambda pair: natural(str(pair[0]))):
        if isinstance(entry, Unread):
            yield entry
            continue
        inner = content_of(entry)
        yield found_as(shown, UnsupportedImage(NESTED) if isinstance(inner, FileKind) else inner, held.folder)


def found_as(
    shown: Path, content: tuple[SliceHeader, ...] | CovidViewerError, folder: UnpackedFolder | None = None
) -> FoundFile | Unread:
    """A file that was looked at, by the path that a person knows."""
    return refused(shown, content) if isinstance(content, CovidViewerError) else FoundFile(shown, content, folder)


def none_read(frames: int, reason: CovidViewerError) -> UnreadableFile:
    """The sentence for a file of so many frames of which none seems to be readable."""
    return UnreadableFile(
        "None of the first {tried} of {frames} frames can be read: {reason}", tried=TRIED, frames=frames, reason=reason
    )


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
