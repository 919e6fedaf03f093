"""The package for Debian and its kin, by dpkg-deb. What it depends on is asked of dpkg-shlibdeps."""

from __future__ import annotations

import gzip
import re
import shutil
from email.utils import format_datetime
from pathlib import Path

from installer.debian import install_packages
from installer.failure import Failure
from installer.frozen.binutils import needed
from installer.frozen.freeze import size_of
from installer.metadata import ROOT, metadata
from installer.packages.changes import release_moment
from installer.packages.share import write_share
from installer.qt_libraries import PACKAGES
from installer.recipes import recipe, write
from installer.tools import run

TOOLS = {"dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev"}
OVERRIDES = {
    "library-not-linked-against-libc": "stand-ins for libraries that are linked and never called need nothing",
}
"""Tags of lintian that a program with its own Python cannot do without, and why."""


def build_deb(frozen: Path, work: Path, out: Path) -> Path:
    """The package, made of the frozen program. Raises `Failure` where a tool of Debian is missing."""
    missing = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if missing:
        install_packages(missing, why="they make the package")
    meta = metadata()
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / "usr" / "lib" / meta.package
    shutil.copytree(frozen, program, symlinks=True)
    leave_to_debian(program)
    write_share(tree / "usr" / "share", f"{meta.package}-gui")
    (tree / "usr" / "bin").mkdir()
    for name in (meta.package, f"{meta.package}-gui"):
        (tree / "usr" / "bin" / name).symlink_to(f"../lib/{meta.package}/{name}")
    write_documents(tree / "usr" / "share" / "doc" / meta.package)
    write_overrides(tree / "usr" / "share" / "lintian" / "overrides" / meta.package)
    facts = {"architecture": architecture(), "depends": dependencies(program, work), "kibibytes": size_of(tree) // 1024}
    write(tree / "DEBIAN" / "control", recipe("control.j2", **facts))
    set_modes(tree)
    package = out / f"{meta.package}_{meta.version}_{facts['architecture']}.deb"
    out.mkdir(parents=True, exist_ok=True)
    run("dpkg-deb", "--root-owner-group", "--build", tree, package)
    return package


def leave_to_debian(program: Path) -> None:
    """Take out the libraries that came from this Debian's own packages: the package depends on those instead."""
    debian = loadable()
    for file in (program / "_internal").glob("lib*.so*"):
        if file.name in debian and not file.is_symlink() and not file.name.startswith("libpython"):
            file.unlink()


def write_documents(folder: Path) -> None:
    """Licences and changes where Debian looks for them."""
    meta = metadata()
    model_licence = (ROOT / "LICENSE-MODEL").read_text(encoding="utf-8")
    write(folder / "copyright", recipe("copyright.j2", model_licence=model_licence))
    entry = (
        f"{meta.package} ({meta.version}) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n"
        f" -- {meta.publisher} <{meta.email}>  {format_datetime(release_moment())}\n"
    )
    for name, text in (("changelog.gz", entry), ("CHANGELOG.md.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))):
        (folder / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def write_overrides(place: Path) -> None:
    """Tell lintian what is meant, each with its reason."""
    package = metadata().package
    write(place, "".join(f"# {why}\n{package}: {tag} *\n" for tag, why in OVERRIDES.items()))


def dependencies(program: Path, work: Path) -> str:
    """Packages of the shared libraries that the program takes from the system, with their least versions.

    Those libraries must be here, for dpkg-shlibdeps reads them: what is missing is installed, or `Failure`.
    """
    files = [file for file in sorted(program.rglob("*")) if not file.is_symlink() and file.is_file() and is_elf(file)]
    taken = set().union(*(needed(file) for file in files)) - {file.name for file in program.rglob("*.so*")}
    absent = sorted({PACKAGES.get(name, name) for name in taken - loadable()})
    if absent:
        install_packages(absent, why="dpkg-shlibdeps reads what they ask for")
    stage = work / "shlibdeps"
    package = metadata().package
    write(stage / "debian" / "control", f"Source: {package}\n\nPackage: {package}\nArchitecture: any\n")
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
    folders = (f"-l{one}" for one in sorted({str(file.parent) for file in files}))
    said = run(*command, *folders, *(f"-e{one}" for one in files), folder=stage)
    found = re.search(r"^shlibs:Depends=(.+)$", said, re.MULTILINE)
    if found is None:
        raise Failure("dpkg-shlibdeps named no packages.")
    return found[1]


def loadable() -> set[str]:
    """Names of the libraries that the system's loader finds."""
    return set(re.findall(r"^\s+(\S+) \(", run("/sbin/ldconfig", "-p"), re.MULTILINE))


def is_elf(file: Path) -> bool:
    """Whether it is a program or a library."""
    with file.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def architecture() -> str:
    """Debian's name for this kind of processor."""
    return run("dpkg", "--print-architecture").strip()


def set_modes(tree: Path) -> None:
    """Folders and programs may be entered and run, the rest is read."""
    program = tree / "usr" / "lib" / metadata().package
    for place in (tree, *tree.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o755 if place.is_dir() or (place.parent == program and is_elf(place)) else 0o644)
