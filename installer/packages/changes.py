"""When the packaged state was made: the time of its last commit, so that the same state gives the same package."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, date, datetime

from installer.metadata import ROOT


def release_moment() -> datetime:
    """SOURCE_DATE_EPOCH where it is set, else the time of the last commit, else now."""
    told = os.environ.get("SOURCE_DATE_EPOCH") or last_commit()
    return datetime.fromtimestamp(int(told or time.time()), UTC)


def release_date() -> date:
    """Its day."""
    return release_moment().date()


def last_commit() -> str:
    """Seconds since 1970 of the last commit, or '' outside of a repository."""
    try:
        command = ["git", "log", "-1", "--format=%ct"]
        return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
