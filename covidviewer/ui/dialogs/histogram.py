"""How the values inside the last region of the shown slice are spread: bars, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from covidviewer.ui.dialogs.widgets import closing_button_row
from covidviewer.ui.figures import signed
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr
from covidviewer.ui.view.drawing import region_text
from covidviewer.ui.view.measurements import Outline, Region
from covidviewer.ui.view.regions import values_in
from covidviewer.ui.workspace import Workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QUndoStack

MOST_BARS = 64
FOOT = UNIT * 6


class HistogramDialog(QDialog):
    """Follows the slice and its measurements."""

    def __init__(self, workspace: Workspace, undo: QUndoStack) -> None:
        super().__init__(workspace.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Histogram of the region"))
        self._workspace = workspace
        self.bars = Bars(workspace.look)
        self.words = label()
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 3)
        column.addWidget(self.bars, 1)
        column.addWidget(self.words)
        column.addLayout(closing_button_row(self))
        workspace.session.slice_shown.connect(self._show)
        undo.indexChanged.connect(self._show)
        self._show()

    def _show(self, _: object = None) -> None:
        slice_ = self._workspace.session.slice
        regions = [one for one in self._workspace.view.scene.measurements if isinstance(one, Region | Outline)]
        if slice_ is None or not regions:
            self.bars.show_counts(np.empty(0, np.int64), 0.0, 1.0)
            self.words.setText(
                tr("There is no region on this slice. Draw an ellipse, a rectangle or a freehand outline.")
            )
            return
        self.bars.show_counts(*histogram(values_in(regions[-1], slice_)))
        self.words.setText(region_text(regions[-1], slice_).replace("\n", "   "))


def histogram(values: NDArray[np.float64]) -> tuple[NDArray[np.int64], float, float]:
    """(bars,) counts, and the values at the left edge of the first and the right edge of the last bar.

    Bars are at least one unit wide, so that whole numbers leave no empty ones between them.
    """
    if values.size == 0:
        return np.empty(0, np.int64), 0.0, 1.0
    low, high = float(np.floor(values.min())), float(np.floor(values.max())) + 1
    width = max(1.0, np.ceil((high - low) / MOST_BARS))
    count = int(np.ceil((high - low) / width))
    counts, _ = np.histogram(values, bins=count, range=(low, low + count * width))
    return counts.astype(np.int64), low, low + count * width


class Bars(QWidget):
    """The counts as bars above a line with their range."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._counts: NDArray[np.int64] = np.empty(0, np.int64)
        self._range = (0.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Histogram of the region"))

    def show_counts(self, counts: NDArray[np.int64], low: float, high: float) -> None:
        """(bars,) counts between two values."""
        self._counts, self._range = counts, (low, high)
        self.setAccessibleDescription(tr("{low} to {high}", low=signed(low, 0), high=signed(high, 0)))
        self.update()

    def sizeHint(self) -> QSize:
        """Twice as wide as high."""
        return QSize(UNIT * 110, UNIT * 55)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, line, numbers."""
        tokens = self._look.tokens
        painter = QPainter(self)
        bottom = self.height() - FOOT
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        if self._counts.size:
            cell = self.width() / self._counts.size
            tallest = max(1, int(self._counts.max()))
            for place, count in enumerate(self._counts):
                height = (bottom - UNIT) * int(count) / tallest
                bar = QRectF(place * cell, bottom - height, max(1.0, cell - 1), height)
                painter.fillRect(bar, QColor(tokens.accent))
            painter.setPen(QColor(tokens.muted))
            foot = QRectF(0, bottom, self.width(), FOOT)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft | middle), signed(self._range[0], 0))
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight | middle), signed(self._range[1], 0))
        painter.end()
