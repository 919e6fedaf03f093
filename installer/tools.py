"""Tools of other makers that packaging calls, and their failures as one sentence."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer.failure import Failure

LAST_WORDS = 500
"""Characters of what a tool said that its failure quotes."""


def run(*command: str | Path, folder: Path | None = None) -> str:
    """What a tool says, run in `folder`. Raises `Failure` when it is missing or refuses."""
    try:
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise Failure(f"{command[0]} is missing or cannot be run; install the package that holds it.") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"it ended with {done.returncode}")[-LAST_WORDS:]
        raise Failure(f"{command[0]} failed: {said}")
    return done.stdout
