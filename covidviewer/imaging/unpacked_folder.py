"""Temporary folders of unpacked archives: private, gone when nobody needs them, and looked for when a program died.

Each has a locked file beside what was unpacked; one that can be locked anew belongs to a program that is no more.
Imports nothing that is slow, so that every start can afford to clear up.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from covidviewer.file_lock import lock

PREFIX: Final = "covidviewer-"
MARK: Final = ".in-use"
YOUNG_S: Final = 60.0
"""A folder of this age may lack its mark because it is being made."""


class UnpackedFolder:
    """A temporary folder that is removed when nothing refers to it any more, or at the end of the program.

    Whoever reads from it later (the closure of a series) keeps a reference.

    Parameters
    ----------
    origin
        The archive whose files it holds.
    """

    def __init__(self, origin: Path) -> None:
        self.origin = origin
        root = Path(tempfile.mkdtemp(prefix=PREFIX))
        mark = (root / MARK).open("wb")
        lock(mark)
        self.path = root / (origin.stem or "archive")
        self.path.mkdir(mode=0o700)
        self._finalizer = weakref.finalize(self, _remove, root, mark)

    def shown(self, file: Path) -> Path:
        """A file of this folder as a person knows it: in the archive."""
        return self.origin / file.relative_to(self.path)

    def remove(self) -> None:
        """Remove it now."""
        self._finalizer()


def _remove(root: Path, mark: IO[Any]) -> None:
    mark.close()
    shutil.rmtree(root, ignore_errors=True)


def remove_abandoned_folders() -> None:
    """Remove what programs left behind that were ended from outside. Any thread; never raises."""
    for root in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if is_abandoned(root):
                shutil.rmtree(root, ignore_errors=True)


def is_abandoned(root: Path) -> bool:
    """Whether a folder is ours and no program holds it. Raises `OSError`."""
    if root.is_symlink() or not root.is_dir():
        return False
    mark = root / MARK
    if not mark.is_file():
        return time.time() - root.stat().st_mtime > YOUNG_S and not any(root.iterdir())
    with mark.open("r+b") as file:
        return lock(file)
