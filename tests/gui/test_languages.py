"""The window in Portuguese and Chinese: what is shipped is what was translated, and no text is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from covidviewer.errors import Sentence
from covidviewer.imaging.slices import Series
from covidviewer.paths import resource_folder
from covidviewer.ui import translation
from covidviewer.ui.actions.table import ACTIONS
from covidviewer.ui.figures import millimetres, percent, signed
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.startup.languages import LANGUAGES, SOURCE, install_translators, language_of
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.translation import CONTEXT, plain, tr
from installer import translate
from tests.gui.conftest import show
from tests.gui.made_up_model import MadeUpModel

MADE_UP = {
    *(
        "high band",
        "low band",
        "CPU",
        "made up CPU",
        "0.0-fake",
        "0" * 16,
        "AUC 0.880 (0.830 to 0.920)",
        "AUC 0.990 (0.980 to 0.996)",
    ),
    *("English", "Português", "中文", "CSV", "JSON", "Parquet"),
}
"""Words of the tests' model card, and the languages' own names."""
Speak = Callable[[str], None]


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[Speak]:
    """Puts a language in force, for one test."""
    before = set(qapp.findChildren(QTranslator))
    yield lambda language: assert_spoken(qapp, language)
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()


def assert_spoken(application: QApplication, language: str) -> None:
    assert install_translators(application, language) == language


@pytest.mark.parametrize(
    ("chosen", "system", "expected"),
    [
        ("pt", ["zh-CN"], "pt"),
        ("", ["pt-BR", "en-US"], "pt"),
        ("", ["zh-Hans-CN"], "zh"),
        ("", ["zh_TW"], "zh"),
        ("", ["fr-FR", "pt-PT"], "pt"),
        ("", ["fr-FR"], "en"),
        ("", [], "en"),
        ("tlh", ["pt-BR"], "pt"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_first_of_the_system(
    chosen: str, system: list[str], expected: str
) -> None:
    assert language_of(chosen, system) == expected


def test_there_is_a_language_for_every_linguist_file() -> None:
    assert set(LANGUAGES) == {SOURCE, *translate.LANGUAGES}


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_the_shipped_file_says_what_the_linguist_file_says(language: str) -> None:
    translator = QTranslator()
    assert translator.load(f"covidviewer_{language}", str(resource_folder("translations")))
    for source, said in translate.translations(language).items():
        assert translator.translate(CONTEXT, source) == said


def test_errors_are_said_in_the_language_with_their_fields(speaking: Speak) -> None:
    speaking("pt")
    what = Sentence("This DICOM file contains {what}, not an image.", what="a structured report")
    assert tr(what) == "Este arquivo DICOM contém um laudo estruturado, não uma imagem."
    assert tr(Sentence("The file has {pages} pages; page {page} does not exist.", pages=2, page=7)) == (
        "O arquivo tem 2 páginas, e nenhuma página 7."
    )


def test_figures_have_the_decimal_sign_of_the_language(speaking: Speak) -> None:
    width = Sentence("The gantry was tilted by {n:.1f} degrees.", n=np.float32(2.5))
    assert (millimetres(12.25), "2.5" in tr(width)) == ("12.2\u00a0mm", True)
    speaking("pt")
    assert (millimetres(12.25), signed(-1.5, 1), percent(0.5)) == ("12,2\u00a0mm", "\u22121,5", "50\u00a0%")
    assert "2,5" in tr(width)
    assert tr("Cobb {angle:.1f}°", angle=7.25) == "Cobb 7,2°"


def test_menu_texts_lose_their_mnemonic_in_chinese_too(speaking: Speak) -> None:
    speaking("zh")
    assert plain("&Open files…") == "打开文件"
    assert plain("&Keyboard shortcuts…") == "键盘快捷键"


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_mnemonics_of_the_menu_bar_do_not_clash(language: str, speaking: Speak) -> None:
    from covidviewer.ui.actions.table import MENUS

    speaking(language)
    letters = [tr(title)[tr(title).index("&") + 1].casefold() for title, _ in MENUS]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("language", translate.LANGUAGES)
def test_every_text_that_the_window_says_is_in_the_linguist_file(
    language: str, speaking: Speak, look: Look, series: Series, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: set[str] = set()

    class Listening:
        @staticmethod
        def translate(context: str, text: str) -> str:
            asked.add(text)
            return QCoreApplication.translate(context, text)

    speaking(language)
    monkeypatch.setattr(translation, "QCoreApplication", Listening)
    window = MainWindow(look, Preferences(), MadeUpModel)
    window.show()
    window.begin()
    show(window, series, qtbot)
    with qtbot.waitSignal(window.analysis.series_ended, timeout=20_000):
        window.board["analyse-series"].trigger()
    for name in ("heat-map", "hull", "box", "cine", "cine", "magnifier", "planes", "beside", "beside"):
        window.board[name].trigger()
    for name in ("settings", "tags", "meaning", "model-card", "computer", "keys", "about", "batch"):
        window.board[name].trigger()
    window.view.grab()
    window.files.open([Path("gone.dcm")])
    qtbot.waitUntil(lambda: not window.files.opening)
    window.board["show-unread"].trigger()
    title = window.board["open-files"].text()
    window.close()
    known = set(translate.translations(language))
    assert {text for text in asked - known - MADE_UP if text and not text.startswith("About ")} == set()
    assert title == translate.translations(language)["&Open files…"]
    assert {row.text for row in ACTIONS} <= known
