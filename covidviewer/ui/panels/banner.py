"""One line above the picture: what happened, and what can be done about it. Never modal, closed with its cross.

What went wrong can be copied with what a person who helps wants to know; what went well has another icon.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from covidviewer.ui.plain_text import plain_label
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr


class Banner(QFrame):
    """Hidden until `tell`; the latest sentence replaces the one before."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._look = look
        self._act: Callable[[], None] | None = None
        self._good = False
        self._icon = plain_label()
        self.text = plain_label()
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        self.copy = QPushButton(tr("Copy details"))
        self.copy.clicked.connect(self._on_copy)
        self._close = QToolButton()
        self._close.setAccessibleName(tr("Close this notice"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 2, UNIT * 2)
        row.setSpacing(UNIT * 3)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self.copy)
        row.addWidget(self._close)
        look.changed.connect(self._draw_icons)
        self.hide()

    def tell(self, sentence: str, offer: str = "", act: Callable[[], None] | None = None) -> None:
        """Say what went wrong, with a button with the words `offer` that does `act`."""
        self._show(sentence, offer, act, good=False)

    def tell_good(self, sentence: str, offer: str = "", act: Callable[[], None] | None = None) -> None:
        """Say what went as it should."""
        self._show(sentence, offer, act, good=True)

    def _show(self, sentence: str, offer: str, act: Callable[[], None] | None, good: bool) -> None:
        self._act, self._good = act, good
        self.setProperty("good", good)
        self.style().polish(self)
        self._draw_icons()
        self.copy.setVisible(not good)
        self.text.setText(sentence)
        self.button.setText(offer)
        self.button.setVisible(act is not None)
        self.show()

    def _on_clicked(self) -> None:
        if self._act is not None:
            self._act()

    def _on_copy(self) -> None:
        from covidviewer.ui.panels.details import details

        QGuiApplication.clipboard().setText(details(self.text.text()))

    def _draw_icons(self) -> None:
        tokens = self._look.tokens
        name, colour = ("info", tokens.text) if self._good else ("warning", tokens.warning)
        self._icon.setPixmap(self._look.pixmap(name, colour, 20))
        self._close.setIcon(self._look.icon("close"))
