"""The heat map in the result panel: whether it is on the picture, its colours and strength, and what it cannot show."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSlider, QVBoxLayout, QWidget

from covidviewer.ui.figures import percent
from covidviewer.ui.panels.widgets import act_by, label, wheel_when_focused
from covidviewer.ui.plain_text import plain_label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr
from covidviewer.ui.view.heat_colours import COLOURS

WORTH_SAYING = 0.05
"""Share of the heat outside the lungs from which it is said."""
WEAKEST = 10
"""Percent; a weaker map cannot be seen."""


class HeatSection(QWidget):
    """Hidden while the shown slice has no heat map; what it is drawn with is there while it is on the picture."""

    opacity_changed = Signal(float)
    colours_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_picture = QCheckBox(tr("Show on the image"))
        self.on_picture.setAccessibleName(tr("Heat map on the image"))
        self.colours = QComboBox()
        self.colours.setAccessibleName(tr("Colours of the heat map"))
        for name, pair in COLOURS.items():
            self.colours.addItem(tr(pair.name), name)
        self.colours.currentIndexChanged.connect(lambda _: self.colours_changed.emit(self.colours.currentData()))
        self.strength = QSlider(Qt.Orientation.Horizontal)
        self.strength.setRange(WEAKEST, 100)
        self.strength.setAccessibleName(tr("Strength of the heat map"))
        self.strength.valueChanged.connect(lambda value: self.opacity_changed.emit(value / 100))
        wheel_when_focused(self.colours, self.strength)
        details = QWidget()
        form = QFormLayout(details)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(UNIT * 3)
        form.setVerticalSpacing(UNIT)
        form.addRow(plain_label(tr("Colours")), self.colours)
        form.addRow(plain_label(tr("Strength")), self.strength)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT * 2)
        column.addWidget(label(tr("Heat map"), "section"))
        column.addWidget(self.on_picture)
        note = tr(
            "Shows which regions influenced the score, on a coarse grid of 7 × 7 cells; it cannot show why, "
            "nor where disease is."
        )
        form.addRow(label(note, "caption"))
        self.outside = label("", "caption")
        form.addRow(self.outside)
        column.addWidget(details)
        details.setVisible(False)
        self.on_picture.toggled.connect(details.setVisible)

    def show_outside(self, share: float) -> None:
        """Say how much of the heat lies outside the lungs, where none is drawn: 0..1."""
        self.outside.setText(
            tr("{share} of what raises the score lies outside the lungs and is not drawn.", share=percent(share))
        )
        self.outside.setVisible(share >= WORTH_SAYING)

    def offer(self, on_picture: QAction) -> None:
        """What shows the map and hides it, also by its key."""
        act_by(self.on_picture, on_picture)

    def put(self, colours: str, opacity: float) -> None:
        """What is in force: a pair of `COLOURS`, and 0..1. Tells nobody."""
        with QSignalBlocker(self.colours), QSignalBlocker(self.strength):
            self.colours.setCurrentIndex(max(0, self.colours.findData(colours)))
            self.strength.setValue(round(opacity * 100))
