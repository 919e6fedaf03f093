"""The wheel over lists, sliders and numbers: it scrolls what they stand in, until one of them is chosen."""

from __future__ import annotations

from itertools import chain

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.panels.result_panel import ResultPanel
from covidviewer.ui.view.heat_colours import COLOURS


def turn(control: QWidget, by: int) -> None:
    """As the system tells it, so that what is ignored goes on to what is around the control."""
    window = control.window()
    at = control.mapTo(window, control.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(at), QPoint(0, by))


def state(control: QWidget) -> object:
    return control.currentIndex() if isinstance(control, QComboBox) else control.property("value")


@pytest.fixture
def panel(shown: MainWindow, qtbot: QtBot) -> ResultPanel:
    """The result panel with the heat map's controls, in a window so low that it scrolls."""
    shown.resize(900, 400)
    shown.board["heat-map"].trigger()
    shown.activateWindow()
    made = shown.result_panel
    qtbot.waitUntil(lambda: made.heat.strength.isVisible() and made.verticalScrollBar().maximum() > 0)
    return made


def test_the_wheel_over_colours_and_strength_scrolls_the_panel(shown: MainWindow, panel: ResultPanel) -> None:
    before = shown.preferences.settings
    for control in (panel.heat.colours, panel.heat.strength):
        panel.ensureWidgetVisible(control)
        was = panel.verticalScrollBar().value()
        turn(control, 120)
        assert panel.verticalScrollBar().value() < was
    assert shown.preferences.settings == before


def test_a_control_with_the_focus_takes_the_wheel(shown: MainWindow, panel: ResultPanel, qtbot: QtBot) -> None:
    for control in (panel.heat.colours, panel.heat.strength):
        panel.ensureWidgetVisible(control)
        control.setFocus()
        qtbot.waitUntil(control.hasFocus)
        turn(control, -120)
    settings = shown.preferences.settings
    assert settings.heat_map_colours == list(COLOURS)[1]
    assert settings.heat_map_opacity < 0.5


@pytest.mark.parametrize("action", ["batch", "receive", "settings"])
def test_nothing_that_stands_in_something_that_scrolls_is_changed_by_scrolling(shown: MainWindow, action: str) -> None:
    shown.board[action].trigger()
    kinds = (QComboBox, QSlider, QAbstractSpinBox)
    inside = chain.from_iterable(area.findChildren(QWidget) for area in shown.findChildren(QScrollArea))
    controls = [one for one in inside if isinstance(one, kinds)]
    assert shown.result_panel.heat.strength in controls
    for control in controls:
        control.clearFocus()
        assert control.focusPolicy() is Qt.FocusPolicy.StrongFocus, "a wheel must not give it the focus"
        was = state(control)
        for by in (120, 120, -120):
            QApplication.sendEvent(control, wheel(control, by))
        assert state(control) == was


def wheel(control: QWidget, by: int) -> QWheelEvent:
    at, still = QPointF(control.rect().center()), Qt.ScrollPhase.NoScrollPhase
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    return QWheelEvent(at, control.mapToGlobal(at), QPoint(), QPoint(0, by), *none, still, False)
