"""The person's own windows in the settings: a list that is added to, put in order and taken from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from covidviewer.services.user_files.settings import WindowPreset
from covidviewer.ui.actions.custom_presets import LONGEST_NAME, MOST, preset_text
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

WIDTHS = (1.0, 100_000.0)
LEVELS = (-100_000.0, 100_000.0)


class VoiPresetsPage(QWidget):
    """Nothing is kept before the dialog's OK.

    Attributes
    ----------
    presets
        As they stand in the list; the first three have keys.
    """

    def __init__(self, presets: Sequence[WindowPreset], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presets = tuple(presets)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Custom presets"))
        self.list.currentRowChanged.connect(self._enable)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name of the preset"))
        self.name.textChanged.connect(self._enable)
        self.width_ = spin(*WIDTHS, 400)
        self.width_.setPrefix(tr("Width") + " ")
        self.width_.setAccessibleName(tr("Width"))
        self.level = spin(*LEVELS, 40)
        self.level.setPrefix(tr("Level") + " ")
        self.level.setAccessibleName(tr("Level"))
        self.add = QPushButton(tr("Add"))
        self.add.clicked.connect(self._on_add)
        self.up = QPushButton(tr("Up"))
        self.up.clicked.connect(self._on_up)
        self.remove = QPushButton(tr("Remove"))
        self.remove.clicked.connect(self._on_remove)
        line, button_row = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (line, (self.name, self.width_, self.level, self.add)),
            (button_row, (self.up, self.remove)),
        ):
            row.setSpacing(UNIT * 2)
            for widget in widgets:
                row.addWidget(widget)
        button_row.addStretch()
        for button in (self.add, self.up, self.remove):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT * 4, 0, 0)
        column.setSpacing(UNIT * 3)
        note = tr("For slices in Hounsfield units. The first three have keyboard shortcuts.")
        column.addWidget(label(note, "caption"))
        column.addLayout(line)
        column.addWidget(self.list, 1)
        column.addLayout(button_row)
        self._fill(0)

    def _fill(self, row: int) -> None:
        self.list.clear()
        self.list.addItems([preset_text(preset) for preset in self.presets])
        self.list.setCurrentRow(min(row, len(self.presets) - 1))
        self._enable()

    def _enable(self) -> None:
        row = self.list.currentRow()
        self.add.setEnabled(bool(self.name.text().strip()) and len(self.presets) < MOST)
        self.up.setEnabled(row > 0)
        self.remove.setEnabled(row >= 0)

    def _on_add(self) -> None:
        name = self.name.text().strip()
        others = tuple(one for one in self.presets if one.name != name)
        self.presets = (*others, WindowPreset(name, self.level.value(), self.width_.value()))
        self.name.clear()
        self._fill(len(self.presets) - 1)

    def _on_up(self) -> None:
        row, all_ = self.list.currentRow(), self.presets
        self.presets = (*all_[: row - 1], all_[row], all_[row - 1], *all_[row + 1 :])
        self._fill(row - 1)

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        self.presets = self.presets[:row] + self.presets[row + 1 :]
        self._fill(row)


def spin(least: float, most: float, value: float) -> QDoubleSpinBox:
    """A number with a digit after the point, taken while it is typed."""
    made = QDoubleSpinBox()
    made.lineEdit().setTextMargins(UNIT, 0, 0, 0)
    made.setRange(least, most)
    made.setDecimals(1)
    made.setSingleStep(10)
    made.setGroupSeparatorShown(False)
    made.setValue(value)
    return made
