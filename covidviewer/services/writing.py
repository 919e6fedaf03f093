"""Writing a file that a person cares about: whole or not at all. Any thread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from covidviewer.errors import OutputUnwritable


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write `content` as `path` through `whole_file`. Raises `OutputUnwritable`."""
    with whole_file(path, private=private) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write, beside `path`; on leaving it is flushed to the disk and put in its place in one step.

    An existing file is replaced; where anything fails it stays as it was. `private`: only the user may read it.
    Raises `OutputUnwritable`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode(private))
        try:
            with os.fdopen(descriptor, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(path, error) from error


def make_folder(folder: Path) -> None:
    """Make a folder that files will be written into, and see that they can be. Raises `OutputUnwritable`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(
            "The folder “{path}” cannot be created: {why}.", path=folder, why=why_not(error)
        ) from error
    probe = folder / f".{os.getpid()}.part"
    try:
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def clear_leftovers(path: Path) -> None:
    """Remove what runs that were killed while they wrote `path` left beside it. Nobody may be writing it now."""
    for beside in path.parent.glob(f".{escape(path.name)}.*.part"):
        with suppress(OSError):
            beside.unlink()


def unwritable(path: Path, error: OSError) -> OutputUnwritable:
    """The sentence for a file that the system does not let us write."""
    return OutputUnwritable("“{path}” cannot be written: {why}.", path=path, why=why_not(error))


def mode(private: bool) -> int:
    """Permission bits of a new file, before the user's own mask."""
    return 0o600 if private else 0o666


def why_not(error: OSError) -> str:
    """The system's own words for what went wrong, without number and path, fit for the end of a sentence."""
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:].rstrip(".")
