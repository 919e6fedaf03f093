"""Predictive values at a prevalence, against counting people."""

from __future__ import annotations

import pytest

from covidviewer.inference.predictive_values import predictive_values


def test_of_a_thousand_people_as_many_as_counting_says() -> None:
    """10 ill, 8 of them called; 990 others, 99 of them called."""
    above, below = predictive_values((0.8, 0.8, 0.8), (0.9, 0.9, 0.9), 0.01)
    assert above == pytest.approx((8 / 107,) * 3)
    assert below == pytest.approx((891 / 893,) * 3)


def test_the_interval_is_that_of_both_ends() -> None:
    above, _ = predictive_values((0.8, 0.7, 0.9), (0.9, 0.8, 0.95), 0.5)
    assert above == pytest.approx((0.8 / 0.9, 0.7 / 0.9, 0.9 / 0.95))


def test_where_nobody_is_called_ill_there_is_no_positive_predictive_value() -> None:
    above, below = predictive_values((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 0.2)
    assert above is None
    assert below == pytest.approx((0.8, 0.8, 0.8))
