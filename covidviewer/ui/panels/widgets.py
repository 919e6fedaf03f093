"""What panels and dialogs are put together from: texts by their role, rules, ticks, and who takes the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QSizePolicy, QWidget

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


def wheel_when_focused(*controls: QWidget) -> None:
    """Lists, sliders and numbers take the wheel only with the keyboard's focus, which a click or Tab gives."""
    for control in controls:
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control.installEventFilter(WheelGate(control))


class WheelGate(QObject):
    """Leaves the wheel to what is around a control without the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An event that is ignored goes on to the parent."""
        shut = event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus()
        if shut:
            event.ignore()
        return shut
