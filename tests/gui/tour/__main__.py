"""`python -m tests.gui.tour OUT`: the walk in six looks, dark and light at 100, 150 and 200 %, every stop pictured.

On a screen, or without one: `xvfb-run -a -s "-screen 0 3200x2000x24" python -m tests.gui.tour OUT`. The model is the
bundled one, the scans are synthetic; `--guide docs/images` renews the pictures of the user guide.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from covidviewer.ui.startup.languages import LANGUAGES, SOURCE
from covidviewer.ui.theme.tokens import Theme

LOOKS: Final = tuple(f"{theme}-{scale}" for theme, scale in itertools.product(("dark", "light"), (100, 150, 200)))
GUIDE_LOOK: Final = LOOKS[0]
SIZE: Final = (1440, 900)


def arguments() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.gui.tour", description=__doc__)
    parser.add_argument("out", type=Path, help="a folder, made if need be; each look gets a folder in it")
    parser.add_argument("--look", choices=LOOKS, nargs="+", default=list(LOOKS), help="only these")
    parser.add_argument("--guide", type=Path, metavar="FOLDER", help=f"renew the user guide's pictures ({GUIDE_LOOK})")
    parser.add_argument("--language", choices=LANGUAGES, default=SOURCE, help="of the window; the guide's is English")
    parser.add_argument("--size", type=int, nargs=2, default=SIZE, metavar=("WIDTH", "HEIGHT"), help="of the window")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


def main(words: Sequence[str]) -> int:
    """Each look in a process of its own: a screen's scale is read once. 0 when nothing was missed."""
    options = arguments().parse_args(words)
    if options.here:
        return walk_here(options)
    failed = []
    for look in options.look:
        environment = {**os.environ, "QT_SCALE_FACTOR": str(int(look.split("-")[1]) / 100)}
        size = [str(edge) for edge in options.size]
        command = [sys.executable, "-m", "tests.gui.tour", str(options.out), "--here", "--look", look, "--size", *size]
        command += ["--language", options.language]
        if options.guide and look == GUIDE_LOOK and options.language == SOURCE:
            command += ["--guide", str(options.guide)]
        if subprocess.run(command, env=environment, check=False).returncode:
            failed.append(look)
    return 1 if failed else 0


def walk_here(options: argparse.Namespace) -> int:
    """One look, in this process."""
    from tests.gui.tour.guide import renew
    from tests.gui.tour.whole import tour

    (look,) = options.look
    out = options.out / look
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    missed, count = tour(Theme(look.split("-")[0]), options.language, out, tuple(options.size))
    print(f"{look}: {count} pictures in {out}", *missed, sep="\n  ", flush=True)
    if options.guide:
        renew(options.guide, out)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
