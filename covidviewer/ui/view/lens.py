"""The magnifier: a round lens under the pointer that shows the picture and what is measured on it larger."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from covidviewer.ui.view import layers
from covidviewer.ui.view.drawing import paint_measurements
from covidviewer.ui.view.scene import Scene
from covidviewer.ui.view.view_transform import ViewportGeometry

RADIUS: Final = 110.0
FACTOR: Final = 2.5


def paint_lens(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, colour: QColor) -> None:
    """What lies under the pointer stays in the middle, `FACTOR` times as large."""
    if scene.lens is None:
        return
    at = QPointF(*scene.lens)
    outline = QPainterPath()
    outline.addEllipse(at, RADIUS, RADIUS)
    near = replace(scene, view_transform=scene.view_transform.zoomed(FACTOR, at, viewport_geometry))
    painter.save()
    painter.setClipPath(outline)
    painter.fillPath(outline, Qt.GlobalColor.black)
    layers.paint_picture(painter, near, viewport_geometry)
    paint_measurements(painter, near, viewport_geometry, colour)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(layers.SHADOW, 4), QPen(layers.INK, 1.5)):
        painter.setPen(pen)
        painter.drawEllipse(at, RADIUS, RADIUS)
