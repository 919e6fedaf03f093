"""Files written whole or not at all, places that may be written to, and the reasons that the system or a library gives.

The ground floor: every part of the program may use it, and it knows none of them. Any thread.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from covidviewer.errors import CovidViewerError, OutputUnwritable

LARGEST_ASIDE = 8_000_000


def read_bounded(path: Path, limit: int) -> bytes:
    """The content of an ordinary file of the program's own; a pipe or a device is not opened for long, nor read.

    Raises `OSError`, and `ValueError` for more than `limit` bytes.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "It is a device or a pipe, not a file")
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError("the file is larger than any of ours")
    return content


def set_aside(path: Path, *, keep: bool = False) -> Path | None:
    """Rename a damaged file of the program's own, or copy it where a part of it is still in use (`keep`).

    Once for each damage: a copy with the same content is not made again. Where it went, or None where it cannot be
    put anywhere; the log says either, without the name.
    """
    import logging

    log, number = logging.getLogger(__name__), 1
    try:
        content = read_bounded(path, LARGEST_ASIDE) if keep else b""
        while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
            if keep and aside.read_bytes() == content:
                return aside
            number += 1
        if keep:
            atomic_write(aside, content)
        else:
            path.rename(aside)
    except (OSError, ValueError, OutputUnwritable) as error:
        log.warning("A damaged file cannot be set aside: %s", type(error).__name__)
        return None
    log.warning("A damaged file was set aside")
    return aside


def atomic_write(path: Path, content: bytes, *, private: bool = True) -> None:
    """Write `content` as `path` through `atomic_file`. Raises `OutputUnwritable`."""
    with atomic_file(path, private=private) as file:
        file.write(content)


@contextmanager
def atomic_file(path: Path, *, private: bool = True) -> Iterator[BinaryIO]:
    """A file to write, beside `path`; on leaving it is flushed to the disk and put in its place in one step.

    An existing file is replaced; where anything fails it stays as it was. Where `path` is a symbolic link, the file
    that it leads to is written, and the link stays. `private`: only the user may read it, for nearly all that the
    program writes is about patients. Raises `OutputUnwritable`.
    """
    path = path.resolve() if path.is_symlink() else path
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


def make_folder(folder: Path, *, private: bool = True) -> None:
    """Make a folder that files will be written into, and see that they can be. `private`: see `atomic_file`.

    Raises `OutputUnwritable`.
    """
    try:
        folder.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(
            "The folder “{path}” cannot be created: {why}.", path=folder, why=os_error_reason(error)
        ) from error
    probe = folder / f".{os.getpid()}.part"
    try:
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def remove_stale_parts(path: Path) -> None:
    """Remove what runs that were killed while they wrote `path` left beside it. Nobody may be writing it now."""
    path = path.resolve() if path.is_symlink() else path
    for beside in path.parent.glob(f".{escape(path.name)}.*.part"):
        with suppress(OSError):
            beside.unlink()


def unwritable(path: Path, error: OSError) -> OutputUnwritable:
    """The sentence for a file that the system does not let us write."""
    return OutputUnwritable("“{path}” cannot be written: {why}.", path=path, why=os_error_reason(error))


def mode(private: bool) -> int:
    """Permission bits of a new file, before the user's own mask."""
    return 0o600 if private else 0o666


def os_error_reason(error: OSError) -> str:
    """The system's own words for what went wrong, without number and path, fit for the end of a sentence."""
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:].rstrip(".")


@contextmanager
def translate_errors(refuse: Callable[[Exception], CovidViewerError | None]) -> Iterator[None]:
    """Turn what a library raises over a damaged file into one error of ours; our own errors pass.

    Parameters
    ----------
    refuse
        The error of ours for the library's; None for one that is not the file's fault, which then passes.

    The library's error is not chained: its text may hold values of the patient.
    """
    try:
        yield
    except CovidViewerError:
        raise
    except Exception as fault:
        refusal = refuse(fault)
        if refusal is None:
            raise
        raise refusal from None


def first_line(error: BaseException, otherwise: str = "") -> str:
    """What a foreign error says, short enough for a sentence; where it says nothing, `otherwise` or its type."""
    lines = str(error).strip().splitlines()
    return lines[0][:160].rstrip(".") if lines else otherwise or type(error).__name__


def ensure_replaceable(path: Path, signature: Callable[[Path], bool], refusal: str) -> None:
    """Whether a file may be written as `path`, so that a wrong place is known before the work.

    Parameters
    ----------
    signature
        Whether the file that is there was written by this program; may raise OSError. See `begins_with`.
    refusal
        Template of the sentence for a file that was not, with a place for `path`.

    Raises `OutputUnwritable`.
    """
    if not path.parent.is_dir():
        raise OutputUnwritable("The folder of “{path}” does not exist.", path=path)
    if path.is_dir():
        raise OutputUnwritable("“{path}” is a folder.", path=path)
    try:
        ours = not path.exists() or signature(path)
    except OSError as error:
        raise unwritable(path, error) from error
    if not ours:
        raise OutputUnwritable(refusal, path=path)


def begins_with(*beginnings: bytes) -> Callable[[Path], bool]:
    """The signature of files that begin with one of these."""
    most = max(map(len, beginnings))

    def signature(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(most).startswith(beginnings)

    return signature
