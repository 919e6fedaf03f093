"""Reading a whole series for its planes, off the GUI thread, with progress and cancel."""

from __future__ import annotations

import logging
import os
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.ui.translation import sentence_of, tr

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Series, Slice
    from covidviewer.imaging.volume import Volume
    from covidviewer.ui.workers.slice_store import SliceStore

log = logging.getLogger(__name__)

MOST_THREADS = 8


class VolumeThread(QThread):
    """Ends with `made` or `refused`; a cancelled one with neither. Slices that are in the store are not read again."""

    progressed = Signal(int, int)
    made = Signal(object)
    refused = Signal(str)

    def __init__(self, key: int, series: Series, store: SliceStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key, self._series = key, series
        self._store = store
        self._cancelled = Event()

    def cancel(self) -> None:
        """Stop at the next slice."""
        self._cancelled.set()

    def run(self) -> None:
        """On the new thread."""
        try:
            volume = self._made()
        except CovidViewerError as error:
            self.refused.emit(sentence_of(error))
        except MemoryError:
            self.refused.emit(tr("There is not enough memory for the planes of this series."))
        except Exception:
            log.exception("Reading a volume failed")
            self.refused.emit(tr("The planes could not be computed; see the log for details."))
        else:
            if volume is not None:
                self.made.emit(volume)

    def _made(self) -> Volume | None:
        from covidviewer.imaging.volume import read_volume

        threads = min(MOST_THREADS, os.cpu_count() or 2)
        return read_volume(self._series, self._read, self.progressed.emit, self._cancelled.is_set, threads)

    def _read(self, index: int) -> Slice:
        found = self._store.get((self._key, index))
        return found if found is not None else self._series.read_slice(index)
