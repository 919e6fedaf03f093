"""What dialogs are put together from: fields with labels, the row of buttons, and a size that fits the screen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr


def choice(options: Iterable[tuple[str, str]], chosen: str) -> QComboBox:
    """A list of (id, English text) with one of them chosen."""
    made = QComboBox()
    for value, text in options:
        made.addItem(tr(text), value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def tick(text: str, ticked: bool) -> QCheckBox:
    """Yes or no, in words of the chosen language."""
    made = QCheckBox(text)
    made.setChecked(ticked)
    return made


def number(least: int, most: int, value: int, unit: str) -> QSpinBox:
    """A whole number."""
    made = QSpinBox()
    made.lineEdit().setTextMargins(UNIT, 0, 0, 0)
    made.setRange(least, most)
    made.setValue(value)
    made.setSuffix(unit)
    return made


def form(rows: Iterable[tuple[str, QWidget]], note: str = "") -> QWidget:
    """A page of names and fields, and a note below them; texts are in the chosen language."""
    page = QWidget()
    fields = QFormLayout()
    fields.setHorizontalSpacing(UNIT * 5)
    fields.setVerticalSpacing(UNIT * 3)
    fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for name, field in rows:
        fields.addRow(name, field)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, UNIT * 4, 0, 0)
    column.setSpacing(UNIT * 4)
    column.addLayout(fields)
    if note:
        column.addWidget(label(note, "caption"))
    column.addStretch()
    return page


def closing_button_row(dialog: QDialog, *left: QWidget) -> QHBoxLayout:
    """A row with `left` and a button that closes `dialog`."""
    close = QPushButton(tr("Close"))
    close.setProperty("role", "primary")
    close.clicked.connect(dialog.close)
    button_row = QHBoxLayout()
    for widget in left:
        button_row.addWidget(widget)
    button_row.addStretch()
    button_row.addWidget(close)
    return button_row


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
