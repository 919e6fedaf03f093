"""Opening files and folders off the GUI thread, with progress and cancel."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.imaging.opening import Opened

log = logging.getLogger(__name__)

PROGRESS_S: Final = 0.05


class OpeningThread(QThread):
    """One opening of some paths: ends with `opened` or `refused`; a cancelled one with what was found until then."""

    progressed = Signal(int, int)
    """Files looked at, files in all (0 while they are being counted)."""
    previewed = Signal(object)
    """A Slice of what is being opened, before anything else is known of it."""
    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, paths: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths = tuple(paths)
        self._cancelled = Event()
        self._told = 0.0

    def cancel(self) -> None:
        """Stop at the next file."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    def run(self) -> None:
        """On the new thread: imports the readers, which start-up did not."""
        try:
            self.opened.emit(self._open())
        except CovidViewerError as error:
            self.refused.emit(str(error))
        except Exception:
            log.exception("Opening paths failed")
            self.refused.emit(N_("The files could not be opened; see the log for details."))

    def _open(self) -> Opened:
        from covidviewer.imaging.opening import open_paths

        return open_paths(self.paths, self._progress, self._cancelled.is_set, self._preview)

    def _progress(self, done: int, total: int) -> None:
        """Now and then: each telling redraws bars and menus, which for 500 files took as long as reading them."""
        now = monotonic()
        if now - self._told >= PROGRESS_S or done == total:
            self._told = now
            self.progressed.emit(done, total)

    def _preview(self, files: Sequence[Path]) -> None:
        from covidviewer.imaging.preview import read_preview

        try:
            slice_ = read_preview(files)
        except Exception:
            log.exception("Reading a preview of a folder failed")
            return
        if slice_ is not None:
            self.previewed.emit(slice_)
