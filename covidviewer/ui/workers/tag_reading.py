"""Reading the elements of a file behind the window, one file at a time; it outlives the dialog that asks."""

from __future__ import annotations

import logging
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.ui.translation import sentence_of, tr
from covidviewer.ui.workers.thread_pool import StoppableThreadPool

if TYPE_CHECKING:
    from covidviewer.imaging.dicom.tags import Tag

log = logging.getLogger(__name__)


class TagReader(QObject):
    """One thread, begun with the first file. GUI thread only."""

    read = Signal(int, object)
    """Token; tags, or the sentence why there are none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = StoppableThreadPool("tags", 1)
        self._tokens = count(1)

    def begin(self, path: Path, patient: bool) -> int:
        """Read a file's elements, those that lead to the patient hidden unless `patient`; the token of its `read`."""
        token = next(self._tokens)
        self._pool.begin(lambda: self.read.emit(token, tags_or_reason(path, patient)))
        return token

    def stop(self, milliseconds: int) -> bool:
        """Read nothing more; False when a file did not come back in time."""
        return self._pool.stop(milliseconds)


def tags_or_reason(path: Path, patient: bool) -> tuple[Tag, ...] | str:
    """On the reader's thread."""
    from covidviewer.imaging.dicom.tags import read_tags

    try:
        return read_tags(path, patient)
    except CovidViewerError as error:
        return sentence_of(error)
    except Exception:
        log.exception("Reading the DICOM tags failed")
        return tr("The tags could not be read; see the log for details.")
