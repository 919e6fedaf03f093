"""The slider below the picture: one cell a slice, and the model's scores along it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QWidget

from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.inference.results import Result

STRIP: float = UNIT * 4
"""Height of the tallest bar."""
REACH: float = 6
"""Pixels by which the handle and a key image's tip stand out of their cell's middle."""


class SliceSlider(QAbstractSlider):
    """Bars: the score's height. A dot: no score for this slice. Nothing: not analysed. A tip below: a key image."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._results: Mapping[int, Result] = {}
        self._marked: Collection[int] = ()
        self._drawn = 0
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Slice"))
        self.setPageStep(10)
        self.setMinimumHeight(UNIT * 8)

    def show_series(self, count: int, index: int, results: Mapping[int, Result], marked: Collection[int] = ()) -> None:
        """Another series; `results` and the `marked` slices are watched, call `update` after they changed."""
        self._results, self._marked = results, marked
        was = self.blockSignals(True)
        self.setRange(0, max(0, count - 1))
        self.setValue(index)
        self.blockSignals(was)
        self.update()

    def sizeHint(self) -> QSize:
        """Flat and wide."""
        return QSize(400, UNIT * 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, scores, handle; of a series' marks, which may be thousands, those that the event's part shows."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.panel))
        bottom = self.height() - UNIT * 2.5
        painter.fillRect(QRectF(self._left(), bottom, self._span(), 2), QColor(tokens.line))
        cell = self._cell()
        seen = self._cells(event.rect())
        for index in seen:
            result = self._results.get(index)
            if result is None:
                continue
            x = self._left() + index * cell
            if result.p_covid is not None:
                height = max(2.0, STRIP * result.p_covid)
                left, right = round(x), round(x + cell - (1 if cell > 4 else 0))
                bar = QRectF(left, bottom - height, max(1, right - left), height)
                painter.fillRect(bar, QColor(tokens.model))
            else:
                painter.fillRect(QRectF(x + cell / 2 - 1, bottom - 4, 2, 2), QColor(tokens.muted))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        for index in filter(seen.__contains__, self._marked):
            x = self._left() + (index + 0.5) * cell
            tip = (QPointF(x, bottom + 3), QPointF(x - 4, bottom + 9), QPointF(x + 4, bottom + 9))
            painter.drawPolygon(QPolygonF(tip))
        painter.setBrush(QColor(tokens.focus if self.hasFocus() else tokens.text))
        centre = self._left() + (self.value() + 0.5) * cell
        painter.drawRoundedRect(QRectF(centre - 4, bottom - 5, 8, 12), 3, 3)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the slice under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self._go(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Every change is seen; another slice moves the handle alone."""
        if change is not QAbstractSlider.SliderChange.SliderValueChange:
            super().sliderChange(change)
            return
        for index in (self._drawn, self.value()):
            centre = self._left() + (index + 0.5) * self._cell()
            self.update(QRectF(centre - REACH, 0, 2 * REACH, self.height()).toAlignedRect())
        self._drawn = self.value()

    def _go(self, x: float) -> None:
        self.setValue(int((x - self._left()) / self._cell()))

    def _cells(self, part: QRect) -> range:
        """The slices whose marks may reach into a part of the slider."""
        first, last = ((x - self._left()) / self._cell() for x in (part.left() - REACH, part.right() + REACH))
        return range(max(0, int(first)), min(self.maximum(), int(last)) + 1)

    def _left(self) -> float:
        return UNIT * 3.0

    def _span(self) -> float:
        return max(1.0, self.width() - 2 * self._left())

    def _cell(self) -> float:
        return self._span() / (self.maximum() + 1)
