"""What was measured of the model, in the result panel: one line a test, the honest figure first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.inference.card import ModelCard


class MeasuredFigures(QWidget):
    """Hidden until the model's card is there, and where the shown slice has no score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(UNIT * 3)
        self._grid.setVerticalSpacing(UNIT)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._has_card = False
        self.hide()

    def show_card(self, card: ModelCard | None) -> None:
        """The tests that the card knows."""
        from covidviewer.inference.card_text import auc_rows

        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._grid.addWidget(label(tr("The model in tests"), "section"), 0, 0, 1, 2)
        for row, texts in enumerate(auc_rows(card) if card is not None else (), start=1):
            for column, text in enumerate(texts):
                part = label(tr(text), "body" if row == 1 else "caption")
                self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)
        self._has_card = card is not None
        self.hide()

    def show_beside(self, scored: bool) -> None:
        """Figures of the model mean something beside a score."""
        self.setVisible(scored and self._has_card)
