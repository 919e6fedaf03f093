"""What people take away is made and written off the GUI thread: reports, and DICOM objects."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.services.report.html import WriteReport, write_html
from covidviewer.texts import N_
from covidviewer.ui.workers.pdf import write_pdf

log = logging.getLogger(__name__)

REPORT_WRITERS: Final[Mapping[str, WriteReport]] = {".html": write_html, ".pdf": write_pdf}
"""By the end of a report's name."""


class SavingThread(QThread):
    """Makes and writes one thing: ends with `written` or `refused`."""

    written = Signal()
    refused = Signal(str)

    def __init__(self, work: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work

    def run(self) -> None:
        """On the new thread."""
        try:
            self._work()
        except CovidViewerError as error:
            self.refused.emit(str(error))
        except Exception:
            log.exception("Saving a file failed")
            self.refused.emit(N_("Saving failed; see the log for details."))
        else:
            self.written.emit()
