"""Timing: what a thing took, over and over; and the shuffled order in which rivals are measured."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Timing:
    """`milliseconds` of every repetition of what `name` says."""

    name: str
    milliseconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Middle value in milliseconds."""
        return median(self.milliseconds)

    def percentile(self, percent: int) -> float:
        """Value in milliseconds that `percent` (1..99) of the repetitions do not pass."""
        if len(self.milliseconds) == 1:
            return self.milliseconds[0]
        return quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]

    def as_json(self) -> dict[str, object]:
        """Figures, rounded to a hundredth of a millisecond."""
        return {
            "name": self.name,
            "median_ms": round(self.median, 2),
            "p10_ms": round(self.percentile(10), 2),
            "p90_ms": round(self.percentile(90), 2),
            "n": len(self.milliseconds),
        }


def in_shuffled_rounds(
    rivals: Mapping[str, Callable[[], list[float]]], rounds: int, seed: int = 0
) -> dict[str, Timing]:
    """Measure every rival once a round, in another order each round, so that warmth and neighbours hit all alike.

    A rival returns the milliseconds of its repetitions. The result keeps the order of `rivals`.
    """
    order = list(rivals)
    shuffle = random.Random(seed).shuffle
    times: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(rounds):
        shuffle(order)
        for name in order:
            times[name] += rivals[name]()
    return {name: Timing(name, tuple(found)) for name, found in times.items()}
