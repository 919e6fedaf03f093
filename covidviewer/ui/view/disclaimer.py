"""The picture as it leaves the program: with the notice in a strip below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QImage, QPainter

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

WORDS, GROUND = QColor(176, 176, 182), QColor(0, 0, 0)


def with_disclaimer(picture: QImage) -> QImage:
    """A copy, higher by the strip; its words wrap where the picture is narrow. GUI thread."""
    ratio = picture.devicePixelRatio()
    width, height = picture.width() / ratio, picture.height() / ratio
    font, words = QGuiApplication.font(), tr(DISCLAIMER)
    room = QRectF(UNIT, 0, max(width - 2 * UNIT, 1), 1e4)
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
    strip = QFontMetricsF(font).boundingRect(room, flags, words).height() + 2 * UNIT
    made = QImage(picture.width(), round((height + strip) * ratio), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    made.fill(GROUND)
    painter = QPainter(made)
    painter.drawImage(0, 0, picture)
    painter.setFont(font)
    painter.setPen(WORDS)
    painter.drawText(QRectF(UNIT, height + UNIT, room.width(), strip), flags, words)
    painter.end()
    return made
