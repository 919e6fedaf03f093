"""Slices of two series that belong together, against positions written down by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.imaging.series_alignment import match
from covidviewer.imaging.slices import FileKind, Geometry, Series, Slice, SliceHeader, Source, Vector

DOWN = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
UPSIDE = ((-1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
CORONAL = ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0))


def unread(_: int) -> Slice:
    raise AssertionError("no pixels are needed")


def at(heights: list[float], axes: tuple[Vector, Vector] = DOWN, study: str = "1") -> Series:
    source = Source(Path("a.dcm"), FileKind.DICOM)
    headers = tuple(
        SliceHeader(source, 8, 8, Geometry((0.0, 0.0, z), *axes, (1.0, 1.0)), study_uid=study) for z in heights
    )
    return Series("s", headers, unread)


def unplaced(count: int) -> Series:
    return Series("s", tuple(SliceHeader(Source(Path("a.png"), FileKind.PNG), 8, 8) for _ in range(count)), unread)


def test_thick_and_thin_slices_of_one_study_meet_at_the_same_place() -> None:
    found = match(at([0, 5, 10, 15]), at([-1, 1, 3, 5, 7, 9, 11, 13, 15, 17]))
    assert found is not None
    assert [found.to_second(index) for index in range(4)] == [0, 3, 5, 8]
    assert [found.to_first(index) for index in (0, 3, 8, 9)] == [0, 1, 3, 3]


def test_a_series_that_is_numbered_from_the_other_end_meets_at_the_same_place() -> None:
    found = match(at([0, 5, 10]), at([10, 5, 0], UPSIDE))
    assert found is not None
    assert [found.to_second(index) for index in range(3)] == [2, 1, 0]


def test_between_studies_the_middles_are_put_together() -> None:
    found = match(at([0, 5, 10]), at([1000, 1005, 1010, 1015, 1020], study="2"))
    assert found is not None
    assert [found.to_second(index) for index in range(3)] == [1, 2, 3]


def test_an_offset_can_be_taken_from_two_slices() -> None:
    found = match(at([0, 5, 10, 15]), at([0, 5, 10, 15]))
    assert found is not None
    shifted = found.aligned(1, 3)
    assert [shifted.to_second(index) for index in range(4)] == [2, 3, 3, 3]
    assert shifted.to_first(3) == 1


def test_slices_that_cross_have_nothing_to_share() -> None:
    assert match(at([0, 5, 10]), at([0, 5, 10], CORONAL)) is None


@pytest.mark.parametrize(("count", "expected"), [(3, [0, 2]), (1, [0, 0])])
def test_without_positions_the_slices_are_spread_evenly(count: int, expected: list[int]) -> None:
    found = match(unplaced(2), unplaced(count))
    assert found is not None
    assert [found.to_second(index) for index in range(2)] == expected
