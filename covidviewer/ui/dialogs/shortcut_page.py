"""The keys in the settings: choose an action, press its new keys; keys that are taken are refused with both names."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from covidviewer.ui.actions.shortcuts import (
    PORTABLE,
    default_keys,
    differences,
    keys_in_force,
    native,
    owner_of,
    refusal,
)
from covidviewer.ui.actions.table import ACTIONS
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import plain, tr


class ShortcutPage(QWidget):
    """A table of actions and keys; nothing is kept before the dialog's OK.

    Parameters
    ----------
    custom
        The person's own keys, as the settings hold them.
    """

    def __init__(self, custom: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys_in_force(custom)
        self._names = {row.id: plain(row.text) for row in ACTIONS}
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = self._made_table()
        self.table.currentCellChanged.connect(lambda *_: self._on_row())
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(tr("New shortcut"))
        self.field.keySequenceChanged.connect(self._on_keys)
        self.remove = QPushButton(tr("No shortcut"))
        self.remove.clicked.connect(lambda: self._set(()))
        self.usual = QPushButton(tr("Default"))
        self.usual.clicked.connect(self._on_usual)
        self.all_usual = QPushButton(tr("Restore all defaults"))
        self.all_usual.clicked.connect(self._on_all_usual)
        self.note = label("", "warning")
        self.note.setMinimumHeight(UNIT * 10)
        line = QHBoxLayout()
        line.setSpacing(UNIT * 2)
        line.addWidget(self.field, 1)
        for button in (self.remove, self.usual, self.all_usual):
            button.setAutoDefault(False)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT * 3, 0, 0)
        column.setSpacing(UNIT * 2)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(label(tr("Choose an action, then press its new shortcut here:"), "caption"))
        column.addLayout(line)
        column.addWidget(self.note)
        self.table.setCurrentCell(0, 0)

    @property
    def custom(self) -> dict[str, str]:
        """What the settings are to hold."""
        return differences(self._keys)

    def choose(self, name: str) -> None:
        """Go to the row of an action."""
        self.table.setCurrentCell(self._row_of(name), 0)

    def _made_table(self) -> QTableWidget:
        made = QTableWidget(len(ACTIONS), 2)
        made.setHorizontalHeaderLabels([tr("What it does"), tr("Shortcuts")])
        made.setAccessibleName(tr("Shortcuts"))
        made.verticalHeader().hide()
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setAlternatingRowColors(True)
        made.setTabKeyNavigation(False)
        made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.setColumnWidth(1, UNIT * 44)
        for place, row in enumerate(ACTIONS):
            item = QTableWidgetItem(self._names[row.id])
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            made.setItem(place, 0, item)
            made.setItem(place, 1, QTableWidgetItem(native(self._keys[row.id])))
        return made

    def _chosen(self) -> str:
        item = self.table.item(max(0, self.table.currentRow()), 0)
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _row_of(self, name: str) -> int:
        return [row.id for row in ACTIONS].index(name)

    def _on_row(self) -> None:
        self.note.setText("")
        was = self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(was)

    def _on_keys(self, sequence: QKeySequence) -> None:
        key = sequence.toString(PORTABLE)
        if key:
            self._set((key,))

    def _on_usual(self) -> None:
        self._set(default_keys()[self._chosen()])

    def _on_all_usual(self) -> None:
        self._keys = default_keys()
        self._on_row()
        for row in ACTIONS:
            self._show(row.id)

    def _set(self, keys: tuple[str, ...]) -> None:
        name = self._chosen()
        for key in keys:
            owner = owner_of(key, self._keys, name)
            if owner is not None:
                self.note.setText(refusal(key, owner, name, self._names))
                return
        self.note.setText("")
        self._keys[name] = keys
        self._show(name)

    def _show(self, name: str) -> None:
        item = self.table.item(self._row_of(name), 1)
        if item is not None:
            item.setText(native(self._keys[name]))

    def _filter(self, wanted: str) -> None:
        for place, row in enumerate(ACTIONS):
            told = f"{self._names[row.id]} {native(self._keys[row.id])}".casefold()
            self.table.setRowHidden(place, wanted.casefold() not in told)
