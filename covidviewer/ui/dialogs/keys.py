"""Keys and help: every action with its keys, made from the table, searchable."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from covidviewer.ui.actions.shortcuts import Keys, native
from covidviewer.ui.actions.table import CUSTOM_PRESET_IDS, CUSTOM_PRESETS, GESTURES, MENUS, NO_ACTIONS, by_id
from covidviewer.ui.dialogs.widgets import closing_button_row, fit
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import plain, tr


class KeysDialog(QDialog):
    """Three columns: menu, what it does, keys."""

    def __init__(self, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        fit(self, UNIT * 160, UNIT * 150)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([tr("Location"), tr("What it does"), tr("Shortcut or gesture")])
        self.table.setAccessibleName(tr("Shortcuts"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table; arrows go through it
        self.table.setWordWrap(True)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._rows = key_rows(keys)
        for row in self._rows:
            self._add(row)
        self.search.textChanged.connect(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 3)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(closing_button_row(self))

    def _add(self, texts: tuple[str, str, str]) -> None:
        place = self.table.rowCount()
        self.table.insertRow(place)
        for column, text in enumerate(texts):
            self.table.setItem(place, column, QTableWidgetItem(text))

    def _filter(self, wanted: str) -> None:
        for row, texts in enumerate(self._rows):
            self.table.setRowHidden(row, wanted.casefold() not in " ".join(texts).casefold())


def key_rows(keys: Keys) -> list[tuple[str, str, str]]:
    """(menu, action, keys) for every entry of the menus, then the mouse."""
    rows = []
    for title, entries in MENUS:
        for entry in (name for one in entries for name in (CUSTOM_PRESET_IDS if one == CUSTOM_PRESETS else (one,))):
            if entry not in NO_ACTIONS:
                action = by_id(entry)
                rows.append((plain(title), plain(action.text), native(keys[entry])))
    return rows + [(tr("Mouse and Space"), tr(effect), tr(gesture)) for gesture, effect in GESTURES]
