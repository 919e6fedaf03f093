"""The exit codes of the command line."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
FAILED: Final = 1
"""Something could not be read, scored for a fault, or written."""
USAGE: Final = 2
INTERRUPTED: Final = 130
"""Ctrl-C, as shells have it: 128 and the signal's number."""
