"""The score as a place on a line from 0 to 100 %, with the threshold marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT


class ScoreMeter(QWidget):
    """Empty without a score, coloured from the threshold on; the number stands beside it, so that neither length nor
    colour is the only sign.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share: float | None = None
        self._threshold: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_score(self, share: float | None, threshold: float | None) -> None:
        """Both 0..1; None leaves the mark out."""
        self._share, self._threshold = share, threshold
        self.update()

    def sizeHint(self) -> QSize:
        """Flat."""
        return QSize(160, UNIT * 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, length, threshold."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(0, UNIT, self.width(), UNIT * 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.sunken))
        painter.drawRoundedRect(groove, UNIT, UNIT)
        if self._share is not None:
            above = self._threshold is not None and self._share >= self._threshold
            painter.setBrush(QColor(tokens.model if above else tokens.muted))
            width = max(UNIT * 2.0, groove.width() * self._share)
            painter.drawRoundedRect(QRectF(0, groove.top(), width, groove.height()), UNIT, UNIT)
        if self._threshold is not None:
            x = groove.width() * self._threshold
            painter.setPen(QPen(QColor(tokens.text), 1.5))
            painter.drawLine(int(x), 0, int(x), UNIT * 4)
        painter.end()
