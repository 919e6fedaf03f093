"""What is always in sight: in the window, and on everything that leaves the program."""

from __future__ import annotations

from typing import Final

NOTICE: Final = "Research use only. Not a medical device. Not for diagnosis."
