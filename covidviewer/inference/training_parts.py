"""What a slice served for when the model was made, and the sentence that says so. Imports nothing heavy: the window's
first paint needs the sentences.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from covidviewer.texts import N_


class Part(StrEnum):
    """What a slice served for."""

    TRAINING = "training"
    VALIDATION = "validation"
    TEST = "test"


PARTS: Final = tuple(Part)
"""In the order of the stored indices; of a slice that stands in several, the first is told."""
SENTENCES: Final = {
    Part.TRAINING: N_("This slice was in the training set; its score says nothing about new slices."),
    Part.VALIDATION: N_(
        "This slice was in the validation set, on which the score was calibrated; it says little about new slices."
    ),
    Part.TEST: N_("This slice is one of the test slices that the model was measured on."),
}
"""For people."""
