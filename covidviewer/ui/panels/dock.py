"""A dock with a title bar of our own, so that its buttons are drawn in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from covidviewer.ui.plain_text import plain_label, set_tip
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr


class Dock(QDockWidget):
    """Docks left or right, floats and closes; `name` is what the remembered layout knows it by."""

    def __init__(self, name: str, title: str, content: QWidget, look: Look, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self.setTitleBarWidget(self._title_bar(title, look))
        self.setWidget(content)

    def _title_bar(self, title: str, look: Look) -> QWidget:
        bar = QWidget()
        bar.setObjectName("panel")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(UNIT * 3, UNIT, UNIT, UNIT)
        label = plain_label(title)
        label.setProperty("role", "section")
        close = QToolButton()
        close.setIcon(look.icon("close"))
        close.setAccessibleName(tr("Hide {panel}", panel=title))
        set_tip(close, tr("Hide {panel}", panel=title))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.close)
        look.changed.connect(lambda: close.setIcon(look.icon("close")))
        row.addWidget(label)
        row.addStretch()
        row.addWidget(close)
        return bar
