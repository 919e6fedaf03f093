"""Help > What the score means: an example of each kind of slice, what the test said of such slices, and what the score
can and cannot say.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.inference.card import ABOVE_OTHERS, BELOW_COVID
from covidviewer.texts import N_
from covidviewer.ui.dialogs.page import Page, escaped
from covidviewer.ui.dialogs.prevalence import PrevalenceRow, with_ends
from covidviewer.ui.dialogs.widgets import fit
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr
from covidviewer.ui.workers.thread_pool import StoppableThreadPool

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from covidviewer.inference.card import ModelCard

WIDTH, HEIGHT = UNIT * 44, UNIT * 33
"""Of an example's picture."""
WAIT_MS: Final = 1000
EXAMPLES: Final = {
    "clear": (N_("Clear lungs"), N_("Should get a low score.")),
    "opacities": (N_("Opacities like those of COVID-19"), N_("Should get a high score.")),
    "other disease": (N_("Another disease"), N_("Here a lobar pneumonia. It gets a high score too.")),
}
"""By the name of the phantom: title, and what to expect."""
MEASURED: Final = (
    (
        "external_clear",
        ABOVE_OTHERS,
        N_("In the test on another source, {share} of the clear scored slices reached the threshold all the same."),
    ),
    (
        "external_clear",
        BELOW_COVID,
        N_(
            "In the test on another source, {share} of the COVID-19 patients' scored slices stayed below the threshold."
        ),
    ),
    (
        "external_disease",
        ABOVE_OTHERS,
        N_("In the test with other lung disease, {share} of the slices without COVID-19 reached the threshold."),
    ),
)
"""Protocol and figure of the model card, and the sentence that says it; one for each example."""
MEANING: Final = (
    (
        N_("What the score is"),
        N_(
            "A number from 0 to 100 %: how much this one slice looks like the slices of COVID-19 patients in the "
            "data that the model was trained on, rather than like the clear lungs in it. It was fitted to be a "
            "probability on those data; on other scanners, and among other diseases, it is none."
        ),
    ),
    (
        N_("What it cannot tell"),
        N_(
            "Opacities have many causes: other pneumonia, bleeding, oedema, tumour. The model has seen hardly any "
            "of them and gives them high scores too. A low score does not exclude a disease, and a high one does "
            "not name it."
        ),
    ),
    (
        N_("One slice, not a patient"),
        N_(
            "Slices above and below the lungs, or with little lung, carry little information. Look at "
            "the whole series, and at the slices themselves."
        ),
    ),
    (
        N_("Model input"),
        N_(
            "The part of the slice inside the box, with everything outside the lungs masked. If the "
            "lungs were not found correctly, move the box or do not use the score."
        ),
    ),
    (
        N_("The heat map"),
        N_(
            "The colour bar shows which colour raised the score and which lowered it, on a coarse grid "
            "of 7 × 7 cells, drawn inside the lungs only. It shows where the score came from, not why, and does "
            "not delineate disease."
        ),
    ),
    (
        N_("Opacified area"),
        N_(
            "A measurement, independent of the score: the percentage of the lung area on this slice that "
            "is denser than aerated lung. An area, not a measure of severity; it is estimated for images "
            "without Hounsfield units."
        ),
    ),
    (
        N_("No score"),
        N_(
            "Slices in which no lungs are found, and images unlike the training data, get no score; the "
            "reason is shown."
        ),
    ),
)


