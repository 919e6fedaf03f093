"""The fields that settings are chosen with: lists of choices, ticks, whole numbers, and a form that holds them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from covidviewer.ui.panels.rows import label
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
