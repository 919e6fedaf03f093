"""Drawing the lung overlay off the GUI thread: one at a time, the latest wins."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from covidviewer.ui.workers.thread_pool import Crew

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.framing import Framing
    from covidviewer.imaging.slices import Slice

log = logging.getLogger(__name__)


class OverlayPainter(QObject):
    """Keeps the overlay of the latest request; `drawn` comes with the framing that it belongs to."""

    drawn = Signal(object, object)
    """Framing, QImage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crew = Crew("overlay", 1)
        self._wanted: Framing | None = None

    def draw(self, slice_: Slice, framing: Framing) -> None:
        """Begin, unless the same is being drawn."""
        if framing is not self._wanted:
            self._wanted = framing
            self._crew.begin(lambda: self._work(slice_, framing))

    def forget(self) -> None:
        """Nothing is wanted."""
        self._wanted = None

    def stop(self, milliseconds: int) -> bool:
        """Wait for what is being drawn."""
        self._wanted = None
        return self._crew.stop(milliseconds)

    def _work(self, slice_: Slice, framing: Framing) -> None:
        if framing is not self._wanted:
            return
        from covidviewer.ui.view.tissue import tissue_image

        try:
            self.drawn.emit(framing, tissue_image(slice_, framing))
        except Exception:
            log.exception("Drawing the lung overlay failed")
