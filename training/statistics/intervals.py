"""Confidence intervals: Wilson for proportions, bootstrap over groups for everything computed from scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054
RESAMPLES = 1000


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval; `low` and `high` are None where none can be given (a single group)."""

    value: float
    low: float | None
    high: float | None

    def as_json(self) -> list[float | None]:
        """[value, low, high], rounded to five digits."""
        return [None if number is None else round(float(number), 5) for number in (self.value, self.low, self.high)]


def wilson(successes: int, trials: int) -> Interval:
    """Wilson's score interval of a proportion. Raises ValueError when there are no trials."""
    if trials <= 0:
        raise ValueError("a proportion needs at least one trial")
    share = successes / trials
    centre = share + Z95**2 / (2 * trials)
    spread = Z95 * np.sqrt(share * (1 - share) / trials + Z95**2 / (4 * trials**2))
    scale = 1 + Z95**2 / trials
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return Interval(share, float(max(0.0, low)), float(min(1.0, high)))


def grouped_bootstrap(
    measure: Callable[[NDArray[np.intp]], float], groups: Sequence[str], resamples: int = RESAMPLES, seed: int = 2020
) -> Interval:
    """Percentile interval of `measure` when whole groups are drawn with replacement.

    Parameters
    ----------
    measure
        From indices of slices (with repeats) to the figure; may give NaN (one class only), which is left out.
    groups
        (n,) the group of each slice. With fewer than three groups there is no interval.
    """
    names, number = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(number == index) for index in range(len(names))]
    value = measure(np.arange(len(number)))
    if len(members) < 3:
        return Interval(value, None, None)
    rng = np.random.default_rng(seed)
    drawn = [
        measure(np.concatenate([members[index] for index in rng.integers(0, len(members), len(members))]))
        for _ in range(resamples)
    ]
    good = np.array(drawn)[np.isfinite(drawn)]
    if good.size < resamples / 2:
        return Interval(value, None, None)
    low, high = np.percentile(good, (2.5, 97.5))
    return Interval(value, float(low), float(high))
