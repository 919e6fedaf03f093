"""What the model saw: the framed and calibrated input, as it was given to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE = UNIT * 40


class ModelInputImage(QWidget):
    """A square picture, or an empty frame."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Model input"))

    def show_input(self, seen: NDArray[np.float32] | None) -> None:
        """(224, 224, channels) float32 as fed to the network, the first channel calibrated; None for nothing."""
        self._image = None if seen is None else input_image(seen)
        self.setVisible(seen is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in a thin frame of the model's colour."""
        painter = QPainter(self)
        place = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.fillRect(place, QColor("#000000"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
        painter.setPen(QPen(QColor(self._look.tokens.model), 1))
        painter.drawRect(place)
        painter.end()


def input_image(seen: NDArray[np.float32]) -> QImage:
    """The first channel from its lowest to its highest calibrated value, black to white."""
    import numpy as np

    from covidviewer.imaging.lungs.framing import CALIBRATED_RANGE
    from covidviewer.ui.view.pixels import grey_image

    low, high = CALIBRATED_RANGE
    grey = np.clip((seen[..., 0] - low) * (255 / (high - low)), 0, 255)
    return grey_image(grey.astype(np.uint8))
