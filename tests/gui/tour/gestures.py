"""What the mouse does on the picture, gesture by gesture of the table, each with what it must have changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from covidviewer.ui.view.layers import box_rectangle
from tests.gui.tour.hands import Hands, Place
from tests.gui.tour.situations import Situations

MIDDLE: Final[Place] = (0.5, 0.5)
ASIDE: Final[Place] = (0.6, 0.58)


def left_drag(hands: Hands) -> bool:
    """Window and level at the start."""
    hands.window.board["tool-window"].trigger()
    before = hands.window.view.scene.window
    hands.drag(MIDDLE, ASIDE)
    return hands.window.view.scene.window != before


def pan(hands: Hands) -> bool:
    """By the middle button, and by Shift."""
    shifts = [hands.window.view.scene.view_transform.shift]
    hands.drag(MIDDLE, ASIDE, button=Qt.MouseButton.MiddleButton)
    shifts.append(hands.window.view.scene.view_transform.shift)
    hands.drag(MIDDLE, ASIDE, keys=Qt.KeyboardModifier.ShiftModifier)
    shifts.append(hands.window.view.scene.view_transform.shift)
    return len(set(shifts)) == 3


def window_whatever_the_tool(hands: Hands) -> bool:
    """With the distance in hand."""
    hands.window.board["tool-distance"].trigger()
    before = hands.window.view.scene.window
    hands.drag(MIDDLE, ASIDE, keys=Qt.KeyboardModifier.ControlModifier)
    return hands.window.view.scene.window != before


def linked_cursor(hands: Hands) -> bool:
    """In the first of the planes."""
    mpr = hands.window.board["planes"]
    mpr.trigger()
    if not hands.wait(lambda: hands.window.mpr.panes is not None):
        return False
    panes = hands.window.mpr.panes
    assert panes is not None
    before = tuple(panes.at)
    hands.drag(MIDDLE, ASIDE, on=next(iter(panes.views.values())))
    moved = tuple(panes.at) != before
    mpr.trigger()
    return moved


def right_drag(hands: Hands) -> bool:
    """Zoom."""
    before = hands.window.view.scene.view_transform.zoom
    hands.drag(MIDDLE, (0.5, 0.7), button=Qt.MouseButton.RightButton)
    return hands.window.view.scene.view_transform.zoom != before


def right_click(hands: Hands) -> bool:
    """A menu, closed again."""
    menu = hands.context_menu()
    menu.close()
    return bool(menu.actions())


def wheel(hands: Hands) -> bool:
    """One slice a notch."""
    one = hands.window.session.shown
    assert one is not None
    before = one.index
    hands.wheel(1)
    return one.index == before + 1


def zoom_by_wheel(hands: Hands) -> bool:
    """With Ctrl."""
    before = hands.window.view.scene.view_transform.zoom
    hands.wheel(1, Qt.KeyboardModifier.ControlModifier)
    return hands.window.view.scene.view_transform.zoom != before


def double_click(hands: Hands) -> bool:
    """The picture alone, and everything back."""
    window = hands.window
    hands.double_click(MIDDLE)
    alone = not window.series_list.isVisible() and not window.result_panel.isVisible()
    hands.double_click(MIDDLE)
    return alone and window.series_list.isVisible() and window.result_panel.isVisible()


def move_by_keys(hands: Hands) -> bool:
    """Alt and each arrow, there and back again."""
    places = []
    for arrow in ("Right", "Down", "Left", "Up"):
        hands.press(f"Alt+{arrow}")
        places.append(hands.window.view.scene.view_transform.shift)
    return len(set(places)) == 4


def steer_the_box(hands: Hands) -> bool:
    """Moved, then sized."""
    window = hands.window
    window.board["box"].setChecked(True)
    hands.settle()
    boxes = [window.view.scene.box]
    for keys in ("Alt+Shift+Right", "Alt+PgUp", "Alt+PgDown"):
        hands.press(keys)
        boxes.append(window.view.scene.box)
    window.board["box-reset"].trigger()
    window.board["box"].setChecked(False)
    return all(one != another for one, another in pairwise(boxes))


def hold_space(hands: Hands) -> bool:
    """Only while it is held."""
    view = hands.window.view
    hands.be_active()
    target = QApplication.focusWidget() or view
    QTest.keyPress(target, Qt.Key.Key_Space)
    held = view.scene.peek
    QTest.keyRelease(target, Qt.Key.Key_Space)
    return held and not view.scene.peek


def drag_the_box(hands: Hands) -> bool:
    """By its upper edge."""
    window = hands.window
    window.board["fit"].trigger()
    window.board["box"].setChecked(True)
    hands.settle()
    view, viewport_geometry = window.view, window.view.viewport_geometry()
    box, one = view.scene.box, window.session.shown
    if box is None or viewport_geometry is None or one is None:
        return False
    outline = view.scene.view_transform.to_widget(viewport_geometry).mapRect(box_rectangle(box))
    edge = QPointF(outline.center().x(), outline.top())
    start = (edge.x() / view.width(), edge.y() / view.height())
    hands.drag(start, (start[0], start[1] + 0.05))
    window.board["box"].setChecked(False)
    return one.index in one.boxes and hands.wait(lambda: window.analysis.shown_result is not None)


PERFORMED: Final[Mapping[str, Callable[[Hands], bool]]] = {
    "Left drag": left_drag,
    "Middle drag, Shift + left drag": pan,
    "Ctrl + left drag": window_whatever_the_tool,
    "Left drag in the planes": linked_cursor,
    "Right drag": right_drag,
    "Right click": right_click,
    "Wheel": wheel,
    "Ctrl + wheel": zoom_by_wheel,
    "Double click": double_click,
    "Alt + arrow keys": move_by_keys,
    "Alt + Shift + arrow keys, Alt + Page Up, Page Down": steer_the_box,
    "Hold Space": hold_space,
    "Drag the box": drag_the_box,
}
"""By the gesture's name in the table; True when it had its effect."""


def perform_all(situations: Situations) -> list[str]:
    """Every gesture; the names of those without effect."""
    without = []
    for name, act in PERFORMED.items():
        situations.score_it()
        if not act(situations.hands):
            without.append(name)
    return without
