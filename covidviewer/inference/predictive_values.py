"""Predictive values at a prevalence that somebody names: what a call is worth where the disease is as common as that.

Bayes' rule; a predictive value without its prevalence means nothing. Pure functions.
"""

from __future__ import annotations

Interval = tuple[float, float, float]
"""Value, lower and upper end, each 0..1."""


def positive(sensitivity: float, specificity: float, prevalence: float) -> float | None:
    """Share of the ill among those called so; None where nobody is called so."""
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    return true / (true + false) if true + false > 0 else None


def negative(sensitivity: float, specificity: float, prevalence: float) -> float | None:
    """Share of the others among those not called ill; None where everybody is."""
    true, false = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    return true / (true + false) if true + false > 0 else None


def predictive_values(
    sensitivity: Interval, specificity: Interval, prevalence: float
) -> tuple[Interval | None, Interval | None]:
    """Positive and negative predictive value with their intervals; None where they are not defined.

    Both rise with sensitivity and with specificity, so the ends of the intervals are those of both together: wider
    than 95 %, never narrower.
    """
    found = []
    for value in (positive, negative):
        ends = [value(sensitivity[at], specificity[at], prevalence) for at in range(3)]
        whole = [end for end in ends if end is not None]
        found.append((whole[0], whole[1], whole[2]) if len(whole) == len(ends) else None)
    return found[0], found[1]
