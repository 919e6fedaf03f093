"""Where the picture stands on the screen: zoom, shift, quarter turns and mirroring, as one frozen value.

Image coordinates are pixels with their edges at whole numbers, x along a row, y down; widget coordinates are
device-independent pixels. Knows Qt's geometry only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

ZOOM_LIMITS: Final = (0.05, 64.0)


@dataclass(frozen=True)
class ViewportGeometry:
    """What is looked at, and through what: picture size, its pixels' shape, and the widget's size.

    Attributes
    ----------
    rows, columns
        Of the picture.
    pixel_size
        (x, y) size of a pixel relative to its shorter edge, both at least 1: (1, 1) for square pixels.
    viewport
        Size of the widget.
    """

    rows: int
    columns: int
    pixel_size: tuple[float, float]
    viewport: QSizeF


@dataclass(frozen=True)
class ViewTransform:
    """Zoom None fits the picture to the widget, whatever its size.

    Attributes
    ----------
    zoom
        Widget pixels per pixel edge (the shorter one), or None.
    shift
        (x, y) of the picture's centre from the widget's centre.
    turns
        Quarter turns clockwise, 0..3, after mirroring.
    mirrored
        Left and right exchanged, before turning.
    """

    zoom: float | None = None
    shift: tuple[float, float] = (0.0, 0.0)
    turns: int = 0
    mirrored: bool = False

    def scale(self, viewport_geometry: ViewportGeometry) -> float:
        """The zoom in force."""
        if self.zoom is not None:
            return self.zoom
        width, height = (
            viewport_geometry.columns * viewport_geometry.pixel_size[0],
            viewport_geometry.rows * viewport_geometry.pixel_size[1],
        )
        if self.turns % 2:
            width, height = height, width
        return max(1e-3, min(viewport_geometry.viewport.width() / width, viewport_geometry.viewport.height() / height))

    def to_widget(self, viewport_geometry: ViewportGeometry) -> QTransform:
        """From image coordinates to widget coordinates."""
        scale = self.scale(viewport_geometry)
        made = QTransform()
        made.translate(
            viewport_geometry.viewport.width() / 2 + self.shift[0],
            viewport_geometry.viewport.height() / 2 + self.shift[1],
        )
        made.rotate(90 * self.turns)
        made.scale(-scale if self.mirrored else scale, scale)
        made.scale(*viewport_geometry.pixel_size)
        made.translate(-viewport_geometry.columns / 2, -viewport_geometry.rows / 2)
        return made

    def shifted(self, dx: float, dy: float) -> ViewTransform:
        """Moved by widget pixels."""
        return replace(self, shift=(self.shift[0] + dx, self.shift[1] + dy))

    def zoomed(self, factor: float, at: QPointF, viewport_geometry: ViewportGeometry) -> ViewTransform:
        """Zoomed so that what lies under the widget point `at` stays there."""
        before = self.scale(viewport_geometry)
        after = min(max(before * factor, ZOOM_LIMITS[0]), ZOOM_LIMITS[1])
        ratio = after / before
        x, y = at.x() - viewport_geometry.viewport.width() / 2, at.y() - viewport_geometry.viewport.height() / 2
        shift = (x - (x - self.shift[0]) * ratio, y - (y - self.shift[1]) * ratio)
        return replace(self, zoom=after, shift=shift)

    def turned(self, quarters: int) -> ViewTransform:
        """Rotated on the screen, clockwise, about the widget's centre."""
        x, y = self.shift
        for _ in range(quarters % 4):
            x, y = -y, x
        return replace(self, turns=(self.turns + quarters) % 4, shift=(x, y))

    def flipped(self, horizontally: bool) -> ViewTransform:
        """Mirrored on the screen as it stands now: left and right exchanged, or top and bottom."""
        x, y = self.shift
        turns = -self.turns if horizontally else 2 - self.turns
        shift = (-x, y) if horizontally else (x, -y)
        return replace(self, turns=turns % 4, mirrored=not self.mirrored, shift=shift)


def pixel_size(spacing_mm: tuple[float, float] | None) -> tuple[float, float]:
    """A pixel's (x, y) size relative to its shorter edge, from (between rows, between columns); (1, 1) when unknown."""
    if spacing_mm is None:
        return (1.0, 1.0)
    row, column = spacing_mm
    least = min(row, column)
    return (column / least, row / least)
