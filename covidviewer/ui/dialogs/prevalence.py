"""What a call is worth at the prevalence that a person sets: predictive values from the card's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID
from covidviewer.inference.predictive_values import Interval, predictive_values
from covidviewer.texts import N_
from covidviewer.ui.dialogs.widgets import number
from covidviewer.ui.figures import percent
from covidviewer.ui.panels.widgets import label
from covidviewer.ui.plain_text import plain_label
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.inference.card import ModelCard

FIRST: Final = 5
"""Percent; a set of chosen patients has ten times as many, a screening a tenth."""
TESTS: Final = (
    ("external_disease", N_("As in the test with other lung disease")),
    ("external_clear", N_("As in the test on another source, clear lungs")),
    ("grouped", N_("As in the grouped test, within its own data set")),
)
"""Protocols of the card whose sensitivity and specificity are used, and how they are named."""


class PrevalenceRow(QWidget):
    """A field for the prevalence, and a sentence for each test that the card knows."""

    def __init__(self, card: ModelCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.field = number(1, 99, FIRST, "\u00a0%")
        name = plain_label(tr("Of the slices looked at, from COVID-19 patients:"))
        name.setBuddy(self.field)
        self.field.setAccessibleName(name.text())
        self.words = label("", "body")
        line = QHBoxLayout()
        line.setSpacing(UNIT * 2)
        line.addWidget(name)
        line.addWidget(self.field)
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(line)
        column.addWidget(self.words)
        self.field.valueChanged.connect(self._say)
        self._say(FIRST)

    def _say(self, prevalence: int) -> None:
        sentences = [worth(self._card, protocol, tr(test), prevalence / 100) for protocol, test in TESTS]
        self.words.setText("\n".join(filter(None, sentences)))
        self.setVisible(any(sentences))


def worth(card: ModelCard, protocol: str, test: str, prevalence: float) -> str:
    """What a call is worth in one test, in a sentence; '' where the card does not know it."""
    missed, called = card.interval(protocol, BELOW_COVID), card.interval(protocol, ABOVE_OTHERS)
    if missed is None or called is None:
        return ""
    above, below = predictive_values(complement(missed), complement(called), prevalence)
    if above is None or below is None:
        return ""
    return tr(
        "{test}: {above} of the slices above the threshold are of COVID-19 patients, and {below} of those below are "
        "not.",
        test=test,
        above=with_ends(above),
        below=with_ends(below),
    )


def complement(interval: Interval) -> Interval:
    """One minus a share, its ends changed over."""
    value, low, high = interval
    return 1 - value, 1 - high, 1 - low


def with_ends(interval: Interval) -> str:
    """ "12 % (8 % to 19 %)"; "12 %" where the interval was not measured."""
    value, low, high = (percent(end) for end in interval)
    return value if interval[1] == interval[2] else tr("{share} ({low} to {high})", share=value, low=low, high=high)
