"""The head of the result panel: outcome by icon, word and number, and the sentence that is always in reach of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.ui.panels.result_text import ResultText, result_text
from covidviewer.ui.panels.score_meter import ScoreMeter
from covidviewer.ui.panels.widgets import label, put_on
from covidviewer.ui.plain_text import plain_label
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.inference.card import ModelCard
    from covidviewer.inference.results import Result


class ResultHead(QWidget):
    """Shows a result, a wait, or why the model is silent."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = ResultText("info", tr("No slice is open"))
        self._icon = plain_label()
        self._headline = label("", "title")
        self._score = label("", "score")
        self._score.setWordWrap(False)
        self._band = label("", "title")
        self._meter = ScoreMeter(look)
        self._outside = label("", "body")
        self._known = label("", "warning")
        self._reason = label("", "body")
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(tr("Analysing"))
        self.copy = QPushButton(tr("Copy details"))
        self.copy.setProperty("role", "link")
        self.copy.clicked.connect(self._on_copy)
        self._limit = label(tr(LIMIT_SENTENCE), "caption")
        self.analyse = QPushButton(tr("Analyse this slice"))
        self.analyse.setProperty("role", "primary")
        top = QHBoxLayout()
        top.setSpacing(UNIT * 2)
        top.addWidget(self._icon)
        top.addWidget(self._headline, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT * 2)
        column.addLayout(top)
        for widget in (
            self._busy, self._score, self._meter, self._known, self._band, self._outside, self._reason, self.copy,
            self.analyse, self._limit,
        ):  # fmt: skip
            column.addWidget(widget)
        look.changed.connect(self._draw_icon)
        self._show(self._words, None, None)
        self.set_busy(False)

    def show_result(self, result: Result | None, card: ModelCard | None) -> None:
        """A result of the shown slice."""
        words = result_text(result, card) if result is not None else ResultText("info", tr("Not analysed yet"))
        share = result.p_covid if result is not None else None
        self._show(words, share, card.threshold if card is not None else None)

    def show_state(self, headline: str, reason: str = "", icon: str = "info") -> None:
        """No result and the reason for it: nothing open, model loading, model broken."""
        self._show(ResultText(icon, headline, reason=reason), None, None)

    def set_busy(self, busy: bool) -> None:
        """The shown slice is being analysed."""
        self._busy.setVisible(busy)
        if busy and not self._words.score:
            self._headline.setText(tr("Analysing…"))

    def _show(self, words: ResultText, share: float | None, threshold: float | None) -> None:
        self._words = words
        self._headline.setText(words.headline)
        for widget, text in (
            (self._score, words.score),
            (self._band, words.band),
            (self._outside, words.outside),
            (self._known, words.known),
            (self._reason, words.reason),
        ):
            widget.setText(text)
            widget.setVisible(bool(text))
        self.copy.setVisible(words.icon in ("failed", "warning"))
        self._meter.setVisible(share is not None)
        self._meter.show_score(share, threshold)
        put_on(self._score, "score" if words.above else "score-below")
        said = (words.headline, words.score, words.known, words.band, words.outside, words.reason)
        self.setAccessibleDescription(" ".join(filter(None, said)))
        self._draw_icon()

    def _on_copy(self) -> None:
        from covidviewer.ui.panels.details import details

        QGuiApplication.clipboard().setText(details(f"{self._words.headline}: {self._words.reason}"))

    def _draw_icon(self) -> None:
        tokens = self._look.tokens
        scored = tokens.model if self._words.above else tokens.muted
        colour = {"scored": scored, "failed": tokens.warning, "warning": tokens.warning}.get(
            self._words.icon, tokens.muted
        )
        self._icon.setPixmap(self._look.pixmap(self._words.icon, colour, 24))
