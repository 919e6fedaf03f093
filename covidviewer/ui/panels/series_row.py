"""How one row of the series list is painted: thumbnail, two lines, a badge, and the scores as a thin strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import TYPE_SCALE, UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from covidviewer.ui.state.session import OpenSeries

Index = QModelIndex | QPersistentModelIndex
SIDE = UNIT * 16
STRIP = UNIT * 2

SERIES_ROLE = Qt.ItemDataRole.UserRole
IMAGE_ROLE = Qt.ItemDataRole.UserRole + 1
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 2


class SeriesRow(QStyledItemDelegate):
    """Paints a row from its series and thumbnail."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as thumbnail or text, whichever is higher."""
        text = QFontMetrics(option.font).height() * 3 + UNIT * 2
        return QSize(200, max(SIDE, text) + UNIT * 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, thumbnail, words, strip."""
        from PySide6.QtWidgets import QStyle  # 5 ms, for its enums: not before the first row

        tokens = self._look.tokens
        one: OpenSeries = index.data(SERIES_ROLE)
        row = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(row, QColor(tokens.raised))
            painter.fillRect(QRectF(row.left(), row.top(), 3, row.height()), QColor(tokens.accent))
        picture = QRectF(row.left() + UNIT * 3, row.top() + UNIT * 2, SIDE, SIDE)
        if index.data(PROBLEM_ROLE):
            self._paint_problem(painter, picture)
        else:
            painter.fillRect(picture, QColor("#000000"))
            self._paint_thumbnail(painter, picture, index.data(IMAGE_ROLE))
        words = row.adjusted(SIDE + UNIT * 6, UNIT * 2, -UNIT * 2, -UNIT * 2)
        title, caption = QFont(option.font), QFont(option.font)
        title.setWeight(QFont.Weight.DemiBold)
        caption.setPointSizeF(option.font.pointSizeF() * TYPE_SCALE["caption"])
        middle, end = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        line = self._paint_line(painter, words, title, tokens.text, one.series.title, middle)
        for part in size_text(one).split(", ", 1):
            line = self._paint_line(painter, line, caption, tokens.muted, part, end)
        if one.series.notes:
            self._paint_badge(painter, picture, len(one.series.notes), caption)
        self._paint_scores(painter, QRectF(words.left(), row.bottom() - UNIT - STRIP, words.width(), STRIP), one)
        painter.restore()

    def _paint_problem(self, painter: QPainter, place: QRectF) -> None:
        """No picture could be read: not a black one, which would be one."""
        tokens = self._look.tokens
        painter.fillRect(place, QColor(tokens.sunken))
        side = int(place.width() / 2)
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(place.center())
        painter.drawPixmap(mark.toRect(), self._look.pixmap("warning", tokens.warning, 2 * side))

    def _paint_thumbnail(self, painter: QPainter, place: QRectF, image: QImage | None) -> None:
        if image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        factor = min(place.width() / image.width(), place.height() / image.height())
        target = QRectF(0, 0, image.width() * factor, image.height() * factor)
        target.moveCenter(place.center())
        painter.drawImage(target, image)

    def _paint_line(
        self, painter: QPainter, place: QRectF, font: QFont, colour: str, text: str, elide: Qt.TextElideMode
    ) -> QRectF:
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = metrics.elidedText(" ".join(text.split()), elide, int(place.width()))
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, int(top), shown)
        return place.adjusted(0, metrics.height() + 1, 0, 0)

    def _paint_badge(self, painter: QPainter, picture: QRectF, notes: int, font: QFont) -> None:
        tokens = self._look.tokens
        place = QRectF(picture.right() - UNIT * 5, picture.bottom() - UNIT * 5, UNIT * 5, UNIT * 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.warning))
        painter.drawRoundedRect(place, UNIT, UNIT)
        painter.setFont(font)
        painter.setPen(QColor(tokens.panel))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), "!" if notes == 1 else f"{notes}")

    def _paint_scores(self, painter: QPainter, place: QRectF, one: OpenSeries) -> None:
        cell = place.width() / len(one.series)
        for index, result in one.results.items():
            if result.p_covid is not None:
                height = max(1.5, place.height() * result.p_covid)
                bar = QRectF(place.left() + index * cell, place.bottom() - height, max(1.0, cell), height)
                painter.fillRect(bar, QColor(self._look.tokens.model))


def size_text(one: OpenSeries) -> str:
    """ "60 slices, 512 × 512, 5.00 mm" """
    header = one.series.headers[0]
    count = len(one.series)
    words = [tr("1 slice") if count == 1 else tr("{n} slices", n=count), f"{header.columns} × {header.rows}"]
    if one.series.spacing_mm is not None:
        words.append(tr("{mm:.2f} mm", mm=one.series.spacing_mm))
    elif count > 1 and header.geometry is None:
        words.append(tr("spacing unknown"))
    return ", ".join(words)
