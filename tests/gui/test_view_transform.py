"""Zoom, pan, turns and flips as arithmetic, and the orientation letters that follow from them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from covidviewer.ui.view.orientation import edge_letters
from covidviewer.ui.view.view_transform import ViewportGeometry, ViewTransform, pixel_size

VIEWPORT = ViewportGeometry(200, 100, (1.0, 1.0), QSizeF(400, 400))
VIEW_TRANSFORMS = [ViewTransform(turns=turns, mirrored=mirrored) for turns in range(4) for mirrored in (False, True)]
PLANES = {
    "axial": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    "axial, prone": ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0)),
    "coronal": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    "coronal, from behind": ((-1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    "sagittal": ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
    "sagittal, from the right": ((0.0, -1.0, 0.0), (0.0, 0.0, -1.0)),
}
LETTER_OF = {(1, 0, 0): "L", (-1, 0, 0): "R", (0, 1, 0): "P", (0, -1, 0): "A", (0, 0, 1): "H", (0, 0, -1): "F"}


@pytest.mark.parametrize(("plane", "view_transform"), list(itertools.product(PLANES, VIEW_TRANSFORMS)))
def test_orientation_letters_follow_the_pixels_for_all_48_views(plane: str, view_transform: ViewTransform) -> None:
    rows, columns = (np.array(axis) for axis in PLANES[plane])
    transform = view_transform.to_widget(VIEWPORT)
    origin, along_x, along_y = (transform.map(QPointF(*at)) for at in ((50, 100), (51, 100), (50, 101)))
    screen_right = {
        tuple(np.sign((along_x - origin).toTuple()).astype(int)): rows,
        tuple(np.sign((along_y - origin).toTuple()).astype(int)): columns,
    }
    toward = {}
    for (dx, dy), patient in screen_right.items():
        toward[dx, dy] = patient
        toward[-dx, -dy] = -patient
    letters = edge_letters(tuple(rows.tolist()), tuple(columns.tolist()), view_transform)
    for edge, direction in {"right": (1, 0), "left": (-1, 0), "bottom": (0, 1), "top": (0, -1)}.items():
        assert getattr(letters, edge) == LETTER_OF[tuple(toward[direction].astype(int).tolist())], edge


def test_oblique_directions_have_their_strongest_letter_first() -> None:
    tilt = np.radians(30)
    letters = edge_letters((1.0, 0.0, 0.0), (0.0, float(np.cos(tilt)), float(np.sin(tilt))), ViewTransform())
    assert (letters.bottom, letters.top, letters.right) == ("PH", "AF", "L")


def outline(view_transform: ViewTransform, viewport_geometry: ViewportGeometry) -> QRectF:
    """The picture's outline in widget coordinates."""
    return view_transform.to_widget(viewport_geometry).mapRect(
        QRectF(0, 0, viewport_geometry.columns, viewport_geometry.rows)
    )


def test_a_fitted_picture_fills_the_view_and_keeps_its_shape() -> None:
    place = outline(ViewTransform(), VIEWPORT)
    assert (place.width(), place.height()) == (200, 400)
    turned = outline(ViewTransform(turns=1), VIEWPORT)
    assert (turned.width(), turned.height()) == (400, 200)


@pytest.mark.parametrize("view_transform", VIEW_TRANSFORMS)
def test_zooming_keeps_the_point_under_the_pointer(view_transform: ViewTransform) -> None:
    at = QPointF(130, 270)
    start = ViewTransform(zoom=1.5, shift=(12.0, -30.0), turns=view_transform.turns, mirrored=view_transform.mirrored)
    under = start.to_widget(VIEWPORT).inverted()[0].map(at)
    after = start.zoomed(1.7, at, VIEWPORT).to_widget(VIEWPORT).map(under)
    assert after.x() == pytest.approx(at.x())
    assert after.y() == pytest.approx(at.y())


@pytest.mark.parametrize("view_transform", VIEW_TRANSFORMS)
def test_flips_mirror_what_is_on_the_screen_and_twice_is_nothing(view_transform: ViewTransform) -> None:
    start = ViewTransform(zoom=1.0, shift=(20.0, 8.0), turns=view_transform.turns, mirrored=view_transform.mirrored)
    before = start.to_widget(VIEWPORT).map(QPointF(10, 30))
    across = start.flipped(horizontally=True)
    down = start.flipped(horizontally=False)
    mirrored, upended = (one.to_widget(VIEWPORT).map(QPointF(10, 30)) for one in (across, down))
    assert (mirrored.x(), mirrored.y()) == pytest.approx((400 - before.x(), before.y()))
    assert (upended.x(), upended.y()) == pytest.approx((before.x(), 400 - before.y()))
    assert across.flipped(horizontally=True) == start
    assert down.flipped(horizontally=False) == start


def test_four_quarter_turns_are_nothing() -> None:
    start = ViewTransform(zoom=2.0, shift=(3.0, 4.0), turns=1, mirrored=True)
    assert start.turned(1).turned(1).turned(1).turned(1) == start
    assert start.turned(-1) == start.turned(3)


def test_pixels_that_are_not_square_are_drawn_in_their_shape() -> None:
    assert pixel_size((2.0, 1.0)) == (1.0, 2.0)
    assert pixel_size((0.5, 1.0)) == (2.0, 1.0)
    viewport_geometry = ViewportGeometry(100, 100, pixel_size((2.0, 1.0)), QSizeF(400, 400))
    place = outline(ViewTransform(), viewport_geometry)
    assert place.height() == pytest.approx(2 * place.width())
