"""The right-hand panel: the shown slice's result, what it was made from, and the series around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSlider, QVBoxLayout, QWidget

from covidviewer.ui.panels.result_head import ResultHead
from covidviewer.ui.panels.result_words import Card, band_words, opacity_words, who_computed
from covidviewer.ui.panels.rows import label, rule
from covidviewer.ui.panels.seen_picture import SeenPicture
from covidviewer.ui.panels.series_section import SeriesSection
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.words import tr

if TYPE_CHECKING:
    from covidviewer.inference.results import Result


class ResultPanel(QScrollArea):
    """Head, opacity, what the model saw, series; each hidden when it has nothing to say."""

    heat_opacity_changed = Signal(float)
    meaning_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(UNIT * 70)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head = ResultHead(look)
        self.series = SeriesSection(look)
        self._opacity_title = label(tr("Opacity, measured"), "section")
        self._opacity = label()
        self._seen_title = label(tr("What the model saw"), "section")
        self._seen = SeenPicture(look)
        self._heat_row = self._heat_slider()
        self._who = label("", "caption")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(UNIT * 4, UNIT * 2, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 2)
        for widget in (
            self.head,
            self._links(),
            self._opacity_title,
            self._opacity,
            self._seen_title,
            self._seen,
            self._heat_row,
            self._who,
            rule(),
            self.series,
        ):
            column.addWidget(widget)
        column.addStretch()
        self.setWidget(inside)
        self.show_result(None, None)

    def show_result(self, result: Result | None, card: Card | None) -> None:
        """The shown slice's result; None while there is none."""
        self.head.show_result(result, card)
        opacity = result.opacity if result is not None else None
        self._opacity_title.setVisible(opacity is not None)
        self._opacity.setVisible(opacity is not None)
        if opacity is not None:
            self._opacity.setText(opacity_words(opacity))
            self._opacity.setToolTip(band_words(opacity))
            self._opacity.setAccessibleDescription(band_words(opacity))
        seen = result.model_input if result is not None else None
        self._seen_title.setVisible(seen is not None)
        self._seen.show_input(seen)
        self._heat_row.setVisible(result is not None and result.heat_map is not None)
        who = who_computed(result) if result is not None else ""
        self._who.setText(who)
        self._who.setVisible(bool(who))

    def set_heat_opacity(self, opacity: float) -> None:
        """Where the slider stands, 0..1."""
        self._heat.setValue(round(opacity * 100))

    def _links(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT * 4)
        for text, signal in ((tr("What the score means"), self.meaning_wanted), (tr("Model card"), self.card_wanted)):
            button = QPushButton(text)
            button.setProperty("role", "link")
            button.clicked.connect(signal)
            line.addWidget(button)
        line.addStretch()
        return row

    def _heat_slider(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT * 2)
        self._heat = slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(10, 100)
        slider.setAccessibleName(tr("Heat map strength"))
        slider.valueChanged.connect(lambda value: self.heat_opacity_changed.emit(value / 100))
        caption = label(tr("Heat map"), "caption")
        caption.setWordWrap(False)
        row.setToolTip(
            tr("Shows which places moved the score, 7 × 7 cells coarse; it cannot show why, nor where a disease is.")
        )
        line.addWidget(caption)
        line.addWidget(slider, 1)
        return row
