"""The one way of answers to stdout: written at once, so that a full disk or a reader that went away is noticed."""

from __future__ import annotations

import os
import sys

from covidviewer.errors import OutputUnwritable


def put(text: str) -> None:
    """Write `text` to stdout, and all that is buffered.

    Raises `OutputUnwritable` with the system's reason; `BrokenPipeError` where whoever read stdout has gone.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from covidviewer.files import os_error_reason

        abandon_stdout()
        raise OutputUnwritable("The output cannot be written: {why}.", why=os_error_reason(error)) from error


def abandon_stdout() -> None:
    """Nothing more can be written to stdout: keep the interpreter from complaining about it at the end."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
