"""Compiled networks in the user's cache folder: written whole, checked when read, few, and never trusted after a crash.

Loading what an engine once compiled is ten times faster than compiling, and has been reported to compute garbage or
to end the process (OpenVINO's issues 21942, 29736). So a file carries its own hash, a marker stands while one is
loaded, and a marker that is found at the next start means that the process died there: everything is then thrown
away. Knows no engine; never raises.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KEPT = 4
"""Files that stay: two forms of two models or versions."""
MARKER = "loading"


@dataclass(frozen=True)
class CompiledStore:
    """A folder of compiled networks; it may be missing, full, read-only or damaged.

    Everything is then compiled anew.
    """

    folder: Path

    def file(self, key: str) -> Path:
        """Where the network of a key lies; the key is any text."""
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.compiled"

    def read(self, key: str) -> bytes | None:
        """What was stored under the key, or None: nothing there, damaged, or the last start died while loading."""
        if self._died_loading():
            self.clear()
            return None
        try:
            content = self.file(key).read_bytes()
        except OSError:
            return None
        digest, compiled = content[:32], content[32:]
        if hashlib.sha256(compiled).digest() != digest:
            self.discard(key)
            return None
        return compiled

    def write(self, key: str, compiled: bytes) -> None:
        """Store, and drop the oldest beyond `KEPT`; quietly does nothing where it cannot write."""
        partial = self.file(key).with_suffix(f".{os.getpid()}.partial")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as stream:
                stream.write(hashlib.sha256(compiled).digest())
                stream.write(compiled)
            partial.replace(self.file(key))
            for old in sorted(self.folder.glob("*.compiled"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
                old.unlink()
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)

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
            return (*self.folder.glob("*.compiled"), *self.folder.glob("*.partial"))
        return ()
