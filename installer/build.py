"""Builds the program with its own Python and its installers: `python installer/build.py freeze | deb | tar | ...`.

Needs what requirements/test.lock names (`python installer/bootstrap.py test --version` installs it). deb and tar are
made on Linux, exe on Windows with Inno Setup, dmg on macOS, sbom (the bill of materials, CycloneDX) anywhere.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from installer.failure import Failure  # noqa: E402
from installer.frozen.filling import table  # noqa: E402
from installer.frozen.freeze import freeze, frozen_folder  # noqa: E402

KINDS = {
    "deb": "installer.packages.deb:build_deb",
    "tar": "installer.packages.tarball:build_tar",
    "exe": "installer.packages.windows:build_exe",
    "dmg": "installer.packages.macos:build_dmg",
    "sbom": "installer.packages.bill_of_materials:build_bill_of_materials",
}
"""What is built, and by which function of (frozen program, folder for work, folder for results)."""


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 for a failure told in a sentence."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("freeze", *KINDS, "size"), nargs="+", help="size: the size by component")
    parser.add_argument("--work", type=Path, default=ROOT / "build", metavar="DIR", help="working folder (build)")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="output folder (dist)")
    parser.add_argument("--keep", action="store_true", help="reuse the last frozen program")
    options = parser.parse_args(arguments)
    try:
        built(options)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def built(options: argparse.Namespace) -> None:
    """Freeze if need be, then build each kind. Raises `Failure`."""
    work, out = options.work.absolute(), options.out.absolute()
    folder = frozen_folder(work)
    if not options.keep and options.what != ["size"]:
        freeze(work)
    if not folder.is_dir():
        raise Failure(f"There is no program in {folder}; “python installer/build.py freeze” makes it.")
    for what in options.what:
        if what in KINDS:
            package = build_of(what)(folder, work, out)
            print(f"{package}: {package.stat().st_size / 1e6:.1f} MB")
        elif what == "size":
            print(f"{folder}\n{table(folder)}")


def build_of(kind: str) -> Callable[[Path, Path, Path], Path]:
    """The function behind a kind, imported now: each knows one system alone."""
    module, _, name = KINDS[kind].partition(":")
    build: Callable[[Path, Path, Path], Path] = getattr(import_module(module), name)
    return build


if __name__ == "__main__":
    sys.exit(main())
