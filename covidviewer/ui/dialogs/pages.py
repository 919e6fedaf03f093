"""The pages of Help: the model card, what the score means, about the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer import __version__
from covidviewer.disclaimer import DISCLAIMER
from covidviewer.texts import N_
from covidviewer.ui.dialogs.meaning import MeaningPage
from covidviewer.ui.dialogs.page import Page, escaped, table
from covidviewer.ui.dialogs.widgets import fit
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from covidviewer.ui.state.analysis import Analysis


def show_meaning(parent: QWidget, analysis: Analysis) -> None:
    """What the score can say and what it cannot."""
    MeaningPage(analysis.card, parent).show()


def show_model_card(parent: QWidget, analysis: Analysis) -> None:
    """What the model is, as its card says."""
    from covidviewer.inference.card_text import card_rows

    card = analysis.card
    if card is None:
        reason = tr(analysis.model_problem or N_("The model is still being loaded."))
        html = f"<p>{escaped(reason)}</p>"
    else:
        html = table([(tr(name), tr(value)) for name, value in card_rows(card)])
    Page(tr("Model card"), html, parent).show()


def show_about(parent: QWidget) -> None:
    """Version, purpose, licence."""
    lines = (
        tr("CovidViewer {version}", version=__version__),
        tr("Shows chest CT and scores slices with a ResNet101 that runs on this computer. Nothing leaves it."),
        tr(DISCLAIMER),
        tr("Program: Apache License 2.0. The model has a separate licence, given in its card."),
    )
    title, *rest = (escaped(line) for line in lines)
    page = Page(tr("About CovidViewer"), f"<h2>{title}</h2>" + "".join(f"<p>{line}</p>" for line in rest), parent)
    fit(page, UNIT * 130, UNIT * 72)
    page.show()
