"""The whole tour in one look: the sights, the walk by mouse, and in a second window the walk by key."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from covidviewer.paths import resource_folder
from covidviewer.services.user_files.settings import Settings
from covidviewer.ui.application import analyser_factory
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.startup.languages import install_translators
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme
from tests.gui.tour.album import Album
from tests.gui.tour.gestures import perform_all
from tests.gui.tour.scans import labelled_pictures, series_folders, unreadable_files
from tests.gui.tour.sights import see
from tests.gui.tour.walk import Walk, steps_by_key, steps_by_mouse


class Complaints(logging.Handler):
    """What the program found worth a warning on the way."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.sentences.append(f"log: {record.getMessage()}")


def tour(theme: Theme, language: str, out: Path, size: tuple[int, int]) -> tuple[list[str], int]:
    """Walk, with pictures in `out`; what was missed or complained of, and the number of pictures."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("CovidViewer")
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)
    install_translators(application, language)
    look = Look(application, resource_folder("icons"))
    look.use(theme)
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scans, bad = series_folders(folder), unreadable_files(folder / "bad")
        pictures = labelled_pictures(folder / "pictures")
        first = begin(look, theme, folder, size)
        album = Album(out)
        by_mouse = Walk(first, scans, bad, album)
        see(by_mouse.situations, album, pictures)
        without = perform_all(by_mouse.situations)
        by_mouse.take_changing_entries()
        by_mouse.take_all(steps_by_mouse(), folder)
        second = begin(look, theme, folder, size)
        by_key = Walk(second, scans, bad, Album(None))
        by_key.take_all(steps_by_key(), folder)
        stopped = ["a window did not end" for window in (first, second) if not window.stopped]
    gestures = [f"{gesture}: no effect" for gesture in without]
    return [*gestures, *by_mouse.missed, *by_key.missed, *stopped, *complaints.sentences], album.count


def begin(look: Look, theme: Theme, folder: Path, size: tuple[int, int]) -> MainWindow:
    """A shown window whose settings lie in `folder`."""
    preferences = Preferences(Settings(theme=theme), path=folder / "settings.json")
    window = MainWindow(look, preferences, analyser_factory(preferences))
    window.resize(*size)
    window.show()
    window.begin()
    return window
