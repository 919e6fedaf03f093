"""The settings in force: one frozen value that is replaced; written after each opening, after OK, and at the end."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from covidviewer.errors import OutputUnwritable
from covidviewer.services.user_files.settings import Settings, load_settings, save_settings

log = logging.getLogger(__name__)

FOLDER_FROM = 3
"""So many files opened at once are remembered as their folder."""


class Preferences:
    """Holds the settings, and what the file held beyond them.

    Parameters
    ----------
    settings
        The value to begin with.
    unknown
        What another version of the program wrote; kept when saving.
    path
        The settings file; None is the user's own.
    """

    def __init__(
        self, settings: Settings | None = None, unknown: Mapping[str, Any] | None = None, path: Path | None = None
    ) -> None:
        self.settings = settings or Settings()
        self._unknown = unknown or {}
        self.path = path

    @classmethod
    def load(cls, path: Path | None = None) -> Preferences:
        """From the settings file; what cannot be used is as it comes, and the log says so."""
        loaded = load_settings(path)
        for note in loaded.notes:
            log.warning("%s", note)
        return cls(loaded.settings, loaded.unknown, path)

    def save(self) -> None:
        """For the next start; a folder that cannot be written to is no reason to keep the window open."""
        try:
            save_settings(self.settings, self._unknown, self.path)
        except OutputUnwritable as error:
            log.warning("%s", error)

    def change(self, **values: Any) -> None:
        """Replace some of the settings by name."""
        self.settings = replace(self.settings, **values)

    def remember(self, paths: Sequence[Path]) -> None:
        """Put what was opened at the head of the recent ones: its folder, when many files were given."""
        for path in reversed(paths if len(paths) < FOLDER_FROM else [paths[0].parent]):
            self.settings = self.settings.with_recent(path)
        folder = paths[0] if paths[0].is_dir() else paths[0].parent
        self.change(last_folder=str(folder.absolute()))

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files and folders, the latest first."""
        return tuple(Path(text) for text in self.settings.recent)


def layout_store() -> QSettings:
    """Where Qt keeps sizes and places of windows and docks."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "CovidViewer", "layout")
