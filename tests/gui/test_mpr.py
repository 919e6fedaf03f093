"""Axial, coronal and sagittal planes in the window: linked cursors, windows in step, right aspect, refusals."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.slices import Series, Slice
from covidviewer.imaging.volume import Plane
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.mpr.panes import MprPanes
from covidviewer.ui.view.image_view import ImageView
from tests.gui.conftest import show


def widget_point(view: ImageView, x: float, y: float) -> QPoint:
    viewport_geometry = view.viewport_geometry()
    assert viewport_geometry is not None
    return view.scene.view_transform.to_widget(viewport_geometry).map(QPointF(x, y)).toPoint()


def shown_values(panes: MprPanes, plane: Plane) -> np.ndarray:
    slice_ = panes.views[plane].scene.slice
    assert slice_ is not None
    return slice_.values


def test_the_planes_begin_at_the_shown_slice_with_head_up(window: MainWindow, panes: MprPanes, chest: Series) -> None:
    assert window.session.slice is not None
    assert (shown_values(panes, Plane.AXIAL) == window.session.slice.values).all()
    coronal = shown_values(panes, Plane.CORONAL)
    for row in range(5):
        assert (coronal[row] == chest.read_slice(4 - row).values[64]).all()


def test_pointing_in_one_plane_moves_the_others(panes: MprPanes, chest: Series) -> None:
    axial = panes.views[Plane.AXIAL]
    QTest.mouseClick(axial, Qt.MouseButton.LeftButton, pos=widget_point(axial, 30.5, 50.5))
    stack = np.stack([chest.read_slice(4 - row).values for row in range(5)])
    assert (shown_values(panes, Plane.SAGITTAL) == stack[:, :, 30]).all()
    assert (shown_values(panes, Plane.CORONAL) == stack[:, 50, :]).all()
    assert axial.scene.cross == (30.5, 50.5)
    assert panes.views[Plane.SAGITTAL].scene.cross == (50.5, 2.5)


def test_pointing_in_a_side_plane_goes_to_the_slice_of_the_series(window: MainWindow, panes: MprPanes) -> None:
    coronal = panes.views[Plane.CORONAL]
    QTest.mouseClick(coronal, Qt.MouseButton.LeftButton, pos=widget_point(coronal, 64.5, 0.5))
    assert window.session.shown is not None
    assert window.session.shown.index == 4
    axial = panes.views[Plane.AXIAL].scene.corners
    assert axial is not None
    assert axial.bottom_right[0] == "5 of 5"
    window.board["first-slice"].trigger()
    assert panes.at[Plane.AXIAL] == 4
    assert coronal.scene.cross == (64.5, 4.5)


def test_keys_scroll_the_pane_that_has_the_keyboard_and_it_is_framed(window: MainWindow, panes: MprPanes) -> None:
    window.activateWindow()
    coronal = panes.views[Plane.CORONAL]
    plain = coronal.grab().toImage()
    coronal.setFocus()
    assert panes.focused is Plane.CORONAL
    framed = coronal.grab().toImage()
    assert framed.pixelColor(1, 40) != plain.pixelColor(1, 40)
    before = list(panes.at)
    QTest.keyClick(coronal, Qt.Key.Key_Down)
    QTest.keyClick(coronal, Qt.Key.Key_PageDown)
    assert panes.at[Plane.CORONAL] == before[Plane.CORONAL] + 11
    assert panes.at[Plane.AXIAL] == before[Plane.AXIAL]
    panes.views[Plane.AXIAL].setFocus()
    QTest.keyClick(panes.views[Plane.AXIAL], Qt.Key.Key_Down)
    assert window.session.shown is not None
    assert window.session.shown.index == 3
    assert panes.at[Plane.AXIAL] == before[Plane.AXIAL] - 1


def test_pointing_beyond_the_edge_stops_at_it(panes: MprPanes) -> None:
    panes.views[Plane.AXIAL].pointed.emit((-40.0, 9999.0))
    assert (panes.at[Plane.SAGITTAL], panes.at[Plane.CORONAL]) == (0, 127)


def test_a_sample_is_as_tall_as_its_spacing_says(panes: MprPanes) -> None:
    view = panes.views[Plane.CORONAL]
    slice_, viewport_geometry = view.scene.slice, view.viewport_geometry()
    assert slice_ is not None
    assert slice_.spacing_mm is not None
    assert viewport_geometry is not None
    transform = view.scene.view_transform.to_widget(viewport_geometry)
    across, down = (transform.map(QPointF(*at)) - transform.map(QPointF(0, 0)) for at in ((1.0, 0.0), (0.0, 1.0)))
    assert down.y() / across.x() == pytest.approx(5.0 / slice_.spacing_mm[1])


def test_windows_brightness_and_texts_are_in_step(window: MainWindow, panes: MprPanes) -> None:
    window.board["window-bone"].trigger()
    for view in panes.views.values():
        assert view.scene.window is not None
        assert view.scene.window.width == 2000
    sagittal = panes.views[Plane.SAGITTAL]
    start = sagittal.rect().center()
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.mousePress(sagittal, Qt.MouseButton.LeftButton, ctrl, start)
    QTest.mouseMove(sagittal, start + QPoint(50, 0))
    QTest.mouseRelease(sagittal, Qt.MouseButton.LeftButton, ctrl, start + QPoint(50, 0))
    dragged = sagittal.scene.window
    assert dragged is not None
    assert dragged.width > 2000
    assert window.view.scene.window == dragged == panes.views[Plane.AXIAL].scene.window
    window.board["invert"].trigger()
    window.board["overlay"].trigger()
    assert {view.scene.inverted for view in panes.views.values()} == {True}
    assert {view.scene.texts for view in panes.views.values()} == {window.view.scene.texts}


def test_what_belongs_to_the_single_view_is_off_and_comes_back(window: MainWindow, panes: MprPanes) -> None:
    assert not window.board["rotate-left"].isEnabled()
    assert not window.board["heat-map"].isEnabled()
    window.board["planes"].trigger()
    assert window.mpr.panes is None
    assert window.board["rotate-left"].isEnabled()
    assert window.board["heat-map"].isEnabled()
    assert window.centre.picture.isAncestorOf(window.view)


def test_another_series_puts_the_planes_away(
    window: MainWindow, panes: MprPanes, picture: Series, qtbot: QtBot
) -> None:
    window.session.add([picture], [])
    assert window.mpr.panes is None
    assert not window.board["planes"].isChecked()


def test_a_series_that_is_not_regular_says_why(shown: MainWindow) -> None:
    shown.board["planes"].trigger()
    assert "not evenly spaced" in shown.centre.banner.text.text()
    assert not shown.board["planes"].isChecked()


def test_a_series_beyond_the_memory_setting_says_what_it_needs(window: MainWindow, chest: Series, qtbot: QtBot) -> None:
    show(window, chest, qtbot)
    window.session.store._budget = 1000
    window.board["planes"].trigger()
    assert "need 1 MB" in window.centre.banner.text.text()


def test_a_slice_that_cannot_be_read_is_said(window: MainWindow, chest: Series, qtbot: QtBot) -> None:
    def read(index: int) -> Slice:
        if index == 4:
            raise UnreadableFile("The file ends before its pixels do.")
        return chest.read_slice(index)

    window.session.add([replace(chest, read_slice=read)], [])
    window.board["planes"].trigger()
    qtbot.waitUntil(lambda: not window.mpr.reading)
    assert "ends before its pixels" in window.centre.banner.text.text()
    assert not window.board["planes"].isChecked()


def test_reading_for_the_planes_can_be_cancelled(window: MainWindow, chest: Series, qtbot: QtBot) -> None:
    ood_detector = Event()

    def read(index: int) -> Slice:
        if index != 2:
            ood_detector.wait(5)
        return chest.read_slice(index)

    window.session.add([replace(chest, read_slice=read)], [])
    qtbot.waitUntil(lambda: window.session.slice is not None)
    window.board["planes"].trigger()
    assert window.board["cancel"].isEnabled()
    window.board["cancel"].trigger()
    ood_detector.set()
    qtbot.waitUntil(lambda: not window.mpr.reading)
    assert window.mpr.panes is None
    assert not window.board["planes"].isChecked()
