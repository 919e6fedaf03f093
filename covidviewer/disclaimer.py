"""What is always in sight: in the window, and on everything that leaves the program. Imports the marker alone."""

from __future__ import annotations

from typing import Final

from covidviewer.texts import N_

DISCLAIMER: Final = N_("Research use only. Not a medical device. Not for diagnosis.")
LIMIT_SENTENCE: Final = N_(
    "It separates slices with opacities like those of COVID-19 from clear lungs; "
    "it cannot tell COVID-19 from other lung disease."
)
"""What the score can and cannot tell; wherever there is a score."""
