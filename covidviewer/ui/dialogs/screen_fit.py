"""Dialogs and the room that a screen has for them: no larger than it, and what does not fit scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QStyle, QWidget


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Size a dialog as wanted, or as the screen of its window allows: full HD at 200 % has 960 by 500 left."""
    title = dialog.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    free = (dialog.parentWidget() or dialog).screen().availableSize() - QSize(0, title)
    dialog.resize(QSize(width, height).boundedTo(free))


def scrolling(content: QWidget) -> QScrollArea:
    """`content` as large as there is room, scrolled where it wants more."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(content)
    return area
