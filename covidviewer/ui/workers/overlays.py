"""Drawing the lung overlay off the GUI thread: one at a time, the latest wins."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from covidviewer.ui.workers.thread_pool import StoppableThreadPool

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.framing import Framing
    from covidviewer.imaging.slices import Slice

log = logging.getLogger(__name__)


class OverlayPainter(QObject):
    """Draws the latest request; `drawn` comes with the slice and the framing that the overlay was made from."""

    drawn = Signal(object, object, object)
    """Slice, Framing, QImage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = StoppableThreadPool("overlay", 1)
        self._wanted: tuple[Slice, Framing] | None = None

    def draw(self, slice_: Slice, framing: Framing) -> None:
        """Begin, unless the same was asked for last."""
        wanted = self._wanted
        if wanted is None or wanted[0] is not slice_ or wanted[1] is not framing:
            self._wanted = request = slice_, framing
            self._pool.begin(lambda: self._work(request))

    def stop(self, milliseconds: int) -> bool:
        """Wait for what is being drawn."""
        self._wanted = None
        return self._pool.stop(milliseconds)

    def _work(self, request: tuple[Slice, Framing]) -> None:
        if request is not self._wanted:
            return
        from covidviewer.ui.view.tissue import tissue_image

        try:
            self.drawn.emit(*request, tissue_image(*request))
        except Exception:
            log.exception("Drawing the lung overlay failed")
