"""The window's languages: which there are, which one is meant, and its words put into force before the first text."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from covidviewer.paths import resource_folder

log = logging.getLogger(__name__)

SOURCE: Final = "en"
LANGUAGES: Final = {"en": "English", "pt": "Português", "zh": "中文"}
"""By the code that the settings hold, each in its own words."""


def language_of(chosen: str, system: Iterable[str]) -> str:
    """The language in force: the chosen one, else the first of the system's ("pt-BR", "zh-Hans-CN") that there is."""
    if chosen in LANGUAGES:
        return chosen
    wanted = (name.replace("_", "-").partition("-")[0] for name in system)
    return next((name for name in wanted if name in LANGUAGES), SOURCE)


def install_translators(application: QCoreApplication, chosen: str) -> str:
    """Translate the program's texts, and Qt's own where Qt knows the language; the language that is spoken."""
    language = language_of(chosen, QLocale.system().uiLanguages())
    if language == SOURCE:
        return SOURCE
    ours = QTranslator(application)
    if not ours.load(f"covidviewer_{language}", str(resource_folder("translations"))):
        log.warning("No translation for language %s", language)
        return SOURCE
    application.installTranslator(ours)
    own = QTranslator(application)
    if own.load(QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(own)
    return language
