"""The commands, once a suitable Python runs them: the window, also by a double click, and the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from installer.environment import Environment, is_ready, ready_environment
from installer.failure import Failure
from installer.progress_window import shown_in_window
from installer.qt_libraries import ensure_libraries, platform_plugins

ROOT = Path(__file__).resolve().parent.parent
SIDE_BY_SIDE = ("-n", "logical", "--maxprocesses", "8", "--dist", "loadfile", "--no-loadscope-reorder")
"""For pytest: files in as many processes as the machine has processors, in the order in which they were collected."""


def run(paths: list[str]) -> int:
    """Open the window with `paths`; returns its exit code. Raises `Failure` when nothing can be shown here."""
    if not has_display(os.environ, sys.platform):
        raise Failure(
            "There is no display to open a window on; set DISPLAY, or score files without a window by "
            f"{Environment(ROOT / '.venv').script('covidviewer')} classify FILE."
        )
    environment = ready_environment(ROOT, "run.lock")
    ensure_libraries(environment, platform_plugins(os.environ))
    return subprocess.call([environment.python, "-m", "covidviewer", *paths])


def launch(paths: list[str]) -> int:
    """What a double click starts: `run`, and what there is to install is told in a window where Tk is."""
    if has_display(os.environ, sys.platform) and not is_ready(ROOT, "run.lock"):
        code = shown_in_window([sys.executable, str(ROOT / "installer" / "bootstrap.py"), "prepare"])
        if code:
            return code
    return run(paths)


def prepare(_: list[str]) -> int:
    """Install what the window needs, and open nothing. Raises `Failure`."""
    environment = ready_environment(ROOT, "run.lock")
    ensure_libraries(environment, platform_plugins(os.environ))
    return 0


def test(options: list[str]) -> int:
    """Run the tests side by side, without a display; returns pytest's exit code. A later `-n 0` undoes the first."""
    environment = ready_environment(ROOT, "test.lock")
    ensure_libraries(environment, platform_plugins(os.environ))
    command: list[str | Path] = [environment.python, "-m", "pytest", *SIDE_BY_SIDE, *options]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def has_display(variables: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown: on Linux somebody must have named a display, or a Qt platform that needs none."""
    if not platform.startswith("linux"):
        return True
    return any(variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
