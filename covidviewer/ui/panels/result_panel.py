"""The right-hand panel: the shown slice's result, what it was made from, and the series around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from covidviewer.ui.panels.heat_section import HeatSection
from covidviewer.ui.panels.measured_figures import MeasuredFigures
from covidviewer.ui.panels.model_input_section import ModelInputSection
from covidviewer.ui.panels.opacity_section import OpacitySection
from covidviewer.ui.panels.result_head import ResultHead
from covidviewer.ui.panels.result_text import who_computed
from covidviewer.ui.panels.series_section import SeriesSection
from covidviewer.ui.panels.widgets import label, rule
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Geometry
    from covidviewer.inference.card import ModelCard
    from covidviewer.inference.results import Result


class ResultPanel(QScrollArea):
    """Head, opacity, what the model saw, heat map, series; each hidden when it has nothing to say."""

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
        self.figures = MeasuredFigures()
        self.opacity = OpacitySection()
        self.model_input = ModelInputSection(look)
        self.heat = HeatSection()
        self.series = SeriesSection(look)
        self._who = label("", "caption")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(UNIT * 4, UNIT * 2, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 4)
        top = QVBoxLayout()
        top.setSpacing(UNIT * 2)
        for widget in (self.head, self.figures, self._links()):
            top.addWidget(widget)
        column.addLayout(top)
        for widget in (self.opacity, self.model_input, self.heat, self._who, rule(), self.series):
            column.addWidget(widget)
        column.addStretch()
        self.setWidget(inside)
        self.show_result(None, None)

    def show_result(
        self, result: Result | None, card: ModelCard | None, geometry: Geometry | None = None, moved: bool = False
    ) -> None:
        """The shown slice's result, None while there is none; how the slice lies; whether a person moved its box."""
        self.head.show_result(result, card)
        self.figures.show_beside(result is not None and result.p_covid is not None)
        self.opacity.show_opacity(result.opacity if result is not None else None, geometry)
        self.model_input.show_input(result.model_input_as_stored if result is not None else None, moved)
        self.heat.setVisible(result is not None and result.heat_map is not None)
        if result is not None:
            from covidviewer.inference.evidence import share_outside

            self.heat.show_outside(share_outside(result))
        who = who_computed(result) if result is not None else ""
        self._who.setText(who)
        self._who.setVisible(bool(who))

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
