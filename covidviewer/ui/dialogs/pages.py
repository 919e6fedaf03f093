"""The pages of Help: the model card, what the score means, about the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer import __version__
from covidviewer.ui.dialogs.page import Page, escaped, table
from covidviewer.ui.panels.result_words import LIMIT_SENTENCE
from covidviewer.ui.words import tr

if TYPE_CHECKING:
    from covidviewer.ui.main_window import MainWindow

MEANING = (
    (
        "What the score is",
        (
            "A calibrated probability, 0 to 100 %, that this one slice looks like the slices of COVID-19 patients "
            "in the data that the model was trained on, rather than like the clear lungs in it."
        ),
    ),
    (
        "What it cannot say",
        (
            "Opacities have many causes: other pneumonia, bleeding, oedema, tumour. The model has seen hardly any "
            "of them and gives them high scores too. A low score does not exclude a disease, and a high one does "
            "not name it."
        ),
    ),
    (
        "One slice, not a patient",
        (
            "Slices above and below the lungs, or with little lung, say little. Look at the whole series, and at "
            "the slices themselves."
        ),
    ),
    (
        "What the model saw",
        (
            "The part of the slice inside the box, with everything outside the lungs made even. If the lungs were "
            "found wrongly, move the box or do not use the score."
        ),
    ),
    (
        "The heat map",
        (
            "Orange places raised the score, blue ones lowered it, in 7 × 7 coarse cells. It shows where, never "
            "why; it does not outline a disease."
        ),
    ),
    (
        "Opacified area",
        (
            "A plain measurement beside the score: how much of the lungs' area on this slice is denser than "
            "aerated lung. An area, not a severity; for pictures without Hounsfield units it is estimated."
        ),
    ),
    (
        "No score",
        (
            "Slices in which no lungs are found, and pictures unlike anything in the training data, get no score, "
            "and the reason is said."
        ),
    ),
)


def show_meaning(window: MainWindow) -> None:
    """What the score can say and what it cannot."""
    parts = "".join(f"<h3>{escaped(tr(title))}</h3><p>{escaped(tr(text))}</p>" for title, text in MEANING)
    lead = f"<p><b>{escaped(tr(LIMIT_SENTENCE))}</b></p>"
    Page(tr("What the score means"), lead + parts, window).show()


def show_model_card(window: MainWindow) -> None:
    """What the model is, as its card says."""
    card = window.analysis.card
    if card is None:
        html = f"<p>{escaped(tr(window.analysis.model_problem or 'The model is still being loaded.'))}</p>"
    else:
        html = table([(tr(name), tr(value)) for name, value in card.rows()])
    Page(tr("Model card"), html, window).show()


def show_about(window: MainWindow) -> None:
    """Version, purpose, licence."""
    lines = (
        tr("CovidViewer {version}", version=__version__),
        tr("Shows chest CT and scores slices with a ResNet101 that runs on this computer. Nothing leaves it."),
        tr("Research use only. Not a medical device. Not for diagnosis."),
        tr("Program: Apache License 2.0. The model has a licence of its own, named in its card."),
    )
    title, *rest = (escaped(line) for line in lines)
    Page(tr("About CovidViewer"), f"<h2>{title}</h2>" + "".join(f"<p>{line}</p>" for line in rest), window).show()
