"""The foot of the window: where we are, what lies under the pointer, what runs, and what this program is not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.ui.figures import grey, hounsfield
from covidviewer.ui.plain_text import plain_label, set_tip
from covidviewer.ui.state.session import Session
from covidviewer.ui.theme.tokens import UNIT
from covidviewer.ui.translation import tr
from covidviewer.ui.view.image_view import ImageView

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.ui.view.measurements import Point

LATE_MS = 200
"""Work that is done sooner shows no progress."""


class StatusLine(QWidget):
    """File and slice, probe, progress with cancel; below them the strip that is always there."""

    cancelled = Signal()

    def __init__(self, session: Session, view: ImageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.place = plain_label()
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cine = plain_label()
        self.probe = plain_label()
        self.work = plain_label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(UNIT * 40)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        self.strip = plain_label(tr(DISCLAIMER))
        self.strip.setObjectName("strip")
        self.strip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout()
        line.setContentsMargins(UNIT, 0, UNIT * 2, 0)
        line.setSpacing(UNIT * 2)
        line.addWidget(self.place, 1)
        line.addWidget(self.cine)
        line.addWidget(self.probe)
        line.addWidget(self.work)
        line.addWidget(self.bar)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.strip)
        self.place.setMinimumHeight(UNIT * 7)
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(lambda: self._set_work_visible(True))
        self._set_work_visible(False)
        session.slice_wanted.connect(self._on_slice)
        session.slice_shown.connect(self._on_slice)
        session.series_shown.connect(self._on_slice)
        view.probed.connect(lambda point: self.show_probe(view.scene.slice, point))

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Text of the long work, and how far it is (total 0: unknown); an empty text ends it."""
        if not text:
            self._late.stop()
            self._set_work_visible(False)
            return
        self.work.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if not self.bar.isVisible() and not self._late.isActive():
            self._late.start()

    def _set_work_visible(self, visible: bool) -> None:
        for widget in (self.work, self.bar, self.cancel):
            widget.setVisible(visible)

    def _on_slice(self, _: object) -> None:
        one = self._session.shown
        if one is None:
            self.place.setText("")
            self.probe.setText("")
            return
        header = one.series.headers[one.index]
        parts = [header.source.path.name, tr("slice {n}/{count}", n=one.index + 1, count=len(one.series))]
        parts.append(f"{header.columns} × {header.rows}")
        self.place.setText("  ·  ".join(parts))
        set_tip(self.place, str(header.source.path))

    def show_probe(self, slice_: Slice | None, point: Point | None) -> None:
        """What lies under the pointer; nothing for None."""
        self.probe.setText("" if point is None or slice_ is None else probe_text(slice_, point))


def probe_text(slice_: Slice, point: Point) -> str:
    """Pixel and value under an image point: "x 120  y 88   -742 HU"; '' beyond the picture."""
    column, row = math.floor(point[0]), math.floor(point[1])
    if not (0 <= row < slice_.rows and 0 <= column < slice_.columns):
        return ""
    if slice_.padding is not None and slice_.padding[row, column]:
        return tr("x {x}  y {y}   padding", x=column, y=row)
    value = float(slice_.values[row, column])
    shown = hounsfield(value) if slice_.units == "HU" else tr("grey {level}", level=grey(value))
    return tr("x {x}  y {y}   {value}", x=column, y=row, value=shown)