class MeaningPage(Page):
    """The pictures are made behind the page, and appear when they are there."""

    def __init__(self, card: ModelCard | None, parent: QWidget) -> None:
        super().__init__(tr("What the score means"), page_html(card), parent)
        fit(self, UNIT * 160, UNIT * 175)
        if card is not None:
            self.prevalence = PrevalenceRow(card)
            self.put_below(self.prevalence)
        self._painter = ExamplePainter(self.devicePixelRatio())
        self._painter.painted.connect(self._show)
        black = QImage(1, 1, QImage.Format.Format_Grayscale8)
        black.fill(0)
        for name in EXAMPLES:
            self._show(name, black)

    @property
    def complete(self) -> bool:
        """Whether every picture is there."""
        kind = QTextDocument.ResourceType.ImageResource
        return all(self.text.document().resource(kind, QUrl(place(name))).width() > 1 for name in EXAMPLES)

    def showEvent(self, event: QShowEvent) -> None:
        """Now they are worth making."""
        if not event.spontaneous():
            self._painter.begin()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is painted for a page that is gone."""
        if not event.spontaneous():
            self._painter.stop()
        super().hideEvent(event)

    def _show(self, name: str, image: QImage) -> None:
        self.text.document().addResource(QTextDocument.ResourceType.ImageResource, QUrl(place(name)), image)
        self.text.viewport().update()


class ExamplePainter(QObject):
    """Makes the examples on a thread of its own."""

    painted = Signal(str, object)
    """Name of the example, its QImage."""

    def __init__(self, ratio: float) -> None:
        super().__init__()
        self._ratio = ratio
        self._pool = StoppableThreadPool("examples", 1)

    def begin(self) -> None:
        """One after another."""
        for name in EXAMPLES:
            self._pool.begin(partial(self._paint, name))

    def stop(self) -> None:
        """Drop what is not begun."""
        self._pool.stop(WAIT_MS)

    def _paint(self, name: str) -> None:
        self.painted.emit(name, example_image(name, self._ratio))


def example_image(name: str, ratio: float) -> QImage:
    """The chest of one example in the lung window, without the empty room above and below. Any thread."""
    from covidviewer.phantom.examples import Example, example_slice
    from covidviewer.phantom.files import LUNG_WINDOW, windowed
    from covidviewer.ui.view.pixels import grey_image

    size = round(WIDTH * ratio)
    rows = round(HEIGHT * ratio)
    grey = windowed(example_slice(Example(name), size).values, LUNG_WINDOW)
    above = (size - rows) // 2
    return grey_image(grey[above : above + rows].copy())


def page_html(card: ModelCard | None) -> str:
    """The whole page; without a card the figures of the test are left out."""
    parts = "".join(f"<h3>{escaped(tr(title))}</h3><p>{escaped(tr(text))}</p>" for title, text in MEANING)
    lead = f"<p style='margin-bottom: {UNIT * 2}px'><b>{escaped(tr(LIMIT_SENTENCE))}</b></p>"
    return f"{lead}{examples_html(card)}{parts}"


def examples_html(card: ModelCard | None) -> str:
    """Three pictures side by side, each with its title and what is known of such slices."""
    pictures, titles, words = "", "", ""
    for (name, (title, sentence)), measured in zip(EXAMPLES.items(), MEASURED, strict=True):
        said = " ".join(filter(None, (tr(sentence), measured_text(card, *measured))))
        pictures += f"<td><img src='{place(name)}' width='{WIDTH}' height='{HEIGHT}'></td>"
        titles += f"<td style='padding: {UNIT}px {UNIT * 2}px 0 0'><b>{escaped(tr(title))}</b></td>"
        words += f"<td style='padding: {UNIT}px {UNIT * 2}px 0 0'>{escaped(said)}</td>"
    rows = "".join(f"<tr>{cells}</tr>" for cells in (pictures, titles, words))
    note = tr("The images are synthetic chests, not patients; the model is not intended for scoring them.")
    return f"<table cellspacing='{UNIT}'>{rows}</table><p>{escaped(note)}</p>"


def measured_text(card: ModelCard | None, protocol: str, figure: str, sentence: str) -> str:
    """The test's figure with its interval in a sentence, or '' where the card has none."""
    found = card.interval(protocol, figure) if card is not None else None
    if found is None:
        return ""
    return tr(sentence, share=with_ends(found))


def place(name: str) -> str:
    """Where the page's text looks for a picture."""
    return f"example:{name.replace(' ', '-')}"
