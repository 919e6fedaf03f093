"""Painting, layer by layer: each function draws one thing of the scene. Between them they hold no state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QRegion, QTransform

from covidviewer.ui.figures import signed
from covidviewer.ui.translation import tr
from covidviewer.ui.view.orientation import edge_letters
from covidviewer.ui.view.scale_bar import room, scale_bar
from covidviewer.ui.view.scene import Scene, Texts
from covidviewer.ui.view.view_transform import ViewportGeometry

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box

INK: Final = QColor("#e9ebee")
SHADOW: Final = QColor(0, 0, 0, 215)
MARGIN: Final = 12
LONGEST_NAME: Final = 40
"""Characters of a curve's name."""
PLATE: Final = QColor(0, 0, 0, 140)
PLATE_RIM: Final = 4.0
SMOOTH_UP_TO: Final = 8.0
"""Widget pixels per image pixel above which single pixels are shown as squares."""


def paint_ground(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, viewport: QRectF) -> None:
    """Black where the picture is not: filling all of a 4k window takes as long as half of the picture."""
    ground = QRegion(viewport.toAlignedRect())
    if scene.picture is not None:
        picture = scene.view_transform.to_widget(viewport_geometry).mapRect(
            QRectF(0, 0, viewport_geometry.columns, viewport_geometry.rows)
        )
        ground -= QRegion(picture.toAlignedRect().adjusted(1, 1, -1, -1))
    painter.setClipRegion(ground)
    painter.fillRect(viewport, Qt.GlobalColor.black)
    painter.setClipping(False)


def paint_picture(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry) -> None:
    """The slice, with heat map and lung bands above it unless Space is held."""
    if scene.picture is None:
        return
    painter.setTransform(scene.view_transform.to_widget(viewport_geometry))
    painter.setRenderHint(
        QPainter.RenderHint.SmoothPixmapTransform, scene.view_transform.scale(viewport_geometry) < SMOOTH_UP_TO
    )
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(QRectF(0, 0, viewport_geometry.columns, viewport_geometry.rows), overlaid(scene.picture, scene))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setTransform(QTransform())


def overlaid(picture: QImage, scene: Scene) -> QImage:
    """The picture with what lies over it, in its own pixels: enlarging two pictures takes twice as long as one."""
    heat = scene.heat if scene.show_heat else None
    tissue = scene.tissue if scene.show_tissue else None
    if scene.peek or (heat is None and tissue is None):
        return picture
    both = picture.copy()
    with QPainter(both) as painter:
        if tissue is not None:
            painter.drawImage(0, 0, tissue)
        if heat is not None:
            painter.setOpacity(scene.heat_opacity)
            painter.drawImage(0, 0, heat)
    return both


def paint_box(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, colour: QColor) -> None:
    """What the model saw: its outline, and a grip at each corner."""
    if scene.box is None or not scene.show_box or scene.peek:
        return
    outline = scene.view_transform.to_widget(viewport_geometry).mapRect(box_rectangle(scene.box))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(SHADOW, 3))
    painter.drawRect(outline)
    painter.setPen(QPen(colour, 1.5))
    painter.drawRect(outline)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for corner in (outline.topLeft(), outline.topRight(), outline.bottomLeft(), outline.bottomRight()):
        painter.drawRect(QRectF(corner.x() - 3.5, corner.y() - 3.5, 7, 7))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_letters(painter: QPainter, scene: Scene, viewport: QRectF) -> None:
    """Which side of the patient lies at each edge; nothing when the file does not say."""
    if scene.slice is None or scene.slice.geometry is None or scene.texts is Texts.NONE:
        return
    geometry = scene.slice.geometry
    edges = edge_letters(geometry.row_direction, geometry.column_direction, scene.view_transform)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    centre, inner = viewport.center(), viewport.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    flags = Qt.AlignmentFlag
    for text, flag, box in (
        (edges.left, flags.AlignLeft | flags.AlignVCenter, QRectF(inner.left(), centre.y() - 20, 60, 40)),
        (edges.right, flags.AlignRight | flags.AlignVCenter, QRectF(inner.right() - 60, centre.y() - 20, 60, 40)),
        (edges.top, flags.AlignHCenter | flags.AlignTop, QRectF(centre.x() - 40, inner.top(), 80, 40)),
        (edges.bottom, flags.AlignHCenter | flags.AlignBottom, QRectF(centre.x() - 40, inner.bottom() - 40, 80, 40)),
    ):
        plated_text(painter, box, flag, text)
    font.setBold(False)
    painter.setFont(font)


