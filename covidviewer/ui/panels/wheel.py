"""The wheel over a control that stands in something that scrolls: it scrolls, unless the control was chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


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
