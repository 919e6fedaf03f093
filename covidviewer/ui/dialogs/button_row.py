"""The buttons of a dialog that only shows: its own on the left, Close on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from covidviewer.ui.translation import tr


def closing_button_row(dialog: QDialog, *left: QWidget) -> QHBoxLayout:
    """A row with `left` and a button that closes `dialog`."""
    close = QPushButton(tr("Close"))
    close.setProperty("role", "primary")
    close.clicked.connect(dialog.close)
    button_row = QHBoxLayout()
    for widget in left:
        button_row.addWidget(widget)
    button_row.addStretch()
    button_row.addWidget(close)
    return button_row
