"""A page of text in a window of its own: not modal, selectable, its colours from the theme."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from covidviewer.ui.dialogs.widgets import closing_button_row, fit
from covidviewer.ui.plain_text import PageBrowser
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr


class Page(QDialog):
    """Title and a small HTML text; the text can be copied. `buttons` stand beside Copy."""

    def __init__(self, title: str, html: str, parent: QWidget, *buttons: QPushButton) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        fit(self, UNIT * 150, UNIT * 140)
        self.text = PageBrowser()
        self.text.setAccessibleName(title)
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(UNIT * 4)
        self.text.setHtml(html)
        copy = QPushButton(tr("Copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 4, UNIT * 4, UNIT * 4, UNIT * 4)
        column.setSpacing(UNIT * 3)
        column.addWidget(self.text, 1)
        column.addLayout(closing_button_row(self, copy, *buttons))

    def put_below(self, part: QWidget) -> None:
        """A part between the text and the buttons."""
        self._column.insertWidget(1, part)


def table(rows: list[tuple[str, str]]) -> str:
    """Two columns as HTML; texts are escaped."""
    cells = "".join(
        f"<tr><td style='padding:2px 16px 2px 0'>{escaped(name)}</td>"
        f"<td style='padding:2px 0'>{escaped(value)}</td></tr>"
        for name, value in rows
    )
    return f"<table>{cells}</table>"


def escaped(text: str) -> str:
    """Safe inside HTML."""
    return escape(text, quote=False)
