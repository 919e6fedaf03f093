"""Reports are made and written off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.services.report import Report
from covidviewer.services.report_page import WriteReport, write_html
from covidviewer.ui.pdf import write_pdf

log = logging.getLogger(__name__)

REPORT_WRITERS: Final[Mapping[str, WriteReport]] = {".html": write_html, ".pdf": write_pdf}
"""By the end of a report's name."""


class ReportThread(QThread):
    """Makes one report and writes it: ends with `written` or `refused`."""

    written = Signal(object)
    """Its path."""
    refused = Signal(str)

    def __init__(self, make: Callable[[], Report], path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make, self._path = make, path

    def run(self) -> None:
        """On the new thread."""
        try:
            REPORT_WRITERS[self._path.suffix.lower()](self._make(), self._path)
        except CovidViewerError as error:
            self.refused.emit(str(error))
        except Exception:
            log.exception("a report")
            self.refused.emit("The report could not be made; the log says why.")
        else:
            self.written.emit(self._path)
