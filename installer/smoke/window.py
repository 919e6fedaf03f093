"""The window of the installed program, as a person would see it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from installer.failure import Failure
from installer.smoke.program import Program
from installer.smoke.screen import PATIENCE_S, Screen, wait_for

SCORE_COLOUR = (0xF0, 0xA8, 0x48)
"""In which a score above the threshold is drawn."""
SCORE_PIXELS = 500
GREYS = 40
"""Different greys in the middle of the screen: a slice has more, an empty window and a message have fewer."""
HAND_OVER_S = 10.0


def check_window(program: Program, screen: Screen, files: Sequence[Path]) -> None:
    """Open, hand over, score, close. Raises `Failure`."""
    first, *others = files
    window = program.start([first], screen.name)
    try:
        shown(screen, first)
        for file in others:
            handed_over(program, screen, file)
            shown(screen, file)
        wait_for("a score in the window", lambda: has_score(screen))
        screen.type_key(screen.windows(others[-1].stem)[0], "ctrl+q")
        code = window.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise Failure("The window did not close by its key.") from None
    finally:
        window.kill()
        window.communicate()
    if code:
        raise Failure(f"The window ended with {code}.")
    print(f"window: {len(files)} transfer syntaxes shown, a score seen, closed with 0")


def shown(screen: Screen, file: Path) -> None:
    """The window is named for the file's series, and a picture is in it."""
    wait_for(f"a window with {file.name}", lambda: screen.windows(file.stem + " - "))
    wait_for(f"a picture of {file.name}", lambda: greys(screen) > GREYS)


def handed_over(program: Program, screen: Screen, file: Path) -> None:
    """A second start gives its file to the window that is there, and ends at once."""
    begun = perf_counter()
    second = program.start([file], screen.name)
    try:
        _, said = second.communicate(timeout=HAND_OVER_S)
    except subprocess.TimeoutExpired:
        second.kill()
        second.communicate()
        raise Failure(f"A second start did not hand over {file.name}.") from None
    if second.returncode:
        raise Failure(f"A second start ended with {second.returncode}: {said}")
    if len(screen.windows("CovidViewer")) > 1:
        raise Failure(f"A second start opened a window of its own, in {perf_counter() - begun:.1f} s.")


def greys(screen: Screen) -> int:
    """How many greys the middle of the screen has."""
    seen = screen.pixels()
    rows, columns = seen.shape[:2]
    middle = seen[rows // 4 : rows // 2, columns // 4 : columns // 2].astype(int)
    grey = (middle[..., 0] == middle[..., 1]) & (middle[..., 1] == middle[..., 2])
    return len(np.unique(middle[..., 0][grey]))


def has_score(screen: Screen) -> bool:
    """Whether a score is drawn at the right."""
    seen = screen.pixels()
    right = seen[:, seen.shape[1] * 2 // 3 :]
    return int((right == np.array(SCORE_COLOUR, np.uint8)).all(axis=-1).sum()) > SCORE_PIXELS
