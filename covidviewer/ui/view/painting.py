"""All layers of the scene, in their order, with the linked cursor and the magnifier. Imported with the first slice."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from covidviewer.ui.theme.tokens import DARK
from covidviewer.ui.view import layers
from covidviewer.ui.view.drawing import paint_measurements
from covidviewer.ui.view.layers import SHADOW
from covidviewer.ui.view.scene import Scene
from covidviewer.ui.view.view_transform import ViewportGeometry

MODEL_COLOUR: Final = QColor(DARK.model)
MEASURE_COLOUR: Final = QColor(DARK.accent)
"""On the black ground of the picture the dark theme's colours are right in every theme."""
CROSS_GAP: Final = 14.0
LENS_RADIUS: Final = 110.0
LENS_FACTOR: Final = 2.5
"""Of the linked cursor and the magnifier, in widget pixels; and how many times the latter enlarges."""


def paint_scene(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, viewport: QRectF) -> None:
    """The ground and the picture, then what lies above it, then the words."""
    layers.paint_ground(painter, scene, viewport_geometry, viewport)
    layers.paint_picture(painter, scene, viewport_geometry)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    layers.paint_box(painter, scene, viewport_geometry, MODEL_COLOUR)
    paint_measurements(painter, scene, viewport_geometry, MEASURE_COLOUR)
    paint_cross(painter, scene, viewport_geometry, viewport, MEASURE_COLOUR)
    if scene.show_heat and scene.heat is not None:
        layers.paint_colour_bar(painter, scene, colour_bar(scene.heat_colours), viewport)
    layers.paint_letters(painter, scene, viewport)
    layers.paint_corners(painter, scene, viewport_geometry, viewport)
    layers.paint_scale_bar(painter, scene, viewport_geometry, viewport)
    paint_lens(painter, scene, viewport_geometry, MEASURE_COLOUR)


@cache
def colour_bar(colours: str) -> QImage:
    """The heat map's colours, drawn once."""
    from covidviewer.ui.view.heat_colours import COLOURS
    from covidviewer.ui.view.heat_map import bar_image

    return bar_image(COLOURS[colours])


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
        painter.drawLine(QPointF(viewport.left(), y), QPointF(x - CROSS_GAP, y))
        painter.drawLine(QPointF(x + CROSS_GAP, y), QPointF(viewport.right(), y))
        painter.drawLine(QPointF(x, viewport.top()), QPointF(x, y - CROSS_GAP))
        painter.drawLine(QPointF(x, y + CROSS_GAP), QPointF(x, viewport.bottom()))


def paint_lens(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, colour: QColor) -> None:
    """What lies under the pointer stays in the middle, `LENS_FACTOR` times as large."""
    if scene.lens is None:
        return
    at = QPointF(*scene.lens)
    outline = QPainterPath()
    outline.addEllipse(at, LENS_RADIUS, LENS_RADIUS)
    near = replace(scene, view_transform=scene.view_transform.zoomed(LENS_FACTOR, at, viewport_geometry))
    painter.save()
    painter.setClipPath(outline)
    painter.fillPath(outline, Qt.GlobalColor.black)
    layers.paint_picture(painter, near, viewport_geometry)
    paint_measurements(painter, near, viewport_geometry, colour)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(SHADOW, 4), QPen(layers.INK, 1.5)):
        painter.setPen(pen)
        painter.drawEllipse(at, LENS_RADIUS, LENS_RADIUS)
