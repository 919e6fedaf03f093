"""Zoom, pan, turns and flips as arithmetic, and the orientation letters that follow from them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from covidviewer.ui.view.orientation import edge_letters
from covidviewer.ui.view.view_transform import Frame, Pose, pixel_size

FRAME = Frame(200, 100, (1.0, 1.0), QSizeF(400, 400))
POSES = [Pose(turns=turns, mirrored=mirrored) for turns in range(4) for mirrored in (False, True)]
PLANES = {
    "axial": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    "axial, prone": ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0)),
    "coronal": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    "coronal, from behind": ((-1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    "sagittal": ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
    "sagittal, from the right": ((0.0, -1.0, 0.0), (0.0, 0.0, -1.0)),
}
LETTER_OF = {(1, 0, 0): "L", (-1, 0, 0): "R", (0, 1, 0): "P", (0, -1, 0): "A", (0, 0, 1): "H", (0, 0, -1): "F"}


@pytest.mark.parametrize(("plane", "pose"), list(itertools.product(PLANES, POSES)))
def test_orientation_letters_follow_the_pixels_for_all_48_views(plane: str, pose: Pose) -> None:
    rows, columns = (np.array(axis) for axis in PLANES[plane])
    transform = pose.transform(FRAME)
    origin, along_x, along_y = (transform.map(QPointF(*at)) for at in ((50, 100), (51, 100), (50, 101)))
    screen_right = {
        tuple(np.sign((along_x - origin).toTuple()).astype(int)): rows,
        tuple(np.sign((along_y - origin).toTuple()).astype(int)): columns,
    }
    toward = {}
    for (dx, dy), patient in screen_right.items():
        toward[dx, dy] = patient
        toward[-dx, -dy] = -patient
    letters = edge_letters(tuple(rows.tolist()), tuple(columns.tolist()), pose)
    for edge, direction in {"right": (1, 0), "left": (-1, 0), "bottom": (0, 1), "top": (0, -1)}.items():
        assert getattr(letters, edge) == LETTER_OF[tuple(toward[direction].astype(int).tolist())], edge


def test_oblique_directions_have_their_strongest_letter_first() -> None:
    tilt = np.radians(30)
    letters = edge_letters((1.0, 0.0, 0.0), (0.0, float(np.cos(tilt)), float(np.sin(tilt))), Pose())
    assert (letters.bottom, letters.top, letters.right) == ("PH", "AF", "L")


def outline(pose: Pose, frame: Frame) -> QRectF:
    """The picture's outline in widget coordinates."""
    return pose.transform(frame).mapRect(QRectF(0, 0, frame.columns, frame.rows))


def test_a_fitted_picture_fills_the_view_and_keeps_its_shape() -> None:
    place = outline(Pose(), FRAME)
    assert (place.width(), place.height()) == (200, 400)
    turned = outline(Pose(turns=1), FRAME)
    assert (turned.width(), turned.height()) == (400, 200)


@pytest.mark.parametrize("pose", POSES)
def test_zooming_keeps_the_point_under_the_pointer(pose: Pose) -> None:
    at = QPointF(130, 270)
    start = Pose(zoom=1.5, shift=(12.0, -30.0), turns=pose.turns, mirrored=pose.mirrored)
    under = start.transform(FRAME).inverted()[0].map(at)
    after = start.zoomed(1.7, at, FRAME).transform(FRAME).map(under)
    assert after.x() == pytest.approx(at.x())
    assert after.y() == pytest.approx(at.y())


@pytest.mark.parametrize("pose", POSES)
def test_flips_mirror_what_is_on_the_screen_and_twice_is_nothing(pose: Pose) -> None:
    start = Pose(zoom=1.0, shift=(20.0, 8.0), turns=pose.turns, mirrored=pose.mirrored)
    before = start.transform(FRAME).map(QPointF(10, 30))
    across = start.flipped(horizontally=True)
    down = start.flipped(horizontally=False)
    mirrored, upended = (one.transform(FRAME).map(QPointF(10, 30)) for one in (across, down))
    assert (mirrored.x(), mirrored.y()) == pytest.approx((400 - before.x(), before.y()))
    assert (upended.x(), upended.y()) == pytest.approx((before.x(), 400 - before.y()))
    assert across.flipped(horizontally=True) == start
    assert down.flipped(horizontally=False) == start


def test_four_quarter_turns_are_nothing() -> None:
    start = Pose(zoom=2.0, shift=(3.0, 4.0), turns=1, mirrored=True)
    assert start.turned(1).turned(1).turned(1).turned(1) == start
    assert start.turned(-1) == start.turned(3)


def test_pixels_that_are_not_square_are_drawn_in_their_shape() -> None:
    assert pixel_size((2.0, 1.0)) == (1.0, 2.0)
    assert pixel_size((0.5, 1.0)) == (2.0, 1.0)
    frame = Frame(100, 100, pixel_size((2.0, 1.0)), QSizeF(400, 400))
    place = outline(Pose(), frame)
    assert place.height() == pytest.approx(2 * place.width())
