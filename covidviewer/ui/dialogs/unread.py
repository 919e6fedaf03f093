"""The files that could not be read, each with its reason; the list can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from covidviewer.ui.dialogs.widgets import closing_button_row, fit
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.plain_text import set_tip
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Unread


class UnreadDialog(QDialog):
    """File name and reason; the whole path on hover."""

    def __init__(self, unread: Sequence[Unread], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Unreadable files"))
        fit(self, UNIT * 200, UNIT * 110)
        self._unread = tuple(unread)
        self.table = QTableWidget(len(self._unread), 2)
        self.table.setHorizontalHeaderLabels([tr("File"), tr("Reason")])
        self.table.setAccessibleName(tr("Unreadable files"))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table; arrows go through it
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, UNIT * 70)
        for row, one in enumerate(self._unread):
            for column, text in enumerate((one.path.name, tr(one.reason))):
                item = QTableWidgetItem(text)
                set_tip(item, str(one.path))
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()
        self.copy = QPushButton(tr("Copy list"))
        self.copy.clicked.connect(self._copy)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        column_.setSpacing(UNIT * 3)
        n = len(self._unread)
        column_.addWidget(
            label(tr("One file could not be read.") if n == 1 else tr("{n} files could not be read.", n=n))
        )
        column_.addWidget(self.table, 1)
        column_.addLayout(closing_button_row(self, self.copy))

    def _copy(self) -> None:
        lines = (f"{one.path}\t{one.reason}" for one in self._unread)
        QGuiApplication.clipboard().setText("\n".join(lines))
