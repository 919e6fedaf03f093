"""The middle of the window: notices on top, then the picture with its slider, or the empty state."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from covidviewer.ui.panels.banner import Banner
from covidviewer.ui.panels.empty_state import EmptyState
from covidviewer.ui.panels.slice_slider import SliceSlider
from covidviewer.ui.state.session import OpenSeries
from covidviewer.ui.theme.look import Look
from covidviewer.ui.view.image_view import ImageView

GAP = 2
"""Between pictures that stand side by side."""


class Centre(QWidget):
    """Shows the view while a series is open, and the empty state otherwise."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner(look)
        self.empty = EmptyState(look)
        self.view = ImageView()
        self.slider = SliceSlider(look)
        picture = QWidget()
        inner = QVBoxLayout(picture)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self._single = QWidget()
        self._planes: QWidget | None = None
        self._second: QWidget | None = None
        self._row = QHBoxLayout(self._single)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.view, 1)
        self._pictures = QStackedWidget()
        self._pictures.addWidget(self._single)
        inner.addWidget(self._pictures, 1)
        inner.addWidget(self.slider)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(picture)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)

    def show_series(self, one: OpenSeries | None) -> None:
        """The picture's page, or the empty one."""
        self._stack.setCurrentIndex(0 if one is None else 1)
        self.slider.setVisible(one is not None and len(one.series) > 1)
        if one is not None:
            self.slider.show_series(len(one.series), one.index, one.results, one.key_images)
            self.view.setFocus()

    def show_preview(self, wanted: bool) -> None:
        """The picture's page without a series, or the empty one again."""
        self._stack.setCurrentIndex(int(wanted))
        self.slider.setVisible(False)

    @property
    def picture(self) -> QWidget:
        """All that is shown of pictures now."""
        return self._planes or self._single

    def show_mpr(self, panes: QWidget | None) -> None:
        """Panes in the place of the view; None puts the view back."""
        if self._planes is not None:
            self._pictures.removeWidget(self._planes)
        self._planes = panes
        if panes is not None:
            self._pictures.addWidget(panes)
            self._pictures.setCurrentWidget(panes)
        else:
            self.view.setFocus()

    def show_compare_view(self, second: QWidget | None) -> None:
        """A second view to the right of the first; None leaves that alone."""
        if self._second is not None:
            self._row.removeWidget(self._second)
        self._second = second
        if second is not None:
            self._row.addWidget(second, 1)

    def show_index(self, index: int) -> None:
        """The slider follows the shown slice."""
        was = self.slider.blockSignals(True)
        self.slider.setValue(index)
        self.slider.blockSignals(was)
        self.slider.update()

    def set_reading(self, reading: bool) -> None:
        """The empty state says that files are being read."""
        self.empty.set_reading(reading)
