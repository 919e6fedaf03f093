"""The one way in which text of unknown origin reaches a widget: as it is, never as HTML.

Qt takes a text that looks like HTML for it, in labels, tool tips and item views' tips, and an `<img>` in a file's name
or description is then read from the disk or the network by a mere hover.
"""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QTextBrowser


class _HasTip(Protocol):
    def setToolTip(self, tip: str, /) -> None: ...


def plain_label(text: str = "") -> QLabel:
    """A label that shows any text as it is."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def plain_tip(text: str) -> str:
    """What a tool tip has to be set to for it to show `text`."""
    return RichText.convertFromPlainText(text) if RichText.mightBeRichText(text) else text


def set_tip(widget: _HasTip, text: str) -> None:
    """Let a widget, an action or an item have `text` as its tool tip."""
    widget.setToolTip(plain_tip(text))


class PageBrowser(QTextBrowser):
    """Shows a page of the program's own HTML, which holds no pictures but embedded ones: it reads no file."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only what stands in the page itself."""
        if kind == QTextDocument.ResourceType.ImageResource.value and QUrl(name).scheme() == "data":
            return super().loadResource(kind, name)
        return None
