"""Does the Debian package need nothing but Debian? `python installer/bare_root_test.py FILE.deb`; as root.

Makes a bare Debian (debootstrap) in a folder, installs the package there by apt, runs the smoke test in it, starts the
desktop entry, opens a DICOM file by its association, takes the package away, and looks for what it left. Needs
debootstrap, Xvfb, xdotool and a mirror of Debian; some minutes and 2 GB in the folder for temporary files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from installer import smoke_test  # noqa: E402
from installer.failure import Failure  # noqa: E402
from installer.metadata import metadata  # noqa: E402
from installer.smoke.files import write_one_of_each  # noqa: E402
from installer.smoke.screen import Screen, own_screen, wait_for  # noqa: E402

RELEASE = "bookworm"
DESKTOP = ("libglib2.0-bin", "desktop-file-utils", "xdg-utils")
"""What every desktop has and a bare root has not: `gio`, the cache of associations, `xdg-open`."""
HOME = Path("/root/person")


def main() -> int:
    """The command line; 1 for a failure told in a sentence."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("package", type=Path, help="the .deb")
    parser.add_argument("--mirror", default="http://deb.debian.org/debian", help="of Debian")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="covidviewer-root-"))
    try:
        with bare_debian(folder, options.mirror) as root:
            check(root, options.package)
    except Failure as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("The package needs nothing but Debian, and leaves nothing.")
    return 0


@contextmanager
def bare_debian(folder: Path, mirror: str) -> Iterator[Path]:
    """A Debian of the smallest kind, with its processes' folder, until the end."""
    run("debootstrap", "--variant=minbase", RELEASE, str(folder), mirror)
    run("mount", "-t", "proc", "proc", str(folder / "proc"))
    try:
        yield folder
    finally:
        run("umount", str(folder / "proc"))


def check(root: Path, package: Path) -> None:
    """Install, use, remove. Raises `Failure`."""
    shutil.copy(package, root / "root" / "package.deb")
    inside(root, "apt-get", "-qq", "install", "-y", "/root/package.deb")
    print("installed, with what it depends on")
    if smoke_test.main(["--root", str(root)]):
        raise Failure("The smoke test failed in the bare root.")
    inside(root, "apt-get", "-qq", "install", "-y", *DESKTOP)
    (root / HOME.relative_to("/") / "run").mkdir(parents=True, mode=0o700)
    scan = next(iter(write_one_of_each(root / HOME.relative_to("/") / "scans")))
    name = metadata().name
    with own_screen() as screen:
        entry = f"/usr/share/applications/{metadata().id}.desktop"
        opened(root, screen, ["gio", "launch", entry], name)
        for tool in (["gio", "open"], ["xdg-open"]):
            opened(root, screen, [*tool, str(HOME / "scans" / scan.name)], f"{scan.stem} - {name}")
    listed = inside(root, "dpkg", "-L", metadata().package).splitlines()
    inside(root, "apt-get", "-qq", "purge", "-y", metadata().package)
    left = [path for path in listed if not (root / path[1:]).is_dir() and os.path.lexists(root / path[1:])]
    left += [str(path) for path in (root / "usr").rglob(f"*{metadata().package}*")]
    if left:
        raise Failure(f"Left behind: {left}")
    print("removed, nothing left")


def opened(root: Path, screen: Screen, command: list[str], title: str) -> None:
    """A command of the desktop shows our window, which is then closed by its key."""
    surroundings = {**os.environ, "DISPLAY": screen.name, "HOME": str(HOME), "XDG_RUNTIME_DIR": str(HOME / "run")}
    with subprocess.Popen(["chroot", str(root), *command], env=surroundings, stderr=subprocess.DEVNULL) as process:
        wait_for(f"a window by {command[0]}", lambda: screen.windows(title))
        screen.type_key(screen.windows(title)[0], "ctrl+q")
        wait_for("the end of the window", lambda: not screen.windows(metadata().name))
        process.wait(30)
    print(f"{' '.join(command[:2])}: the window came")


def inside(root: Path, *command: str) -> str:
    """What a command says in the root."""
    return run("chroot", str(root), *command)


def run(*command: str) -> str:
    """What a command says. Raises `Failure` with its last words when it ends badly."""
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    try:
        done = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True, errors="replace")
    except FileNotFoundError as error:
        raise Failure(f"{command[0]} is missing.") from error
    except subprocess.CalledProcessError as error:
        raise Failure(f"{' '.join(command[:4])} failed: {(error.stderr or error.stdout).strip()[-400:]}") from error
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
