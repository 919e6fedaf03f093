"""The archive for any Linux: the program, what a desktop wants, and a script that puts them in their places."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path, PurePosixPath

from installer.metadata import metadata
from installer.packages.changes import release_moment
from installer.packages.share import write_share
from installer.recipes import recipe, write
from installer.tools import run


def build_tar(frozen: Path, work: Path, out: Path) -> Path:
    """The archive, made of the frozen program."""
    meta = metadata()
    name = f"{meta.package}-{meta.version}-linux-{platform.machine()}"
    tree = work / "tar" / name
    shutil.rmtree(work / "tar", ignore_errors=True)
    shutil.copytree(frozen, tree / "program", symlinks=True)
    shared = write_share(tree / "share", f"{meta.package}-gui")
    write(tree / "install.sh", recipe("install.sh.j2"), 0o755)
    write(tree / "uninstall.sh", recipe("uninstall.sh.j2", shared=shared, folders=folders(shared)), 0o755)
    archive = out / f"{name}.tar.xz"
    out.mkdir(parents=True, exist_ok=True)
    moment = f"--mtime={release_moment().isoformat()}"
    options = ("--sort=name", "--owner=0", "--group=0", "--numeric-owner", moment)
    run("tar", *options, "--use-compress-program=xz -6 -T0", "-cf", archive, name, folder=tree.parent)
    return archive


def folders(shared: list[str]) -> list[str]:
    """Folders that an installation may have made, the deepest first."""
    made = {parent.as_posix() for file in shared for parent in PurePosixPath("share", file).parents}
    return sorted((made - {"."}) | {"bin", "lib"}, key=lambda place: (-place.count("/"), place))
