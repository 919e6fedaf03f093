"""The probe's figures, and the bounds that were set for them before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from training.evaluation.metrics_file import ProbeBound, ProbeRow
from training.statistics.intervals import Interval


@dataclass(frozen=True)
class Bound:
    """What a figure has to reach: at most `limit`, or at least; `strict` where the limit itself is not enough."""

    limit: float
    at_most: bool = False
    strict: bool = False

    def met(self, value: float) -> bool:
        """Whether a value keeps it; NaN does not."""
        if value == self.limit:
            return not self.strict
        return value < self.limit if self.at_most else value > self.limit

    def as_json(self) -> ProbeBound:
        """Limit, direction and whether the limit itself is enough."""
        return {"limit": self.limit, "at_most": self.at_most, "strict": self.strict}


BOUNDS: Mapping[str, Bound] = {
    "clear called COVID": Bound(0.05, at_most=True),
    "drawn called COVID": Bound(0.90),
    "drawn against clear AUC": Bound(0.985),
    "strongest cell on the opacity": Bound(0.95),
    "strongest cell in the lungs": Bound(0.98),
    "positive heat in the lungs": Bound(0.85),
    "clear phantoms below": Bound(0.95),
    "phantoms with opacities above": Bound(0.95),
    "stored transposed": Bound(0.05, at_most=True),
    "stored front to back": Bound(0.05, at_most=True),
    "stored upside down": Bound(0.05, at_most=True),
    "long pixels": Bound(0.05, at_most=True),
    "normal patient called COVID": Bound(0.0, at_most=True),
}
"""By the figure's key; the others are told without one."""


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Attributes
    ----------
    key, question
        For `BOUNDS`, and for people.
    interval
        The figure, 0..1, with its 95 % interval.
    n
        Slices (or phantoms, or places) that it was computed from.
    note
        What else has to be known: the chance level, how many were refused; '' for nothing.
    bound
        In place of that of `BOUNDS`.
    """

    key: str
    question: str
    interval: Interval
    n: int
    note: str = ""
    bound: Bound | None = None

    def as_json(self) -> ProbeRow:
        """Key, question, value with interval, n, bound and whether it is met."""
        bound = self.bound or BOUNDS.get(self.key)
        return {
            "key": self.key,
            "question": self.question,
            "value": [None if one is None or np.isnan(one) else one for one in self.interval.as_json()],
            "n": self.n,
            "note": self.note,
            "bound": None if bound is None else bound.as_json(),
            "met": None if bound is None else bound.met(self.interval.value),
        }
