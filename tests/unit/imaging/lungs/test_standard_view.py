"""One anatomy, one framing: however a slice is stored, the model's input is the same, and all else is turned back."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Framing, frame_lungs, model_input
from covidviewer.imaging.lungs.opacity import measure_opacity, opacity_bands_image
from covidviewer.imaging.lungs.standard_view import LONGEST_EDGE, StandardView, Turn, square_shape, turn_of
from covidviewer.imaging.slices import Geometry, Slice
from covidviewer.phantom.slices import Phantom, phantom_slice
from tests.unit.imaging.lungs.stored_orders import LONG, ORDERS, as_picture, long_rows, stored

PHANTOMS = [phantom_slice(seed, lesions=4, size=256) for seed in (1, 2, 3)]


def framed(slice_: Slice) -> Framing:
    found = frame_lungs(slice_)
    assert isinstance(found, Framing), found
    return found


@pytest.mark.parametrize("order", ORDERS)
def test_a_slice_in_every_order_gives_the_model_exactly_the_same(order: str) -> None:
    for phantom in PHANTOMS:
        for values in (phantom.values, phantom.values[:, 10:-20]):
            upright, turned = stored(values, "upright"), stored(values, order)
            expected = model_input(upright, framed(upright))
            np.testing.assert_array_equal(model_input(turned, framed(turned)), expected)


@pytest.mark.parametrize("order", ORDERS)
def test_lungs_and_box_lie_where_the_slice_is_stored(order: str) -> None:
    turn = ORDERS[order][0]
    upright, turned = (stored(PHANTOMS[0].values, one) for one in ("upright", order))
    a, b = framed(upright), framed(turned)
    np.testing.assert_array_equal(b.lungs, turn(a.lungs))
    inside = np.zeros(upright.values.shape, bool)
    inside[round(a.box.top) : round(a.box.bottom), round(a.box.left) : round(a.box.right)] = True
    rows, columns = (np.flatnonzero(turn(inside).any(axis=axis)) for axis in (1, 0))
    edges = (rows[0], columns[0], rows[-1] + 1, columns[-1] + 1)
    assert astuple(b.box) == pytest.approx(edges, abs=1)


@pytest.mark.parametrize("order", ORDERS)
def test_opacity_is_the_same_on_the_patients_sides_and_its_bands_lie_on_the_slice(order: str) -> None:
    turn = ORDERS[order][0]
    upright, turned = (stored(PHANTOMS[1].values, one) for one in ("upright", order))
    a, b = framed(upright), framed(turned)
    assert measure_opacity(turned, b) == measure_opacity(upright, a)
    np.testing.assert_array_equal(opacity_bands_image(turned, b), turn(opacity_bands_image(upright, a)))


@pytest.mark.parametrize("order", ORDERS)
def test_a_box_that_a_person_moved_is_one_of_the_stored_slice(order: str) -> None:
    turn = ORDERS[order][0]
    upright, turned = (stored(PHANTOMS[2].values, one) for one in ("upright", order))
    marks = np.zeros(upright.values.shape, bool)
    marks[40:168, 60:188] = True
    rows, columns = (np.flatnonzero(turn(marks).any(axis=axis)) for axis in (1, 0))
    moved = Box(float(rows[0]), float(columns[0]), float(rows[-1] + 1), float(columns[-1] + 1))
    expected = model_input(upright, framed(upright), Box(40.0, 60.0, 168.0, 188.0))
    np.testing.assert_array_equal(model_input(turned, framed(turned), moved), expected)


def test_oblique_slices_are_turned_to_the_nearest_order_and_others_than_axial_ones_not_at_all() -> None:
    for order, (_, (row, column)) in ORDERS.items():
        tilt = np.array([[0.94, -0.34, 0.0], [0.34, 0.94, 0.0], [0.0, 0.0, 1.0]])
        gantry = np.array([[1.0, 0.0, 0.0], [0.0, 0.87, -0.5], [0.0, 0.5, 0.87]])
        oblique = [tuple((gantry @ tilt @ np.array(way)).tolist()) for way in (row, column)]
        straight = turn_of(Geometry((0, 0, 0), row, column, (1, 1)))
        assert turn_of(Geometry((0, 0, 0), oblique[0], oblique[1], (1, 1))) == straight, order
    coronal = Geometry((0, 0, 0), (-1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (1, 1))
    assert turn_of(coronal) == Turn()


@pytest.mark.parametrize("phantom", PHANTOMS)
def test_upright_and_unknown_slices_are_taken_as_they_are(phantom: Phantom) -> None:
    slice_ = stored(phantom.values, "upright", (0.7, 0.701))
    for one in (slice_, as_picture(slice_), as_picture(stored(slice_.values, "transposed"))):
        view = StandardView.of(one)
        box = Box(0.1, 0.2, 0.3, 0.4)
        assert view.to_standard(one.values) is one.values
        assert view.from_standard(one.values) is one.values
        assert view.box_to_standard(box) is box
        assert view.box_from_standard(box) is box
        assert view.pixel_area == 1.0


@pytest.mark.parametrize("order", ["upright", "transposed", "half a turn"])
@pytest.mark.parametrize("phantom", PHANTOMS)
def test_pixels_that_are_not_square_change_the_models_input_little(phantom: Phantom, order: str) -> None:
    square = stored(phantom.values, "upright", (phantom.spacing_mm,) * 2)
    wide = long_rows(phantom, order)
    a, b = framed(square), framed(wide)
    inside = np.minimum(*(model_input(*pair)[..., 1] for pair in ((square, a), (wide, b)))) > 0.99
    difference = np.abs(model_input(square, a)[inside, 0] - model_input(wide, b)[inside, 0])
    assert inside.mean() > 0.3
    assert np.mean(difference) < 0.03
    assert b.lungs.shape == wide.values.shape
    across, down = b.box.right - b.box.left, b.box.bottom - b.box.top
    if order == "transposed":
        across, down = down, across
    assert across / down == pytest.approx(LONG, rel=0.01)
    one, other = measure_opacity(square, a), measure_opacity(wide, b)
    assert one is not None
    assert other is not None
    assert other.share == pytest.approx(one.share, abs=0.03)
    assert other.lung_area_mm2 == pytest.approx(one.lung_area_mm2, rel=0.03)
    assert opacity_bands_image(wide, b).shape == wide.values.shape


def test_spacing_alone_makes_pixels_square_where_the_position_is_unknown() -> None:
    wide = long_rows(PHANTOMS[1])
    assert StandardView.of(replace(wide, geometry=None)).standard == StandardView.of(wide).standard != wide.values.shape


def test_a_faulty_spacing_takes_no_more_pixels_than_the_longest_edge() -> None:
    assert square_shape((512, 512), (0.5, 500.0)) == (4, LONGEST_EDGE)
    assert square_shape((512, 330), (0.65, 0.65 * 512 / 330)) == (512, 512)
    assert square_shape((8000, 400), (1.0, 1.2)) == (8000, 480)
