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
from tests.gui.made_up_model import MadeUpCard

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
    made = MeaningPage(MadeUpCard(), parent)
    made.show()
    yield made
    made.close()


def test_the_page_shows_a_different_picture_for_each_example(page: MeaningPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(picture.width() > 100 for picture in pictures(page)))
    clear, opacities, other = pictures(page)
    right_lung_back = round(0.62 * clear.width()), round(0.62 * clear.height())
    assert clear.pixelColor(*right_lung_back).red() < 90
    assert other.pixelColor(*right_lung_back).red() > 180
    assert opacities != clear


def test_a_figure_stands_there_only_when_the_card_has_it(page: MeaningPage) -> None:
    text = page.text.toPlainText()
    assert "12 % (6 to 20) of the slices without COVID-19 lay below the threshold" in text
    assert text.count("lay below the threshold") == 1


def test_without_a_model_the_page_explains_without_figures(parent: QWidget) -> None:
    page = MeaningPage(None, parent)
    assert "threshold" not in page.text.toPlainText()
    assert "cannot tell COVID-19 from other lung disease" in page.text.toPlainText()


def test_help_opens_the_page_and_escape_closes_it_while_the_pictures_are_made(window: MainWindow) -> None:
    window.board["meaning"].trigger()
    (page,) = window.findChildren(MeaningPage)
    page.reject()
    assert not page.isVisible()
