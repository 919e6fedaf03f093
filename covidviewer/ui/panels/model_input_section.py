"""What the model saw, in the result panel: its input, and the box on the picture that it was cut from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from covidviewer.ui.panels.model_input_image import ModelInputImage
from covidviewer.ui.panels.widgets import act_by, label
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ModelInputSection(QWidget):
    """Hidden while the network was not asked."""

    box_back_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = ModelInputImage(look)
        self.on_picture = QCheckBox(tr("Show the box"))
        self.on_picture.setAccessibleName(tr("Model input box on the image"))
        self._hint = label(tr("Drag the edge to move it or a corner to resize it; the score is updated."), "caption")
        self.back = QPushButton(tr("Reset box"))
        self.back.setProperty("role", "link")
        self.back.clicked.connect(self.box_back_wanted)
        side = QVBoxLayout()
        side.setSpacing(UNIT * 2)
        for widget in (self.on_picture, self._hint, self.back):
            side.addWidget(widget)
        side.addStretch()
        row = QHBoxLayout()
        row.setSpacing(UNIT * 3)
        row.addWidget(self._picture)
        row.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT * 2)
        column.addWidget(label(tr("Model input"), "section"))
        column.addLayout(row)

    def offer(self, on_picture: QAction) -> None:
        """What shows the box and hides it, also by its key."""
        act_by(self.on_picture, on_picture)

    def show_input(self, seen: NDArray[np.float32] | None, moved: bool) -> None:
        """(224, 224, channels) float32 as fed to the network, or None; whether a person moved the box."""
        self.setVisible(seen is not None)
        self._picture.show_input(seen)
        self.back.setVisible(moved)
