"""The one way from English source text to the words on screen. Every text that a person reads passes here."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from covidviewer.errors import CovidViewerError, Sentence

CONTEXT = "CovidViewer"


def tr(text: str, /, **fields: object) -> str:
    """`text` in the chosen language, its `str.format` places filled with `fields`.

    A `Sentence` is said anew from its template, with the fields that are texts in the chosen language too.
    """
    if isinstance(text, Sentence):
        said = {name: tr(value) if isinstance(value, str) else value for name, value in text.fields.items()}
        return QCoreApplication.translate(CONTEXT, text.template).format(**said)
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**fields) if fields else translated


def plain(text: str) -> str:
    """A menu text in the chosen language without its mnemonic ("&Open", in Chinese "(&O)") and its ellipsis."""
    said = re.sub(r"\(&.\)", "", tr(text)).replace("&", "")
    return said.rstrip("…")


def sentence_of(error: CovidViewerError) -> str:
    """The one sentence of an error, translated where it is known."""
    return tr(str(error))
