"""Medians and percentiles, against NumPy's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from covidviewer.imaging.order_statistics import median, order_statistics, percentiles

WHOLE = arrays.arrays(np.int16, st.integers(1, 60), elements=st.integers(-3000, 3000))
FLOATS = arrays.arrays(np.float32, st.integers(1, 60), elements=st.floats(-3000, 3000, width=32))


@pytest.mark.parametrize("shares", [(0.5, 99.5), (1, 99), (0, 50, 100)])
@given(values=WHOLE | FLOATS)
def test_percentiles_are_numpys_to_the_last_bit(values: NDArray[np.int16], shares: tuple[float, ...]) -> None:
    assert percentiles(values, *shares) == tuple(float(one) for one in np.percentile(values, shares))


@given(values=WHOLE | FLOATS)
def test_the_median_is_numpys(values: NDArray[np.int16]) -> None:
    assert median(values) == float(np.median(values))


@given(values=WHOLE | FLOATS, data=st.data())
def test_what_stands_at_a_place_is_what_sorting_puts_there(values: NDArray[np.int16], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, values.size - 1), min_size=1, max_size=3))
    ordered = np.append(np.sort(values), values.max())
    for place, pair in zip(places, order_statistics(values, places), strict=True):
        np.testing.assert_array_equal(pair, ordered[place : place + 2])
        assert pair.dtype == values.dtype


def test_the_whole_range_of_16_bits_is_counted() -> None:
    values = np.array([-32768, 32767, 32767, -32768, 0], np.int16)
    assert percentiles(values, 0, 50, 100) == (-32768.0, 0.0, 32767.0)
    assert percentiles(values[:2], 30) == pytest.approx((-32768 + 0.3 * 65535,))


def test_values_stay_as_they_were_and_may_have_axes() -> None:
    values = np.array([[3, 1], [2, 9]], np.int16)
    assert median(values) == 2.5
    np.testing.assert_array_equal(values, [[3, 1], [2, 9]])
