"""`covidviewer [PATH...]`: the window. The one door from the command line to Qt."""

from __future__ import annotations

import argparse
import os
import sys

from covidviewer.cli.common_options import given_path
from covidviewer.cli.console import FAILED, print_status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and folders to open."""
    parser.add_argument("paths", nargs="*", type=given_path, metavar="PATH", help="files, folders, archives to open")
    parser.add_argument(
        "--new-window", action="store_true", help="open a new window instead of using the one that is open"
    )
    parser.add_argument(
        "--exit-after-first-paint",
        action="store_true",
        help="print the time to the first paint as JSON and exit",
    )


def run(options: argparse.Namespace) -> int:
    """Show the window until it is closed; the process's exit code."""
    if not has_display():
        print_status("No display is available; “covidviewer classify” works without one.")
        return FAILED
    try:
        from covidviewer.ui.application import run as run_window
    except ImportError as error:
        print_status(
            f"The window cannot be shown here ({error}); “python installer/bootstrap.py run” installs what it needs, "
            "and “covidviewer classify” works without it."
        )
        return FAILED
    return run_window(
        options.paths, exit_after_first_paint=options.exit_after_first_paint, new_window=options.new_window
    )


def has_display() -> bool:
    """Whether a window can be shown: Linux needs X11 or Wayland, unless Qt was told of something else."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
