"""Moving and sizing the box that the model sees, by its edge and its corners; it stays a square of the picture."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt

from covidviewer.ui.view.layers import box_rectangle
from covidviewer.ui.view.tools.tool import Drag, PointerEvent, ToolHost

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box

REACH: Final = 8.0
"""Widget pixels around edge and corner that take hold of it."""
SMALLEST: Final = 16.0
"""Image pixels."""


class Grip(Enum):
    """Which part of the box the pointer holds."""

    EDGE = "edge"
    CORNER = "corner"


def grip_at(view: ToolHost, at: QPointF) -> Grip | None:
    """What a press at a widget point would take hold of; None when the box is hidden or far."""
    scene, viewport_geometry = view.scene, view.viewport_geometry()
    if scene.box is None or not scene.show_box or scene.peek or viewport_geometry is None:
        return None
    outline = scene.view_transform.to_widget(viewport_geometry).mapRect(box_rectangle(scene.box))
    for corner in (outline.topLeft(), outline.topRight(), outline.bottomLeft(), outline.bottomRight()):
        if (corner - at).manhattanLength() <= 2 * REACH:
            return Grip.CORNER
    near = outline.adjusted(-REACH, -REACH, REACH, REACH)
    inner: QRectF = outline.adjusted(REACH, REACH, -REACH, -REACH)
    return Grip.EDGE if near.contains(at) and not inner.contains(at) else None


class BoxTool(Drag):
    """Takes the place of the active tool while the pointer holds the box."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, grip: Grip) -> None:
        self._grip = grip
        self._moved = False

    def drag(self, view: ToolHost, event: PointerEvent) -> None:
        """Shift the box, or size it about its centre."""
        box, before, at = view.scene.box, view.image_point(event.before), view.image_point(event.at)
        if box is None or before is None or at is None:
            return
        self._moved = True
        if self._grip is Grip.EDGE:
            view.move_box(shifted(box, at[0] - before[0], at[1] - before[1]))
        else:
            view.move_box(sized(box, before, at))

    def release(self, view: ToolHost, event: PointerEvent) -> None:
        """Tell where the box came to lie."""
        if self._moved and view.scene.box is not None:
            view.box_moved.emit(view.scene.box)


def shifted(box: Box, dx: float, dy: float) -> Box:
    """The box moved by image pixels."""
    return type(box)(box.top + dy, box.left + dx, box.bottom + dy, box.right + dx)


def sized(box: Box, before: tuple[float, float], at: tuple[float, float]) -> Box:
    """The box grown or shrunk about its centre, as the pointer went away from it or nearer."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    was = max(abs(before[0] - x), abs(before[1] - y), 1.0)
    factor = max(abs(at[0] - x), abs(at[1] - y)) / was
    half_x = max(SMALLEST / 2, (box.right - box.left) / 2 * factor)
    half_y = max(SMALLEST / 2, (box.bottom - box.top) / 2 * factor)
    return type(box)(y - half_y, x - half_x, y + half_y, x + half_x)
