"""The journal of a batch: a line of JSON for each file that is done, appended and flushed to the disk as it comes.

It lies beside the output and is all that a later run needs to go on: what was done, of which content, by which model.
A line is the last word on its file; a half-written last line is dropped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from covidviewer.errors import OutputUnwritable
from covidviewer.file_lock import lock
from covidviewer.files import unwritable
from covidviewer.services.batch.read_file import FileState
from covidviewer.services.result_table import Value
from covidviewer.texts import N_

KIND: Final = "CovidViewer batch journal"
SCHEMA: Final = 1
NOT_OURS: Final = N_(
    "“{path}” already exists and is not a journal of this program; choose another name for the output."
)

Row = dict[str, Value]


@dataclass(frozen=True, eq=False)
class Entry:
    """One file that is done.

    Attributes
    ----------
    file
        Its name, relative to the folder.
    state
        None where it could not be known again.
    model
        Version and fingerprint of the model that scored it.
    rows
        Its frames, one row each.
    """

    file: str
    state: FileState | None
    model: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Known:
    """Where an entry stands in the journal, and whether it holds for a file of this state and this model."""

    offset: int
    state: FileState | None
    model: str


def journal_path(output: Path) -> Path:
    """Where the journal of an output lies."""
    return output.with_name(f"{output.name}.journal")


class Journal:
    """An open journal; nobody else can open it meanwhile.

    Parameters
    ----------
    path
        Made when it is not there.
    folder
        The folder whose files it is about; that of another folder is refused.

    Raises `OutputUnwritable`.
    """

    def __init__(self, path: Path, folder: str) -> None:
        self._path = path
        self.known: dict[str, Known] = {}
        try:
            self._file: BinaryIO = os.fdopen(os.open(path, flags(), 0o600), "r+b")
        except OSError as error:
            raise unwritable(path, error) from error
        try:
            self._begin(folder)
        except OSError as error:
            self._file.close()
            raise unwritable(path, error) from error
        except BaseException:
            self._file.close()
            raise

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries and flush them to the disk. Raises `OutputUnwritable`; then nothing more may be added."""
        try:
            end = self._file.seek(0, os.SEEK_END)
            for entry in entries:
                line = line_of(entry)
                self._file.write(line)
                self.known[entry.file] = Known(end, entry.state, entry.model)
                end += len(line)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise unwritable(self._path, error) from error

    def entries(self, files: Iterable[str]) -> Iterator[Entry]:
        """The entries of these files, in this order; files without one are left out."""
        for file in files:
            known = self.known.get(file)
            if known is not None:
                self._file.seek(known.offset)
                yield entry_of(json.loads(self._file.readline()))

    def close(self) -> None:
        """Let it go. Calling it twice is harmless."""
        with suppress(OSError):  # what could not be written was said when it was
            self._file.close()

    def _begin(self, folder: str) -> None:
        if not lock(self._file):
            raise OutputUnwritable("“{path}” is in use by another run.", path=self._path)
        head = {"kind": KIND, "schema": SCHEMA, "folder": folder}
        first = self._file.readline()
        if not first.endswith(b"\n"):
            if first and not line(head).startswith(first):
                raise OutputUnwritable(NOT_OURS, path=self._path)
            self._file.seek(0)
            self._file.truncate()
            self._file.write(line(head))
            self._file.flush()
            return
        found = parse_line(first)
        if found is None or found.get("kind") != KIND or found.get("schema") != SCHEMA:
            raise OutputUnwritable(NOT_OURS, path=self._path)
        if found["folder"] != head["folder"]:
            raise OutputUnwritable(
                "“{path}” is part of the folder “{folder}”; choose another name for the output.",
                path=self._path,
                folder=found["folder"],
            )
        self._read_lines()

    def _read_lines(self) -> None:
        """Learn what is done; what is not whole at the end is cut off, so that the next line begins a line."""
        offset = self._file.tell()
        for text in self._file:
            if not text.endswith(b"\n"):
                self._file.truncate(offset)
                return
            content = parse_line(text)
            if content is not None:
                entry = entry_of(content)
                self.known[entry.file] = Known(offset, entry.state, entry.model)
            offset += len(text)


def flags() -> int:
    """Read and write, made when it is not there, never emptied."""
    return os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


def line(content: dict[str, Any]) -> bytes:
    """A line of JSON in ASCII: any path survives it."""
    return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def line_of(entry: Entry) -> bytes:
    """The line of an entry."""
    state = entry.state
    known = [state.size, state.mtime_ns, state.sha256] if state else None
    return line({"file": entry.file, "state": known, "model": entry.model, "rows": entry.rows})


def entry_of(content: dict[str, Any]) -> Entry:
    """The entry of a line's content."""
    state = FileState(*content["state"]) if content["state"] else None
    return Entry(content["file"], state, content["model"], tuple(content["rows"]))


def parse_line(text: bytes) -> dict[str, Any] | None:
    """A line's content; None for what is none of ours."""
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None
