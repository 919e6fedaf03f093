"""Small parts that panels and dialogs are put together from: captions, rules, wrapped texts, ticks for actions."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QSizePolicy

from covidviewer.ui.plain_text import plain_label


def label(text: str = "", role: str = "body") -> QLabel:
    """A wrapped text. Roles: body, caption, section, title, heading, score, score-below, warning."""
    made = plain_label(text)
    made.setProperty("role", role)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def put_on(made: QLabel, role: str) -> None:
    """Another role for a text that is shown already."""
    if made.property("role") != role:
        made.setProperty("role", role)
        made.style().unpolish(made)
        made.style().polish(made)


def rule() -> QFrame:
    """A thin line between sections."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


def act_by(tick: QCheckBox, action: QAction) -> None:
    """The tick and the checkable action are one: either changes the other."""
    tick.setChecked(action.isChecked())
    tick.setToolTip(action.toolTip())
    tick.toggled.connect(action.setChecked)
    action.toggled.connect(tick.setChecked)
