"""The opacified area in the result panel: the number, and the bands that it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QColor, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from covidviewer.ui.panels.result_text import band_line, band_text, opacity_text
from covidviewer.ui.panels.widgets import act_by, label
from covidviewer.ui.plain_text import plain_label, set_tip
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.opacity import Opacity
    from covidviewer.imaging.slices import Geometry


class OpacitySection(QWidget):
    """Hidden while nothing was measured; each band on hover."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label()
        self.on_picture = QCheckBox(tr("Show lungs and density ranges"))
        self.on_picture.setAccessibleName(tr("Lungs and density ranges on the image"))
        self._legend = QWidget()
        self._lines = QGridLayout(self._legend)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(UNIT * 2)
        self._lines.setVerticalSpacing(UNIT)
        self._lines.setColumnStretch(1, 1)
        self._legend.setVisible(False)
        self.on_picture.toggled.connect(self._legend.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT * 2)
        for widget in (label(tr("Opacity, measured"), "section"), self._words, self.on_picture, self._legend):
            column.addWidget(widget)

    def offer(self, on_picture: QAction) -> None:
        """What shows lungs and bands and hides them, also by its key."""
        act_by(self.on_picture, on_picture)

    def show_opacity(self, opacity: Opacity | None, geometry: Geometry | None) -> None:
        """What was measured on the shown slice, and how that lies in the patient, if its file says so."""
        self.setVisible(opacity is not None)
        if opacity is not None:
            self._words.setText(opacity_text(opacity, geometry))
            set_tip(self._words, band_text(opacity))
            self._words.setAccessibleDescription(band_text(opacity))
            self._fill_legend(opacity)

    def _fill_legend(self, opacity: Opacity) -> None:
        """What the colours on the picture stand for; bands that are left clear there have no line."""
        from covidviewer.imaging.lungs.opacity import OPACITY_BANDS
        from covidviewer.ui.view.tissue import BAND_COLOURS

        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, (band, share) in enumerate(zip(OPACITY_BANDS, opacity.bands, strict=True)):
            red, green, blue, alpha = BAND_COLOURS[band.identity]
            if not alpha:
                continue
            colour = QPixmap(UNIT * 3, UNIT * 3)
            colour.fill(QColor(red, green, blue))
            swatch = plain_label()
            swatch.setPixmap(colour)
            self._lines.addWidget(swatch, row, 0)
            self._lines.addWidget(label(band_line(band, share), "caption"), row, 1)
