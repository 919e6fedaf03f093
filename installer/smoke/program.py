"""The installed program as the smoke test runs it: with a home folder of its own, here or in another root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """`command` and its console-less twin, run in `root` (chroot) where that is another than /.

    `home` is a folder as it is called in that root; the program's settings, caches and log go there.
    """

    command: str
    root: Path
    home: Path

    def start(self, words: Sequence[str | Path], display: str = "", window: bool = True) -> subprocess.Popen[str]:
        """Start it; its paths are those of the root."""
        name = f"{self.command}-gui" if window else self.command
        return subprocess.Popen(
            [*self._entered(), name, *map(str, words)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=self._surroundings(display),
        )  # fmt: skip

    def outside(self, path: Path) -> Path:
        """A path of the root as it is called here."""
        return self.root / path.relative_to("/")

    def log(self) -> str:
        """What it wrote into its log."""
        files = sorted(self.outside(self.home).rglob("covidviewer.log"))
        return "".join(file.read_text(encoding="utf-8") for file in files)

    def _entered(self) -> list[str]:
        return [] if self.root == Path("/") else ["chroot", str(self.root)]

    def _surroundings(self, display: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "COVIDVIEWER_TEST") if name in os.environ}
        shown = {"DISPLAY": display} if display else {}
        return {**kept, **shown, "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run")}
