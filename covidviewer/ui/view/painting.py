"""All layers of the scene, in their order. Imported with the first slice."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from covidviewer.ui.theme.tokens import DARK
from covidviewer.ui.view import layers
from covidviewer.ui.view.crosshair import paint_cross
from covidviewer.ui.view.drawing import paint_measurements
from covidviewer.ui.view.lens import paint_lens
from covidviewer.ui.view.scene import Scene
from covidviewer.ui.view.view_transform import ViewportGeometry

MODEL_COLOUR: Final = QColor(DARK.model)
MEASURE_COLOUR: Final = QColor(DARK.accent)
"""On the black ground of the picture the dark theme's colours are right in every theme."""


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
