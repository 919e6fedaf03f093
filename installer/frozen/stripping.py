"""Symbol tables, of use to a debugger alone, taken out of shared libraries of Linux: 40 MB."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from installer.tools import run

LOADED = re.compile(r"^ +LOAD +0x(\w+) 0x(\w+) 0x\w+ 0x\w+ 0x\w+ .{3} 0x(\w+)$", re.MULTILINE)


def strip_all(folder: Path) -> None:
    """Strip every library in a folder; one that does not take it stays as it was."""
    for file in sorted(folder.rglob("*.so*")):
        if file.is_file() and not file.is_symlink() and file.read_bytes()[:4] == b"\x7fELF":
            strip(file)


def strip(library: Path) -> None:
    """Strip one. What patchelf has been at can come out with segments that no loader takes: then it is left alone."""
    trial = library.with_name(library.name + ".stripped")
    run("strip", "--strip-unneeded", "-o", str(trial), str(library))
    if loads(run("readelf", "-lW", trial)) and trial.stat().st_size < library.stat().st_size:
        shutil.copymode(library, trial)
        trial.replace(library)
    else:
        trial.unlink()


def loads(program_headers: str) -> bool:
    """Whether each segment lies in the file as it must for its place in memory, as `readelf -lW` tells it."""
    rows = [[int(part, 16) for part in found.groups()] for found in LOADED.finditer(program_headers)]
    return bool(rows) and all((offset - address) % alignment == 0 for offset, address, alignment in rows)
