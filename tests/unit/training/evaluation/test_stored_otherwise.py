"""A slice stored in another way is the same picture of the same place: each pixel keeps its millimetres."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from covidviewer.imaging.slices import Geometry, Slice
from covidviewer.phantom.slices import phantom_slice
from tests.unit.services.fakes import slice_of
from training.evaluation.stored_otherwise import STORED, front_to_back, long_pixels, transposed, upside_down

GEOMETRY = Geometry((-180.0, -150.0, 30.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.8, 0.7))
UPRIGHT = replace(
    slice_of(phantom_slice(3, size=64)),
    values=np.arange(48 * 64, dtype=np.int16).reshape(48, 64),
    geometry=GEOMETRY,
    spacing_mm=GEOMETRY.spacing_mm,
)


def by_place(slice_: Slice) -> dict[tuple[float, ...], int]:
    """Value of each pixel by its millimetres, from PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1."""
    geometry = slice_.geometry
    assert geometry is not None
    found = {}
    for row in range(slice_.rows):
        for column in range(slice_.columns):
            along = np.multiply(geometry.row_direction, geometry.spacing_mm[1] * column)
            down = np.multiply(geometry.column_direction, geometry.spacing_mm[0] * row)
            place = np.array(geometry.position_mm) + along + down
            found[tuple(np.round(place, 3) + 0.0)] = int(slice_.values[row, column])
    return found


@pytest.mark.parametrize("change", [transposed, front_to_back, upside_down])
def test_every_pixel_keeps_its_place_in_the_patient(change: Callable[[Slice], Slice]) -> None:
    other = change(UPRIGHT)
    assert not np.array_equal(other.values, UPRIGHT.values)
    assert by_place(other) == by_place(UPRIGHT)


def test_a_quarter_turn_is_seen_from_the_same_side_and_a_transposition_from_the_other() -> None:
    upright, turned, swapped = (
        one.geometry.normal[2] for one in (UPRIGHT, front_to_back(UPRIGHT), transposed(UPRIGHT)) if one.geometry
    )
    assert (upright, turned, swapped) == (1, 1, -1)


def test_long_pixels_cover_the_same_millimetres() -> None:
    other = long_pixels(UPRIGHT)
    assert other.geometry is not None
    assert other.spacing_mm == other.geometry.spacing_mm
    assert other.rows * other.geometry.spacing_mm[0] == pytest.approx(48 * 0.8)
    assert other.geometry.spacing_mm[0] / 0.8 == pytest.approx(1.55, abs=0.03)


def test_no_way_of_storing_changes_the_slice_it_was_given() -> None:
    before = UPRIGHT.values.copy()
    for _, change in STORED.values():
        change(UPRIGHT)
    assert np.array_equal(UPRIGHT.values, before)
