"""The installer for Windows, by Inno Setup 6, and what the program's files say of themselves there."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from installer.failure import Failure
from installer.icons import write_ico
from installer.metadata import ROOT, metadata
from installer.recipes import recipe, write
from installer.tools import run

COMPILERS = ("iscc", r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe", r"C:\Program Files\Inno Setup 6\ISCC.exe")


def build_exe(frozen: Path, work: Path, out: Path) -> Path:
    """The installer, made of the frozen program. Raises `Failure` without Inno Setup."""
    compiler = next((found for name in COMPILERS if (found := shutil.which(name))), None)
    if compiler is None:
        raise Failure("Inno Setup 6 is missing; install it, and let its ISCC.exe be found.")
    place = write(work / "covidviewer.iss", script(frozen, write_icon(work), out))
    out.mkdir(parents=True, exist_ok=True)
    run(compiler, "/Qp", place)
    return out / f"{file_name()}.exe"


def script(frozen: Path, icon: Path, out: Path) -> str:
    """The script for Inno Setup."""
    facts = {"root": ROOT, "frozen": frozen, "icon": icon, "out": out, "file_name": file_name()}
    return recipe("covidviewer.iss.j2", app_guid=app_guid(), prog_id=prog_id(), **facts)


def file_name() -> str:
    """The installer's name without its ending."""
    meta = metadata()
    return f"{meta.name}-{meta.version}-windows-x64"


def app_guid() -> str:
    """By which Windows knows an older version again: the same for ever, made of the program's id."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, metadata().id)).upper()


def prog_id() -> str:
    """The class of files in the registry."""
    return f"{metadata().name}.dicom.1"


def write_icon(work: Path) -> Path:
    """The programs' icon."""
    return write_ico(work / "covidviewer.ico")


def write_version(work: Path) -> Path:
    """What Explorer shows as the programs' properties, in PyInstaller's words."""
    numbers = tuple(int(part) for part in (metadata().version.split(".") + ["0"] * 4)[:4])
    return write(work / "version.txt", recipe("version.txt.j2", numbers=numbers))
