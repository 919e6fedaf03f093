"""The score of a series, by a rule that is told with it."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

from covidviewer.texts import N_

HIGHEST_SCORES: Final = 5
SERIES_RULE: Final = N_(
    "The series score is the mean of its five highest slice scores (of all, if there are fewer). It was "
    "not validated on patients: use it to prioritise reading, not as a diagnosis."
)


def series_score(scores: Sequence[float]) -> float | None:
    """The score of a series from those of its slices, by `SERIES_RULE`; None where there are none."""
    highest = heapq.nlargest(HIGHEST_SCORES, scores)
    return round(sum(highest) / len(highest), 6) if highest else None
