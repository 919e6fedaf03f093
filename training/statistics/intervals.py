"""Confidence intervals: Wilson for proportions, bootstrap over groups for everything computed from scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

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
    found = binomtest(successes, trials).proportion_ci(method="wilson")
    return Interval(successes / trials, float(found.low), float(found.high))


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


def clustered_share(hits: Sequence[bool], groups: Sequence[str]) -> Interval:
    """Share of hits among slices, of which several may be of one group: an interval over groups.

    Where all groups agree a bootstrap has nothing to vary: the interval is then Wilson's, with groups as the trials.
    NaN without slices.
    """
    if not len(hits):
        return Interval(float("nan"), None, None)
    found = clustered_mean([float(hit) for hit in hits], groups)
    if found.low is None or found.low != found.high:
        return found
    count = len(set(groups))
    return wilson(round(found.value * count), count)


def clustered_mean(values: Sequence[float], groups: Sequence[str]) -> Interval:
    """Mean over slices with its interval over groups."""
    numbers = np.asarray(values, np.float64)
    return grouped_bootstrap(lambda at: float(numbers[at].mean()), groups)
