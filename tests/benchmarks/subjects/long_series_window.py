"""The real window over a long series: `long_series_window FOLDER CACHE_MB TIMES` prints its memory, as JSON.

What it takes before scrolling is measured with the model loaded and the series open, less the slices kept by then.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from covidviewer.inference.engines.process_memory import resident_mb
from covidviewer.paths import resource_folder
from covidviewer.services.user_files.settings import Settings
from covidviewer.ui.application import analyser_factory
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme
from covidviewer.ui.workers.reading import SHARE_AHEAD
from tests.benchmarks.subjects.series_window import process_events, wait

EVERY = 7
"""Slices from one that is waited for to the next: as far apart as a quick wheel jumps."""


def main(folder: Path, cache_mb: int, times: int) -> dict[str, object]:
    """Open, scroll from end to end, close and open again."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    look = Look(application, resource_folder("icons"))
    preferences = Preferences(replace(Settings(), cache_mb=cache_mb, automatic=False))
    look.use(Theme(preferences.settings.theme))
    window = MainWindow(look, preferences, analyser_factory(preferences))
    window.show()
    window.begin()
    opened(window, folder)
    window.board["analyse-slice"].trigger()
    wait(window, lambda: window.analysis.shown_result is not None)
    before = (resident_mb() or 0.0) - window.session.store.bytes / 1e6
    kept, most = 0, 0.0
    total = len(window.session.opened[0].series)
    for index in range(0, total, EVERY):
        window.session.show_slice(index)
        wait(window, lambda: window.session.slice is not None)
        kept, most = max(kept, window.session.store.bytes), max(most, resident_mb() or 0.0)
    reopened = []
    for _ in range(times):
        window.files.close_all()
        process_events(window)
        opened(window, folder)
        wait(window, lambda: window.session.store.bytes > 0.9 * SHARE_AHEAD * cache_mb * 1e6)
        reopened.append(round(resident_mb() or 0.0, 1))
    window.close()
    return {
        "before_mb": round(before, 1),
        "kept_mb": round(kept / 1e6, 1),
        "scrolled_mb": round(most, 1),
        "reopened_mb": reopened,
    }


def opened(window: MainWindow, folder: Path) -> None:
    """The folder's series, with a slice shown."""
    window.files.open([folder])
    wait(window, lambda: not window.files.opening and window.session.slice is not None)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
