"""The files of a batch with their outcomes, scores and reasons: a table that grows to a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from covidviewer.texts import N_
from covidviewer.ui.figures import percent
from covidviewer.ui.plain_text import plain_tip
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.services.batch.progress import FileOutcome

HEADS: Final = (N_("File"), N_("Outcome"), N_("Highest score"), N_("Reason for missing score"))
OUTCOME_TEXTS: Final = {"scored": N_("scored"), "indeterminate": N_("no score"), "failed": N_("failed")}
Place = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()


class Shown(StrEnum):
    """Which files the table shows."""

    ALL = "all"
    WITHOUT = "without"
    FAILED = "failed"


def wanted(outcome: FileOutcome, shown: Shown) -> bool:
    """Whether a file is among them."""
    if shown is Shown.ALL:
        return True
    return outcome.outcome == "failed" or (shown is Shown.WITHOUT and bool(outcome.reason))


class OutcomeModel(QAbstractTableModel):
    """All outcomes, and those of them that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[FileOutcome] = []
        self._rows: list[FileOutcome] = []
        self._shown = Shown.ALL

    def add(self, outcomes: Sequence[FileOutcome]) -> None:
        """Put more at the end."""
        self._all += outcomes
        more = [one for one in outcomes if wanted(one, self._shown)]
        if more:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(more) - 1)
            self._rows += more
            self.endInsertRows()

    def show_only(self, shown: Shown) -> None:
        """Choose which are shown."""
        self.beginResetModel()
        self._shown = shown
        self._rows = [one for one in self._all if wanted(one, shown)]
        self.endResetModel()

    def clear(self) -> None:
        """Begin anew."""
        self.beginResetModel()
        self._all, self._rows = [], []
        self.endResetModel()

    def outcome(self, row: int) -> FileOutcome:
        """The file in a row."""
        return self._rows[row]

    def rowCount(self, parent: Place = NOWHERE) -> int:
        """Files that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Place = NOWHERE) -> int:
        """As many as there are heads."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        return None

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cells; the whole text on hover."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self._rows[index.row()]
        outcome = tr(OUTCOME_TEXTS[one.outcome])
        words = (
            one.file.replace("\n", "⏎"),
            tr("{outcome}, earlier run", outcome=outcome) if one.earlier else outcome,
            "" if one.score is None else percent(one.score),
            tr(one.reason) if one.reason else "",
        )[index.column()]
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class OutcomeTable(QTableView):
    """Shows the model; the last rows stay in sight while they come, unless a person scrolled away."""

    def __init__(self, model: OutcomeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(tr("Files of the batch"))
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrows go through it
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + UNIT * 3)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        metrics = self.fontMetrics()
        for column, widest in enumerate(("m" * 24, tr("{outcome}, earlier run", outcome=tr("no score")), tr(HEADS[2]))):
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + UNIT * 8)
        model.rowsAboutToBeInserted.connect(self._before)
        model.rowsInserted.connect(self._after)
        self._follow = True

    def _before(self) -> None:
        bar = self.verticalScrollBar()
        self._follow = bar.value() >= bar.maximum()

    def _after(self) -> None:
        if self._follow:
            self.scrollToBottom()
