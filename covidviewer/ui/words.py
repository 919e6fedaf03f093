"""The one way from English source text to the words on screen. Every text that a person reads passes here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from covidviewer.errors import CovidViewerError

CONTEXT = "CovidViewer"


def tr(text: str, /, **fields: object) -> str:
    """`text` in the chosen language, its `str.format` places filled with `fields`."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**fields) if fields else translated


def sentence_of(error: CovidViewerError) -> str:
    """The one sentence of an error, translated where it is known."""
    return tr(error.template, **error.fields)
