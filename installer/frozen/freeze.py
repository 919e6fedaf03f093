"""PyInstaller run on our recipe: the one-folder program, stripped, its size held to the bound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from installer.failure import Failure
from installer.frozen.stripping import strip_all
from installer.metadata import ROOT, metadata

RECIPE = ROOT / "installer" / "covidviewer.spec"
LARGEST = 420_000_000
"""Bytes of the unpacked program on Linux."""


def freeze(work: Path) -> Path:
    """Make the program in `work`; its folder. Raises `Failure` when it is larger than it may be."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(work / "frozen"), "--workpath", str(work / "pyinstaller")]
    done = subprocess.run(
        [*command, *places, str(RECIPE)], check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    if done.returncode:
        raise Failure("PyInstaller failed; its output is above.")
    missed = missed_modules(
        (work / "pyinstaller" / RECIPE.stem / f"warn-{RECIPE.stem}.txt").read_text(encoding="utf-8")
    )
    if missed:
        raise Failure(f"Required modules are missing: {', '.join(missed)}.")
    folder = frozen_folder(work)
    if sys.platform == "linux":
        strip_all(folder)
        if size_of(folder) > LARGEST:
            raise Failure(f"The program takes {size_of(folder) / 1e6:.0f} MB, and may take {LARGEST / 1e6:.0f}.")
    return folder


def missed_modules(warnings: str) -> list[str]:
    """Modules that are left out and that another imports as it is loaded, from what PyInstaller wrote down."""
    lines = re.findall(r"^excluded module named (?!_frozen)(\S+) - imported by (.+)$", warnings, re.MULTILINE)
    return [name for name, importers in lines if re.search(r"\(top-level\)", importers)]


def frozen_folder(work: Path) -> Path:
    """Where `freeze` leaves the program."""
    return work / "frozen" / metadata().package


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder, links not followed."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
