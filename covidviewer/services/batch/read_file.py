"""Reading one file of a batch: fetched where it lies elsewhere, known again, or its frames prepared for the network.

Runs in whatever process reads, a decoder's or a cluster's, and never raises for a file's content.
"""

from __future__ import annotations

import contextlib
import hashlib
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.slices import FileKind
from covidviewer.inference.results import Outcome, Result
from covidviewer.services.batch.remote import RemoteFile
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.inference.analyser import Prepared

NOT_READ: Final = N_("The file could not be read: it is damaged.")
LIST_OF_FILES: Final = N_("This is a DICOMDIR, a list of files, not an image.")
EMPTY: Final = N_("The archive contains no images.")
NO_MEMORY: Final = N_("There is not enough memory to read the file.")


@dataclass(frozen=True)
class FileState:
    """By what a file is known again: bytes, time of last change in ns, SHA-256 of its content in hex."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True)
class Task:
    """One file to read: its name in the table, where it lies, and its state when it was scored before, or None."""

    number: int
    name: str
    place: Path | RemoteFile
    known: FileState | None = None


@dataclass(frozen=True, eq=False)
class Decoded:
    """One frame of a file, prepared for the network, or the result that says why it is not.

    `name` is the file's in the table, with the name inside of it where it is an archive; `series` is the Series
    Instance UID, or ''; `slice` is there when it was asked for, without its labels.
    """

    task: int
    name: str
    frame: int
    series: str
    prepared: Prepared | Result
    slice: Slice | None = None


@dataclass(frozen=True)
class Ended:
    """The file is done. `state` is None where there is no ordinary file; `unchanged`: it was not read again."""

    task: int
    state: FileState | None
    unchanged: bool = False


Message = Decoded | Ended


def read(task: Task, keep_slices: bool) -> Iterator[Message]:
    """What comes of one file, an `Ended` last; never raises for its content."""
    state: FileState | None = None
    try:
        with local_copy(task.place) as path:
            state = state_of(path, task.place)
            if state is not None and state == task.known:
                yield Ended(task.number, state, unchanged=True)
                return
            yield from frames_of(task, path, keep_slices)
    except CovidViewerError as error:
        yield refused(task, str(error), Outcome.FAILED)
        state = None
    except MemoryError:
        yield refused(task, NO_MEMORY, Outcome.FAILED)
        state = None
    except Exception as fault:  # noqa: BLE001 - the border of the process: one file must never cost the others
        import logging

        logging.getLogger(__name__).error("A decoder failed: %s", type(fault).__name__)
        yield refused(task, NOT_READ, Outcome.FAILED)
        state = None
    yield Ended(task.number, state)


@contextlib.contextmanager
def local_copy(place: Path | RemoteFile) -> Iterator[Path]:
    """The file on this computer; what lies elsewhere is fetched, and removed again. Raises `UnreadableFile`."""
    if isinstance(place, Path):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="batch-") as folder:
        path = Path(folder) / "file"
        place.fetch(path)
        yield path


def frames_of(task: Task, path: Path, keep_slices: bool) -> Iterator[Decoded]:
    """Each frame of the file at `path`, and of the files in it where it is an archive, prepared or refused."""
    from covidviewer.imaging.opening import content_of
    from covidviewer.imaging.slices import Unread
    from covidviewer.inference.analyser import prepare_safely
    from covidviewer.services.opening import images_in

    content = content_of(path)
    if content is FileKind.DICOMDIR:
        yield refused(task, LIST_OF_FILES)  # its files are found where they lie
        return
    empty = True
    for found in images_in(path, content):
        empty = False
        name = name_of(task, path, found.path)
        if isinstance(found, Unread):
            yield Decoded(task.number, name, 0, "", Result(Outcome.FAILED, found.reason))
            continue
        for place, outcome in found.frames():
            header, kept = found.headers[place], None
            prepared: Prepared | Result
            if isinstance(outcome, CovidViewerError):
                prepared = Result(Outcome.FAILED, str(outcome))
            else:
                prepared = prepare_safely(outcome)
                kept = replace(outcome, labels={}) if keep_slices else None
            yield Decoded(task.number, name, header.source.frame, header.series_uid, prepared, kept)
    if empty:
        yield refused(task, EMPTY)


def name_of(task: Task, path: Path, found: Path) -> str:
    """The file's name in the table, and behind it the name of what was found in it."""
    inside = found.relative_to(path).as_posix() if found.is_relative_to(path) else found.name
    return task.name if inside == "." else f"{task.name}/{inside}"


def refused(task: Task, reason: str, outcome: Outcome = Outcome.INDETERMINATE) -> Decoded:
    """The whole file is not scored."""
    return Decoded(task.number, task.name, 0, "", Result(outcome, reason))


def state_of(path: Path, place: Path | RemoteFile) -> FileState | None:
    """The state of the file at `path`, or None where there is no ordinary file that can be read.

    The time of a file that lies elsewhere is the one that its storage tells.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    changed = place.changed_ns if isinstance(place, RemoteFile) else status.st_mtime_ns
    return FileState(status.st_size, changed, digest)
