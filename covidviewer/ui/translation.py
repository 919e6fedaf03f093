"""The one way from English source text to the words on screen. Every text that a person reads passes here."""

from __future__ import annotations

import re
from numbers import Real

from PySide6.QtCore import QCoreApplication

from covidviewer.errors import CovidViewerError, Sentence
from covidviewer.texts import N_

CONTEXT = "CovidViewer"
DECIMAL = N_("0.5")
"""Translated for its decimal sign."""


def tr(text: str, /, **fields: object) -> str:
    """`text` in the chosen language, its `str.format` places filled with `fields`.

    A `Sentence` is said anew from its template, with the fields that are texts in the chosen language too. Numbers get
    the language's decimal sign.
    """
    if isinstance(text, Sentence):
        said = {name: tr(value) if isinstance(value, str) else _number(value) for name, value in text.fields.items()}
        return QCoreApplication.translate(CONTEXT, text.template).format(**said)
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**{name: _number(value) for name, value in fields.items()}) if fields else translated


class _Number(float):
    """A number that is formatted with the language's decimal sign."""

    def __format__(self, spec: str) -> str:
        return with_decimal_sign(super().__format__(spec))


def _number(value: object) -> object:
    return _Number(value) if not isinstance(value, int) and isinstance(value, Real) else value


def with_decimal_sign(figure: str) -> str:
    """A figure in English ("1.5 mm") with the decimal sign of the chosen language ("1,5 mm")."""
    sign = QCoreApplication.translate(CONTEXT, DECIMAL)[1]
    return figure if sign == "." else re.sub(r"(?<=\d)\.(?=\d)", sign, figure)


def plain(text: str) -> str:
    """A menu text in the chosen language without its mnemonic ("&Open", in Chinese "(&O)") and its ellipsis."""
    said = re.sub(r"\(&.\)", "", tr(text)).replace("&", "")
    return said.rstrip("…")


def sentence_of(error: CovidViewerError) -> str:
    """The one sentence of an error, translated where it is known."""
    return tr(str(error))
