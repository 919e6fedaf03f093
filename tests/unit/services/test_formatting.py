"""Numbers for people."""

from __future__ import annotations

import pytest

from covidviewer.services import formatting as f

SPACE, MINUS = "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (1, "100 %"), (0.874, "87 %"), (0.9999, "> 99 %"), (0.0001, "< 1 %"), (0.01, "1 %"), (0.99, "99 %")],
)
def test_percent_is_whole_and_never_flatters(share: float, text: str) -> None:
    assert f.percent(share).replace(SPACE, " ") == text


@pytest.mark.parametrize("function", [f.percent, f.hounsfield, f.grey, f.millimetres, f.milliseconds, f.megabytes])
@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_not_known_is_a_dash(function, value: float | None) -> None:  # type: ignore[no-untyped-def]
    assert function(value) == "\u2013"


def test_hounsfield_units_have_a_true_minus_and_no_negative_zero() -> None:
    assert f.hounsfield(-612.4) == f"{MINUS}612{SPACE}HU"
    assert f.hounsfield(-0.3) == f"0{SPACE}HU"


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0.84, "0.8 ms"), (12.3, "12 ms"), (999.4, "999 ms"), (1400, "1.4 s"), (59_940, "59.9 s"), (125_000, "2 min 5 s")],
)
def test_durations_change_their_unit_as_they_grow(ms: float, text: str) -> None:
    assert f.milliseconds(ms).replace(SPACE, " ") == text


@pytest.mark.parametrize(("mm", "text"), [(0.703, "0.70 mm"), (9.994, "9.99 mm"), (12.345, "12.3 mm")])
def test_short_lengths_have_two_digits_and_long_ones_one(mm: float, text: str) -> None:
    assert f.millimetres(mm).replace(SPACE, " ") == text


@pytest.mark.parametrize(("size", "text"), [(4e5, "0.4 MB"), (43.4e6, "43 MB"), (1.24e9, "1.2 GB")])
def test_sizes_are_in_powers_of_ten(size: float, text: str) -> None:
    assert f.megabytes(size).replace(SPACE, " ") == text


def test_areas_large_and_small_are_in_cm_and_mm() -> None:
    assert f.square_millimetres(99.0).replace(SPACE, " ") == "99.0 mm²"
    assert f.square_millimetres(12_300.0).replace(SPACE, " ") == "123.0 cm²"


def test_counts_know_one_from_many() -> None:
    assert f.count(1, "file", "files") == "1 file"
    assert f.count(12_345, "file", "files").replace(SPACE, " ") == "12 345 files"


def test_grey_levels_are_whole_where_they_are() -> None:
    assert f.grey(17.0) == "17"
    assert f.grey(-0.5) == f"{MINUS}0.50"
