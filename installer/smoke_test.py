"""Is an installed program whole? `python installer/smoke_test.py [--command covidviewer] [--root DIR]`; Linux.

On a screen of its own (Xvfb) the window opens a synthetic chest, takes from later starts a slice in each transfer
syntax, scores it, and is closed by its key. The console program scores the same files on the processor, and, where
COVIDVIEWER_DATA names real ones, reads those too; it scores a folder with decoder processes, writes DICOM objects and
takes one over the network of this computer. Whatever ends with another exit code than it must, or leaves a line in the
log, is a failure. `--root`: the program is installed in that root, and entered by chroot.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from installer.failure import Failure  # noqa: E402
from installer.smoke.console import check_console  # noqa: E402
from installer.smoke.files import write_one_of_each  # noqa: E402
from installer.smoke.program import Program  # noqa: E402
from installer.smoke.screen import own_screen  # noqa: E402
from installer.smoke.window import check_window  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 for a failure told in a sentence."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--command", default="covidviewer", help="the console program; its window has -gui behind it")
    parser.add_argument("--root", type=Path, default=Path("/"), metavar="DIR", help="where it is installed")
    options = parser.parse_args(arguments)
    (options.root / "tmp").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="covidviewer-smoke-", dir=options.root / "tmp"))
    try:
        check(options.command, options.root, folder)
    except Failure as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder)
    print("The installed program is whole.")
    return 0


def check(command: str, root: Path, folder: Path) -> None:
    """All of it. Raises `Failure`."""
    inside = Path("/") / folder.relative_to(root)
    program = Program(command, root, inside / "home")
    (folder / "home" / "run").mkdir(parents=True, mode=0o700)
    files = [inside / file.relative_to(folder) for file in write_one_of_each(folder / "each")]
    with own_screen() as screen:
        check_window(program, screen, files)
    check_console(program, files, real_files(folder, inside))
    if program.log():
        raise Failure(f"The log holds:\n{program.log()}")


def real_files(folder: Path, inside: Path) -> list[Path]:
    """The slices of COVIDVIEWER_DATA in many transfer syntaxes, copied to where the program sees them."""
    data = os.environ.get("COVIDVIEWER_DATA")
    if not data:
        return []
    shutil.copytree(
        Path(data) / "dicom" / "transfer-syntax", folder / "real", ignore=shutil.ignore_patterns("no-pixel*")
    )
    return [inside / file.relative_to(folder) for file in sorted((folder / "real").rglob("*.dcm"))]


if __name__ == "__main__":
    sys.exit(main())
