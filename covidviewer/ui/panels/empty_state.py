"""The window before anything is open: where to drop files, what was open lately, and a sample to try."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from covidviewer.ui.panels.widgets import label
from covidviewer.ui.plain_text import plain_label, set_tip
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

RECENT_SHOWN = 3


class EmptyState(QWidget):
    """Centred in the place of the picture."""

    open_files = Signal()
    open_folder = Signal()
    open_sample = Signal()
    open_path = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = plain_label()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = label(tr("Drop CT files or a folder here"), "heading")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        hint = label(tr("DICOM, PNG, JPEG, TIFF, BMP or WebP, also in a ZIP archive"), "caption")
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(UNIT)
        column = QVBoxLayout(self)
        column.setSpacing(UNIT * 3)
        column.addStretch(2)
        for widget in (self._icon, self._title, hint):
            column.addWidget(widget)
        column.addSpacing(UNIT * 2)
        column.addLayout(self._buttons())
        column.addSpacing(UNIT * 4)
        column.addLayout(self._recent)
        column.addStretch(3)
        look.changed.connect(self._draw_icon)
        self._draw_icon()

    def show_recent(self, paths: Sequence[Path]) -> None:
        """The first three of what was open lately."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if paths:
            caption = label(tr("Recent"), "section")
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._recent.addWidget(caption)
        for path in paths[:RECENT_SHOWN]:
            button = QPushButton(middle_elided(path.name or str(path)))
            button.setProperty("role", "link")
            set_tip(button, str(path))
            button.clicked.connect(lambda _=False, path=path: self.open_path.emit(path))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_reading(self, reading: bool) -> None:
        """Say that files are being read, or that some may be dropped."""
        self._title.setText(tr("Reading…") if reading else tr("Drop CT files or a folder here"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Black, with a quiet dashed outline that says "drop here"."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.tokens.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.tokens.line), 2, Qt.PenStyle.DashLine))
        edge = UNIT * 6
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), UNIT * 3, UNIT * 3)
        painter.end()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(UNIT * 2)
        row.addStretch()
        for text, signal, role in (
            (tr("Open files…"), self.open_files, "primary"),
            (tr("Open folder…"), self.open_folder, ""),
            (tr("Open the sample scan"), self.open_sample, ""),
        ):
            button = QPushButton(text)
            button.setProperty("role", role)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch()
        return row

    def _draw_icon(self) -> None:
        self._icon.setPixmap(self._look.pixmap("drop", self._look.tokens.accent, 48))


def middle_elided(text: str, longest: int = 48) -> str:
    """Long names keep their beginning and their end."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[: half - 1]}…{text[-half:]}"
