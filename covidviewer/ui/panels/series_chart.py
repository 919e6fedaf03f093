"""The scores of a series over its slices, with the opacified share as a line: click goes to the slice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from covidviewer.ui.figures import percent
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.inference.results import Result

LEFT = UNIT * 9
BOTTOM = UNIT * 5
DOTS = 3
"""Pixels from one dot of the threshold to the next."""
REACH = 4.0
"""Pixels by which lines stand out of what they join."""


class SeriesChart(QWidget):
    """Bars for the score, a line for the opacified share, a mark for the slice that is shown."""

    slice_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count = 0
        self._shown = 0
        self._threshold: float | None = None
        self._drawn: tuple[object, ...] = ()
        self._results: Mapping[int, Result] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Scores over the series"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_series(self, count: int, shown: int, results: Mapping[int, Result], threshold: float | None) -> None:
        """What is drawn from now on; where only the shown slice is another, its column and the last one's alone."""
        was, self._shown = self._shown, shown
        drawn = (count, id(results), len(results), threshold)
        self._count, self._results, self._threshold = count, results, threshold
        if drawn != self._drawn or not count:
            self._drawn = drawn
            self.update()
            return
        plot = self._plot()
        cell = plot.width() / count
        for index in (was, shown):  # the line of the opacified share reaches into both neighbours
            column = QRectF(plot.left() + (index - 1) * cell, 0, 3 * cell, self.height())
            self.update(column.adjusted(-REACH, 0, REACH, 0).toAlignedRect())

    def sizeHint(self) -> QSize:
        """As wide as the panel."""
        return QSize(200, UNIT * 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, bars, line, mark."""
        tokens = self._look.tokens
        painter = QPainter(self)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        plot = self._plot()
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - plot.height() * share
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(tokens.muted))
            place = QRectF(0, y - 8, plot.left() - UNIT, 16)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), percent(share))
        if not self._count:
            return
        cell = plot.width() / self._count
        first, last = ((x - plot.left()) / cell for x in (event.rect().left() - REACH, event.rect().right() + REACH))
        seen = range(max(0, int(first) - 1), min(self._count - 1, int(last) + 1) + 1)
        self._paint_bars(painter, plot, cell, seen)
        self._paint_opacity(painter, plot, cell, seen)
        painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DashLine))
        x = plot.left() + (self._shown + 0.5) * cell
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(QColor(tokens.muted))
        under = QRectF(plot.left(), plot.bottom() + 2, plot.width(), BOTTOM)
        painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), "1")
        painter.drawText(under, int(Qt.AlignmentFlag.AlignRight), str(self._count))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the slice under the pointer."""
        index = self._index_at(event.position().x())
        if index is not None:
            self.slice_chosen.emit(index)

    def event(self, event: QEvent) -> bool:
        """What lies under the pointer, in words."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._index_at(event.pos().x())
            result = self._results.get(index) if index is not None else None
            if index is not None and result is not None:
                score = tr(result.reason) if result.p_covid is None else percent(result.p_covid)
                QToolTip.showText(event.globalPos(), tr("Slice {n}: {score}", n=index + 1, score=score), self)
                return True
        return super().event(event)

    def _paint_bars(self, painter: QPainter, plot: QRectF, cell: float, seen: range) -> None:
        tokens = self._look.tokens
        for index in seen:
            result = self._results.get(index)
            if result is None:
                continue
            x = plot.left() + index * cell
            if result.p_covid is None:
                painter.fillRect(QRectF(x + cell / 2 - 1, plot.bottom() - 4, 2, 2), QColor(tokens.muted))
                continue
            height = max(1.5, plot.height() * result.p_covid)
            left, right = round(x), round(x + cell - (1 if cell > 3 else 0))
            bar = QRectF(left, plot.bottom() - height, max(1, right - left), height)
            painter.fillRect(bar, QColor(tokens.model))
        if self._threshold is not None:
            y = round(plot.bottom() - plot.height() * self._threshold)
            for x in range(int(plot.left()), int(plot.right()), DOTS):  # a dotted pen begins anew in every part painted
                painter.fillRect(x, y, 1, 1, QColor(tokens.muted))

    def _paint_opacity(self, painter: QPainter, plot: QRectF, cell: float, seen: range) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        run: list[QPointF] = []
        for index in (*seen, None):
            result = self._results.get(index) if index is not None else None
            if index is not None and result is not None and result.opacity is not None:
                share = min(1.0, result.opacity.share)
                run.append(QPointF(plot.left() + (index + 0.5) * cell, plot.bottom() - plot.height() * share))
            elif run:
                self._paint_line(painter, QPolygonF(run))
                run = []

    def _paint_line(self, painter: QPainter, line: QPolygonF) -> None:
        """With a rim, so that it is seen upon the bars too."""
        tokens = self._look.tokens
        for pen in (QPen(QColor(tokens.panel), 4), QPen(QColor(tokens.accent), 1.5)):
            painter.setPen(pen)
            painter.drawPolyline(line)

    def _plot(self) -> QRectF:
        return QRectF(LEFT, UNIT * 2, max(1, self.width() - LEFT - 2), self.height() - BOTTOM - UNIT * 2)

    def _index_at(self, x: float) -> int | None:
        plot = self._plot()
        if not self._count or not plot.left() <= x <= plot.right():
            return None
        return min(self._count - 1, int((x - plot.left()) / plot.width() * self._count))
