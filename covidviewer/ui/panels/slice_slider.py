"""The slider below the picture: one cell a slice, and the model's scores along it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QWidget

from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.words import tr

if TYPE_CHECKING:
    from covidviewer.inference.results import Result

STRIP: float = UNIT * 4
"""Height of the tallest bar."""


class SliceSlider(QAbstractSlider):
    """Bars: the score's height. A dot: no score for this slice. Nothing: not analysed. A tip below: a key image."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._results: Mapping[int, Result] = {}
        self._marked: Collection[int] = ()
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
        """Groove, scores, handle."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.panel))
        bottom = self.height() - UNIT * 2.5
        painter.fillRect(QRectF(self._left(), bottom, self._span(), 2), QColor(tokens.line))
        cell = self._cell()
        for index, result in self._results.items():
            x = self._left() + index * cell
            if result.p_covid is not None:
                height = max(2.0, STRIP * result.p_covid)
                bar = QRectF(x, bottom - height, max(1.0, cell - (1 if cell > 4 else 0)), height)
                painter.fillRect(bar, QColor(tokens.model))
            else:
                painter.fillRect(QRectF(x + cell / 2 - 1, bottom - 4, 2, 2), QColor(tokens.muted))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        for index in self._marked:
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
        """Every change is seen."""
        super().sliderChange(change)
        self.update()

    def _go(self, x: float) -> None:
        self.setValue(int((x - self._left()) / self._cell()))

    def _left(self) -> float:
        return UNIT * 3.0

    def _span(self) -> float:
        return max(1.0, self.width() - 2 * self._left())

    def _cell(self) -> float:
        return self._span() / (self.maximum() + 1)
