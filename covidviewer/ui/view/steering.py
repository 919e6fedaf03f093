"""Picture and box moved with the keyboard: Alt and the arrows. These keys are no action's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from covidviewer.ui.view.tools.tool import ToolHost

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box

STEP: Final = 24
"""Widget pixels that the picture moves by."""
BOX_STEP: Final = 0.02
"""Of the box's side, by which it moves; it grows and shrinks by twice that."""
LEAST_BOX: Final = 16.0
"""Image pixels of a side."""

ARROWS: Final[dict[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
SIZES: Final[dict[int, int]] = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}


def steer(view: ToolHost, event: QKeyEvent) -> bool:
    """Do what the keys ask for; False when they ask for nothing here."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shifted = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    if event.key() in ARROWS and held == Qt.KeyboardModifier.AltModifier:
        return pan(view, *ARROWS[event.key()])
    if event.key() in ARROWS and held == shifted:
        return put_box(view, *ARROWS[event.key()], 0)
    if event.key() in SIZES and held == Qt.KeyboardModifier.AltModifier:
        return put_box(view, 0, 0, SIZES[event.key()])
    return False


def pan(view: ToolHost, right: int, down: int) -> bool:
    """The picture goes that way; a fitted one keeps its size."""
    viewport_geometry = view.viewport_geometry()
    if viewport_geometry is None:
        return False
    view_transform = view.scene.view_transform
    view.set_view_transform(
        replace(view_transform, zoom=view_transform.scale(viewport_geometry)).shifted(STEP * right, STEP * down)
    )
    return True


def put_box(view: ToolHost, right: int, down: int, larger: int) -> bool:
    """The shown box goes that way on the screen, or grows about its centre; where it lies then is told."""
    box, viewport_geometry = view.scene.box, view.viewport_geometry()
    if box is None or viewport_geometry is None or not view.scene.show_box:
        return False
    back, _ = view.scene.view_transform.to_widget(viewport_geometry).inverted()
    way = back.map(QLineF(QPointF(0, 0), QPointF(right, down))).unitVector()
    view.move_box(moved(box, way.dx() if right or down else 0, way.dy() if right or down else 0, larger))
    view.box_moved.emit(view.scene.box)
    return True


def moved(box: Box, right: float, down: float, larger: int) -> Box:
    """The box a step on in the picture, or a step larger or smaller."""
    side = box.right - box.left
    across, along = right * BOX_STEP * side, down * BOX_STEP * side
    grown = max(larger * BOX_STEP * side, (LEAST_BOX - side) / 2)
    return type(box)(
        box.top + along - grown, box.left + across - grown, box.bottom + along + grown, box.right + across + grown
    )
