"""The linked cursor: two thin lines with a gap where they meet, so that what lies there can be seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from covidviewer.ui.view.layers import SHADOW
from covidviewer.ui.view.scene import Scene
from covidviewer.ui.view.view_transform import ViewportGeometry

GAP: Final = 14.0


def paint_cross(
    painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, viewport: QRectF, colour: QColor
) -> None:
    """Across the whole view, through the widget point of `scene.cross`; a frame where the keyboard acts."""
    if scene.cross is None or scene.peek:
        return
    if scene.focused:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(viewport.adjusted(1, 1, -1, -1))
    at = scene.view_transform.to_widget(viewport_geometry).map(QPointF(*scene.cross))
    x, y = at.x(), at.y()
    for pen in (QPen(SHADOW, 3), QPen(colour, 1)):
        painter.setPen(pen)
        painter.drawLine(QPointF(viewport.left(), y), QPointF(x - GAP, y))
        painter.drawLine(QPointF(x + GAP, y), QPointF(viewport.right(), y))
        painter.drawLine(QPointF(x, viewport.top()), QPointF(x, y - GAP))
        painter.drawLine(QPointF(x, y + GAP), QPointF(x, viewport.bottom()))
