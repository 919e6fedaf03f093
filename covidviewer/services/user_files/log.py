"""Where tracebacks go: a log file in the user's folder, opened at the first line. Holds no text of a patient's file."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

LARGEST_LOG: Final = 1_000_000
"""Bytes; a larger log is set aside as `.old`, in the place of an older one, before the next line."""


def log_path() -> Path:
    """`covidviewer.log` in the user's log folder; the folder may not be there yet."""
    from platformdirs import user_log_path

    return user_log_path("CovidViewer", appauthor=False) / "covidviewer.log"


class LogFileHandler(logging.Handler):
    """Appends to the log file; without a place to write it keeps silent, since nothing may depend on it."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self._file: logging.FileHandler | None = None
        self._gone = False

    def emit(self, record: logging.LogRecord) -> None:
        """Open the file if it is the first line, and write."""
        if self._file is None and not self._gone:
            self._file = self._opened()
            self._gone = self._file is None
        if self._file is not None:
            self._file.emit(record)
            if self._file.stream is not None and self._file.stream.tell() > LARGEST_LOG:
                self._file.close()
                self._file = None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.FileHandler | None:
        path = self._path or log_path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LARGEST_LOG:
                path.replace(path.with_suffix(".log.old"))
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
            file = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
        except OSError:
            return None
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return file


def start_log_file() -> None:
    """Send warnings and errors of the whole program to the log file, and nothing of them to the terminal. Once."""
    root = logging.getLogger()
    if not any(isinstance(handler, LogFileHandler) for handler in root.handlers):
        root.addHandler(LogFileHandler())
