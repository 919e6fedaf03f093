"""Help > What the score means: three examples, and what the test said of such slices, from the card alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from covidviewer.ui.dialogs.meaning import EXAMPLES, MeaningPage, place
from covidviewer.ui.main_window import MainWindow
from tests.gui.made_up_model import made_up_card

KIND = QTextDocument.ResourceType.ImageResource


def pictures(page: MeaningPage) -> list[QImage]:
    return [page.text.document().resource(KIND, QUrl(place(name))) for name in EXAMPLES]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def page(parent: QWidget) -> Iterator[MeaningPage]:
    made = MeaningPage(made_up_card(), parent)
    made.show()
    yield made
    made.close()


def test_the_page_shows_a_different_picture_for_each_example(page: MeaningPage, qtbot: QtBot) -> None:
    assert not page.complete
    qtbot.waitUntil(lambda: page.complete)
    assert all(picture.width() > 100 for picture in pictures(page))
    clear, opacities, other = pictures(page)
    right_lung_back = round(0.62 * clear.width()), round(0.62 * clear.height())
    assert clear.pixelColor(*right_lung_back).red() < 90
    assert other.pixelColor(*right_lung_back).red() > 180
    assert opacities != clear


def test_a_figure_stands_there_only_when_the_card_has_it(page: MeaningPage) -> None:
    text = page.text.toPlainText()
    assert "88 % (80 % to 94 %) of the slices without COVID-19 reached the threshold" in text.replace("\u00a0", " ")
    assert text.count("the threshold") == 1


def test_a_call_is_worth_what_bayes_rule_says_at_the_prevalence_that_is_set(page: MeaningPage) -> None:
    page.prevalence.field.setValue(50)
    words = page.prevalence.words.text().replace("\u00a0", " ")
    assert "89 % (78 % to 95 %) of the slices above the threshold" in words  # 0.8 / (0.8 + 0.1); 0.7 / 0.9; 0.9 / 0.95
    assert "82 % (73 % to 90 %) of those below" in words  # 0.9 / (0.9 + 0.2); 0.8 / 1.1; 0.95 / 1.05
    page.prevalence.field.setValue(1)
    assert "7 % (3 % to 15 %) of the slices above" in page.prevalence.words.text().replace("\u00a0", " ")
    assert page.prevalence.words.text().count("\n") == 0  # the other tests are not in this card


def test_without_a_model_the_page_explains_without_figures(parent: QWidget) -> None:
    page = MeaningPage(None, parent)
    assert "threshold" not in page.text.toPlainText()
    assert "cannot tell COVID-19 from other lung disease" in page.text.toPlainText()


def test_help_opens_the_page_and_escape_closes_it_while_the_pictures_are_made(window: MainWindow) -> None:
    window.board["meaning"].trigger()
    (page,) = window.findChildren(MeaningPage)
    page.reject()
    assert not page.isVisible()
