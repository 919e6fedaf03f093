"""The series in the result panel: progress, chart, the five highest-scoring slices, who was rejected."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from covidviewer.ui.figures import percent
from covidviewer.ui.panels.series_chart import SeriesChart
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from covidviewer.inference.results import Result
    from covidviewer.ui.state.session import OpenSeries

HIGHEST_SCORING = 5


class SeriesSection(QWidget):
    """Hidden for a single picture."""

    slice_chosen = Signal(int)
    analyse_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one: OpenSeries | None = None
        self._scorable = False
        self._threshold: float | None = None
        self._title = label(tr("Series"), "section")
        self._count = label()
        self._analyse = QPushButton(tr("Analyse the series"))
        self._analyse.clicked.connect(self.analyse_wanted)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(tr("Progress of the series analysis"))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_wanted)
        self._score = label("", "title")
        self._rule = label("", "caption")
        self._chart = SeriesChart(look)
        self._chart.slice_chosen.connect(self.slice_chosen)
        self._legend = label(tr("Bars: score of each slice. Line: opacified percentage of the lungs."), "caption")
        self._top_title = label(tr("Highest-scoring slices"), "section")
        self._top = QVBoxLayout()
        self._top.setSpacing(UNIT)
        self._refused = label("", "caption")
        running = QHBoxLayout()
        running.setSpacing(UNIT * 2)
        running.addWidget(self._progress, 1)
        running.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT * 2)
        column.addWidget(self._title)
        column.addWidget(self._count)
        column.addWidget(self._analyse)
        column.addLayout(running)
        column.addWidget(self._score)
        column.addWidget(self._rule)
        column.addWidget(self._chart)
        column.addWidget(self._legend)
        column.addWidget(self._top_title)
        column.addLayout(self._top)
        column.addWidget(self._refused)
        self.show_series(None, None)
        self.show_progress(None)

    def show_series(self, one: OpenSeries | None, threshold: float | None) -> None:
        """The series that is shown, with whatever results it has."""
        self._one, self._threshold = one, threshold
        self.setVisible(one is not None and len(one.series) > 1)
        self.refresh()

    def set_scorable(self, scorable: bool) -> None:
        """Whether the model works, so that the button may be there."""
        self._scorable = scorable
        self.refresh()

    def show_progress(self, done: tuple[int, int] | None) -> None:
        """(slices done, slices in all) of a running analysis; None when none runs."""
        self._progress.setVisible(done is not None)
        self._cancel.setVisible(done is not None)
        self.refresh()
        if done is not None:
            self._progress.setRange(0, max(1, done[1]))
            self._progress.setValue(done[0])

    def refresh(self) -> None:
        """Results or the shown slice changed."""
        one = self._one
        if one is None:
            return
        count = len(one.series)
        many = len(one.results) > 1
        self._count.setText(tr("{done} of {count} slices analysed", done=len(one.results), count=count))
        self._chart.show_series(count, one.index, one.results, self._threshold)
        for widget in (self._chart, self._legend, self._top_title):
            widget.setVisible(many)
        self._show_score(one.results if many else {}, count)
        idle = not self._cancel.isVisibleTo(self)
        self._analyse.setVisible(self._scorable and idle and len(one.results) < count)
        self._show_highest_scoring(highest_scoring(one.results) if many else [])
        refused = refusals(one.results)
        self._refused.setText("\n".join(refused))
        self._refused.setVisible(bool(refused))

    def _show_score(self, results: Mapping[int, Result], count: int) -> None:
        from covidviewer.services.series_score import SERIES_RULE, series_score

        total = series_score([result.p_covid for result in results.values() if result.p_covid is not None])
        self._score.setVisible(total is not None)
        self._rule.setVisible(total is not None)
        if total is None:
            return
        done = len(results)
        so_far = tr(" so far, from {done} of {count} slices", done=done, count=count) if done < count else ""
        self._score.setText(tr("Series score {score}{so_far}", score=percent(total), so_far=so_far))
        self._rule.setText(tr(SERIES_RULE))

    def _show_highest_scoring(self, slices: list[tuple[int, float]]) -> None:
        while self._top.count() > len(slices):
            item = self._top.takeAt(self._top.count() - 1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        while self._top.count() < len(slices):
            button = QPushButton()
            button.setProperty("role", "link")
            button.clicked.connect(self._on_highest_scoring)
            self._top.addWidget(button)
        for place, (index, share) in enumerate(slices):
            item = self._top.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QPushButton):
                widget.setText(tr("Slice {n}: {score}", n=index + 1, score=percent(share)))
                widget.setProperty("slice", index)

    def _on_highest_scoring(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.slice_chosen.emit(int(sender.property("slice")))


def highest_scoring(results: Mapping[int, Result]) -> list[tuple[int, float]]:
    """The five slices with the highest scores, (index, score), highest first."""
    scored = [(index, result.p_covid) for index, result in results.items() if result.p_covid is not None]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:HIGHEST_SCORING]


def refusals(results: Mapping[int, Result]) -> list[str]:
    """How many slices have no score, reason by reason, the commonest first."""
    reasons = Counter(result.reason for result in results.values() if result.p_covid is None)
    return [tr("{n} without a score: {reason}", n=n, reason=tr(reason)) for reason, n in reasons.most_common()]
