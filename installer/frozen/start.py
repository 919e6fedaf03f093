"""The frozen program's first module, of the console program and of the one without a console."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import MutableMapping

SEARCHED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def main() -> int:
    """The program's exit code. A process that reads files for it is a start of the same program."""
    give_back_search_paths(os.environ)
    multiprocessing.freeze_support()
    from covidviewer.cli.main import main as program

    return program()


def give_back_search_paths(variables: MutableMapping[str, str]) -> None:
    """Programs that we start (a browser) must not find our libraries in the place of theirs.

    PyInstaller's starter sets these variables for our own process, which has read them by now, and keeps the old ones.
    """
    for name in SEARCHED:
        if f"{name}_ORIG" in variables:
            variables[name] = variables.pop(f"{name}_ORIG")
        else:
            variables.pop(name, None)


if __name__ == "__main__":
    sys.exit(main())