def paint_corners(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, viewport: QRectF) -> None:
    """The four corners: file and patient, study, window and zoom, place in the series."""
    if scene.texts is Texts.NONE or scene.slice is None:
        return
    inner = viewport.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    flags = Qt.AlignmentFlag
    window = scene.window
    now = [tr("Zoom {percent:.0f} %", percent=scene.view_transform.scale(viewport_geometry) * 100)]
    if window is not None:
        now.insert(0, tr("W {width}  L {centre}", width=signed(window.width, 0), centre=signed(window.centre, 0)))
        if window.table is not None:
            now.insert(0, window.name[:LONGEST_NAME] or tr("Curve"))
    if scene.texts is Texts.ALL and scene.slice.units != "HU":
        now.insert(0, tr("Grey values, no HU"))
    plated_text(painter, inner, flags.AlignLeft | flags.AlignBottom, lines(now))
    if scene.corners is None:
        return
    if scene.texts is Texts.ALL:
        metrics = QFontMetricsF(painter.font())
        for texts, side in ((scene.corners.top_left, flags.AlignLeft), (scene.corners.top_right, flags.AlignRight)):
            beside_letter = inner.width() / 2 - metrics.horizontalAdvance("WW")
            plated_text(painter, inner, side | flags.AlignTop, lines(elided(texts, metrics, beside_letter)))
    plated_text(painter, inner, flags.AlignRight | flags.AlignBottom, lines(bottom_right(scene)))


def bottom_right(scene: Scene) -> tuple[str, ...]:
    """What stands there now."""
    if scene.corners is None:
        return ()
    return scene.corners.bottom_right if scene.texts is Texts.ALL else scene.corners.bottom_right[:1]


def paint_scale_bar(painter: QPainter, scene: Scene, viewport_geometry: ViewportGeometry, viewport: QRectF) -> None:
    """Bottom centre, when the spacing is known; in a narrow view no longer than the corner texts allow."""
    if scene.slice is None or scene.slice.spacing_mm is None or scene.texts is Texts.NONE:
        return
    shortest = min(scene.slice.spacing_mm)
    metrics = QFontMetricsF(painter.font())
    corner = max((metrics.horizontalAdvance(text) for text in bottom_right(scene)), default=0.0) + 2 * MARGIN
    longest = room(viewport.width(), corner, metrics.horizontalAdvance("20 cm") + 8)
    bar = scale_bar(scene.view_transform.scale(viewport_geometry) / shortest, longest)
    if bar is None:
        return
    letter_room = metrics.height() + MARGIN
    left, bottom = viewport.center().x() - bar.pixels / 2, viewport.bottom() - letter_room - 6
    for colour, width in ((SHADOW, 3.0), (INK, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(left, bottom), QPointF(left + bar.pixels, bottom))
        for part in range(bar.parts + 1):
            x = left + bar.pixels * part / bar.parts
            tall = 7 if part in (0, bar.parts) else 4
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom - tall))
    text = QRectF(left + bar.pixels + 8, bottom - 20, 80, 24)
    plated_text(painter, text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, bar.text)


def paint_colour_bar(painter: QPainter, scene: Scene, bar: QImage, viewport: QRectF) -> None:
    """What the heat map's colours mean, at the right edge."""
    if not scene.show_heat or scene.heat is None or scene.peek:
        return
    height = min(180.0, viewport.height() * 0.26)
    place = QRectF(viewport.right() - MARGIN - 12, viewport.top() + viewport.height() * 0.16, 12, height)
    painter.fillRect(place, QColor("#202328"))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(place, bar)
    painter.setPen(QPen(INK, 1))
    painter.drawRect(place)
    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for text, y in (
        (tr("raises the score  +{peak:.2f}", peak=scene.heat_peak), place.top() + 6),
        ("0", place.center().y()),
        (tr("lowers it  −{peak:.2f}", peak=scene.heat_peak), place.bottom() - 6),
    ):
        plated_text(painter, QRectF(place.left() - 268, y - 14, 260, 28), side, text)


def box_rectangle(box: Box) -> QRectF:
    """A box in image coordinates as Qt speaks of it."""
    return QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)


def elided(texts: Iterable[str], metrics: QFontMetricsF, width: float) -> list[str]:
    """The texts, those that are wider than `width` pixels with an ellipsis at their end."""
    return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width) for text in texts]


def lines(texts: Iterable[str]) -> str:
    """One text of several lines."""
    return "\n".join(texts)


def plated_text(painter: QPainter, place: QRectF, flags: Qt.AlignmentFlag, text: str) -> None:
    """Light text on a dark plate, readable on a bright picture too."""
    if not text:
        return
    plate = painter.boundingRect(place, int(flags), text).adjusted(-PLATE_RIM, -1, PLATE_RIM, 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PLATE)
    painter.drawRoundedRect(plate, PLATE_RIM, PLATE_RIM)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(INK)
    painter.drawText(place, int(flags), text)
