"""Compiled networks in the user's cache folder: written whole, checked when read, few, and never trusted after a crash.

Loading what an engine once compiled is ten times faster than compiling, and has been reported to compute garbage or
to end the process (OpenVINO's issues 21942, 29736). So a file carries its own hash, a marker stands while one is
loaded, and a marker that is found at the next start means that the process died there: everything is then thrown
away. Knows no engine; never raises.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import OutputUnwritable
from covidviewer.files import atomic_file, make_folder

KEPT = 2
"""Files that stay: of two models or versions."""
MARKER = "loading"
DIGEST_BYTES = 32
"""SHA-256 at a file's end, so that what it is of begins at a page's beginning."""


@dataclass(frozen=True)
class CompiledStore:
    """A folder of compiled networks; it may be missing, full, read-only or damaged.

    Everything is then compiled anew.
    """

    folder: Path

    def file(self, key: str) -> Path:
        """Where the network of a key lies; the key is any text."""
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.compiled"

    def read(self, key: str) -> NDArray[np.uint8] | None:
        """What was stored under the key, (bytes,), or None: nothing there, damaged, or the last start died loading.

        Mapped into memory, not copied: weights that an engine uses as they lie cost no memory of the process's own.
        """
        if self._died_loading():
            self.clear()
            return None
        try:
            whole: NDArray[np.uint8] = np.memmap(self.file(key), np.uint8, "c")
        except OSError:
            return None
        except ValueError:  # an empty file cannot be mapped
            self.discard(key)
            return None
        compiled, digest = whole[:-DIGEST_BYTES], whole[-DIGEST_BYTES:].tobytes()
        if hashlib.sha256(compiled.data).digest() == digest:
            return compiled
        del whole, compiled  # a mapped file cannot be removed on Windows
        self.discard(key)
        return None

    def write(self, key: str, compiled: bytes) -> None:
        """Store, and drop the oldest beyond `KEPT`; quietly does nothing where it cannot write."""
        with contextlib.suppress(OSError, OutputUnwritable):
            make_folder(self.folder)
            with atomic_file(self.file(key)) as stream:
                stream.write(compiled)
                stream.write(hashlib.sha256(compiled).digest())
            for old in sorted(self.folder.glob("*.compiled"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
                old.unlink()

    def discard(self, key: str) -> None:
        """Forget what is stored under the key."""
        with contextlib.suppress(OSError):
            self.file(key).unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything, the marker too."""
        for file in (*self._files(), self.folder / MARKER):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    @contextlib.contextmanager
    def loading(self) -> Iterator[None]:
        """Stand the marker while the engine loads what was read; an exception takes it away.

        The process's death does not.
        """
        marker = self.folder / MARKER
        with contextlib.suppress(OSError):
            marker.touch()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                marker.unlink(missing_ok=True)

    def _died_loading(self) -> bool:
        return (self.folder / MARKER).exists()

    def _files(self) -> tuple[Path, ...]:
        with contextlib.suppress(OSError):
            return (*self.folder.glob("*.compiled"), *self.folder.glob(".*.part"))
        return ()
