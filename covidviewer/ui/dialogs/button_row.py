"""The foot of a dialog that only shows: its own buttons on the left, Close on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from covidviewer.ui.translation import tr


def closing_foot(dialog: QDialog, *left: QWidget) -> QHBoxLayout:
    """A row with `left` and a button that closes `dialog`."""
    close = QPushButton(tr("Close"))
    close.setProperty("role", "primary")
    close.clicked.connect(dialog.close)
    foot = QHBoxLayout()
    for widget in left:
        foot.addWidget(widget)
    foot.addStretch()
    foot.addWidget(close)
    return foot
