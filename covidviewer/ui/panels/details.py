"""What "Copy details" puts on the clipboard: the message, and what a person who helps asks. Nothing of a patient."""

from __future__ import annotations

import platform
from datetime import datetime

from covidviewer import __version__


def details(message: str) -> str:
    """The message, then program, system and time, a line each; file names that the message holds stay in it."""
    from PySide6 import __version__ as qt_version

    now = datetime.now().astimezone()
    return "\n".join(
        (
            message,
            f"CovidViewer {__version__}, Python {platform.python_version()}, Qt for Python {qt_version}",
            platform.platform(),
            f"{now:%Y-%m-%d %H:%M:%S %z}",
        )
    )
