"""The window without a mouse: what a drag does, keys do too; and the picture alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QToolBar
from pytestqt.qtbot import QtBot

from covidviewer.imaging.volume import Plane
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.mpr.panes import MprPanes
from covidviewer.ui.view.view_transform import ViewTransform

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def around(window: MainWindow) -> list[bool]:
    parts = [*window.findChildren(QDockWidget), *window.findChildren(QToolBar)]
    return [part.isVisibleTo(window) for part in parts]


@pytest.mark.parametrize(("key", "way"), [
    (Qt.Key.Key_Left, (-1, 0)), (Qt.Key.Key_Right, (1, 0)), (Qt.Key.Key_Up, (0, -1)), (Qt.Key.Key_Down, (0, 1)),
])  # fmt: skip
def test_alt_and_arrows_move_the_picture_that_way(shown: MainWindow, key: Qt.Key, way: tuple[int, int]) -> None:
    viewport_geometry = shown.view.viewport_geometry()
    assert viewport_geometry is not None
    before = shown.view.scene.view_transform.to_widget(viewport_geometry).map(QPointF(64, 64))
    QTest.keyClick(shown.view, key, ALT)
    moved = shown.view.scene.view_transform.to_widget(viewport_geometry).map(QPointF(64, 64)) - before
    assert (moved.x() > 0) - (moved.x() < 0) == way[0]
    assert (moved.y() > 0) - (moved.y() < 0) == way[1]


@pytest.mark.parametrize(
    "view_transform", [ViewTransform(), ViewTransform(turns=1), ViewTransform(turns=2, mirrored=True)]
)
def test_the_box_moves_on_the_screen_as_the_arrow_says_and_is_scored_there(
    shown: MainWindow, view_transform: ViewTransform, qtbot: QtBot
) -> None:
    QTest.keyClick(shown.view, Qt.Key.Key_Right, ALT | SHIFT)
    assert shown.session.shown is not None
    assert not shown.session.shown.boxes
    shown.board["box"].trigger()
    shown.view.set_view_transform(view_transform)
    first, viewport_geometry = shown.analysis.shown_result, shown.view.viewport_geometry()
    assert viewport_geometry is not None
    before = centre_of_box(shown)
    QTest.keyClick(shown.view, Qt.Key.Key_Right, ALT | SHIFT)
    moved = centre_of_box(shown) - before
    assert moved.x() > 1
    assert abs(moved.y()) < 1e-6
    qtbot.waitUntil(lambda: shown.analysis.shown_result is not first)
    assert shown.session.shown.boxes


def test_the_box_grows_and_shrinks_by_keys_and_stays_a_box(shown: MainWindow) -> None:
    shown.board["box"].trigger()
    sides = [side_of_box(shown)]
    QTest.keyClick(shown.view, Qt.Key.Key_PageUp, ALT)
    sides.append(side_of_box(shown))
    assert sides[1] > sides[0]
    for _ in range(100):
        QTest.keyClick(shown.view, Qt.Key.Key_PageDown, ALT)
    assert side_of_box(shown) >= 16


def test_a_double_click_shows_the_picture_alone_and_the_next_one_brings_all_back(shown: MainWindow) -> None:
    assert all(around(shown))
    QTest.mouseDClick(shown.view, Qt.MouseButton.LeftButton)
    assert not any(around(shown))
    assert shown.board["alone"].isChecked()
    QTest.mouseDClick(shown.view, Qt.MouseButton.LeftButton)
    assert all(around(shown))


def test_a_panel_that_was_hidden_before_stays_hidden(shown: MainWindow) -> None:
    (series,) = (dock for dock in shown.findChildren(QDockWidget) if dock.objectName() == "series")
    series.hide()
    before = around(shown)
    shown.board["alone"].trigger()
    shown.board["alone"].trigger()
    assert around(shown) == before


def test_a_panel_that_was_hidden_afterwards_stays_hidden_when_the_picture_is_asked_back_again(
    shown: MainWindow,
) -> None:
    for wanted in (True, False):
        shown.hidden_panels.set_hidden(wanted)
    panel = shown.findChildren(QDockWidget)[0]
    panel.hide()
    shown.hidden_panels.set_hidden(False)
    assert panel.isHidden()


def test_closing_while_the_picture_is_alone_leaves_the_panels_for_the_next_start(shown: MainWindow) -> None:
    shown.board["alone"].trigger()
    shown.close()
    assert all(around(shown))


def test_a_double_click_in_a_plane_shows_it_alone(panes: MprPanes) -> None:
    QTest.mouseDClick(panes.views[Plane.CORONAL], Qt.MouseButton.LeftButton)
    assert [plane for plane, view in panes.views.items() if view.isVisibleTo(panes)] == [Plane.CORONAL]
    QTest.mouseDClick(panes.views[Plane.CORONAL], Qt.MouseButton.LeftButton)
    assert all(view.isVisibleTo(panes) for view in panes.views.values())


def centre_of_box(window: MainWindow) -> QPointF:
    box, viewport_geometry = window.view.scene.box, window.view.viewport_geometry()
    assert box is not None
    assert viewport_geometry is not None
    centre = QPointF((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    return window.view.scene.view_transform.to_widget(viewport_geometry).map(centre)


def side_of_box(window: MainWindow) -> float:
    box = window.view.scene.box
    assert box is not None
    return box.right - box.left
