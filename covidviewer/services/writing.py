"""Writing a file that a person cares about: whole or not at all. Any thread."""

from __future__ import annotations

import os
from pathlib import Path

from covidviewer.errors import OutputUnwritable


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write `content` beside `path`, flush it to the disk, and put it in its place in one step.

    An existing file is replaced; where anything fails it stays as it was. `private`: only the user may read it.
    Raises `OutputUnwritable`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode(private))
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputUnwritable("“{path}” cannot be written: {why}.", path=path, why=why_not(error)) from error


def mode(private: bool) -> int:
    """Permission bits of a new file, before the user's own mask."""
    return 0o600 if private else 0o666


def why_not(error: OSError) -> str:
    """The system's own words for what went wrong, without number and path, fit for the end of a sentence."""
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:].rstrip(".")
