"""Painting measurements: their lines and their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from covidviewer.ui.figures import millimetres, signed, square_millimetres
from covidviewer.ui.translation import tr
from covidviewer.ui.view.layers import SHADOW, plated_text
from covidviewer.ui.view.measurements import (
    Angle,
    Cobb,
    Distance,
    Measurement,
    Outline,
    Region,
    Shape,
    cobb_degrees,
    degrees,
    length,
)
from covidviewer.ui.view.regions import statistics

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.ui.view.scene import Scene
    from covidviewer.ui.view.view_transform import ViewportGeometry

TICK: Final = 4.0


def paint_measurements(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, colour: QColor) -> None:
    """Every finished measurement, and the one that is being drawn."""
    if scene.slice is None:
        return
    drawn = (scene.drawn,) if scene.drawn is not None else ()
    transform = scene.view_transform.to_widget(viewport_geometry)
    for measurement in (*scene.measurements, *drawn):
        outline = path(measurement)
        shown = transform.map(outline)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(SHADOW, 3.5), QPen(colour, 1.5)):
            painter.setPen(pen)
            painter.drawPath(shown)
            for end in ends(measurement):
                painter.drawEllipse(transform.map(end), TICK / 2, TICK / 2)
        paint_text(painter, measurement_text(measurement, scene.slice), shown.boundingRect())


def paint_text(painter: QPainter, text: str, beside: QRectF) -> None:
    """The value, to the right of the outline's lower corner."""
    metrics = QFontMetricsF(painter.font())
    size = metrics.boundingRect(QRectF(0, 0, 400, 200), 0, text)
    place = QRectF(beside.right() + 8, beside.bottom() - 4, size.width() + 8, size.height() + 4)
    plated_text(painter, place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)


def path(measurement: Measurement) -> QPainterPath:
    """The outline in image coordinates."""
    made = QPainterPath()
    match measurement:
        case Distance(start, end):
            made.moveTo(QPointF(*start))
            made.lineTo(QPointF(*end))
        case Angle(first, vertex, second):
            made.moveTo(QPointF(*first))
            made.lineTo(QPointF(*vertex))
            made.lineTo(QPointF(*second))
        case Cobb(first, second):
            made.addPath(path(first))
            made.addPath(path(second))
        case Outline(points):
            made.addPolygon(QPolygonF([QPointF(*point) for point in points]))
            made.closeSubpath()
        case Region(shape, corner, opposite):
            box = QRectF(QPointF(*corner), QPointF(*opposite)).normalized()
            if shape is Shape.ELLIPSE:
                made.addEllipse(box)
            else:
                made.addRect(box)
    return made


def ends(measurement: Measurement) -> tuple[QPointF, ...]:
    """The points that get a mark."""
    match measurement:
        case Distance(start, end):
            return (QPointF(*start), QPointF(*end))
        case Angle(first, vertex, second):
            return (QPointF(*first), QPointF(*vertex), QPointF(*second))
        case Cobb(first, second):
            return (*ends(first), *ends(second))
        case _:
            return ()


def measurement_text(measurement: Measurement, slice_: Slice) -> str:
    """What the measurement says: "42.1 mm", "63.0°", mean and spread of a region."""
    match measurement:
        case Distance():
            size = length(measurement, slice_.spacing_mm)
            return millimetres(size) if slice_.spacing_mm else tr("{size:.1f} px", size=size)
        case Angle():
            return tr("{angle:.1f}°", angle=degrees(measurement, slice_.spacing_mm))
        case Cobb():
            return tr("Cobb {angle:.1f}°", angle=cobb_degrees(measurement, slice_.spacing_mm))
        case Region() | Outline():
            return region_text(measurement, slice_)


def region_text(region: Region | Outline, slice_: Slice) -> str:
    """Mean, standard deviation, range and area."""
    found = statistics(region, slice_)
    if found.count == 0:
        return tr("no pixels")
    unit = "HU" if slice_.units == "HU" else ""
    area = square_millimetres(found.area_mm2) if found.area_mm2 is not None else tr("{n} px", n=found.count)
    return "\n".join(
        (
            tr("Mean {mean} {unit}", mean=signed(found.mean, 1), unit=unit).strip(),
            tr("SD {deviation:.1f}", deviation=found.deviation),
            tr("{low} to {high}", low=signed(found.lowest, 0), high=signed(found.highest, 0)),
            area,
        )
    )
