"""`python -m tests.gui.tour OUT [--data PATH...]`: the real window is walked through, and pictured at every stop.

Every action of the table is triggered. The model is the bundled one; without `--data` the synthetic chest and files
that cannot be read are opened. On a screen, under Xvfb, or offscreen; QT_SCALE_FACTOR=2 pictures a fine screen.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from covidviewer.imaging.phantom import phantom_slice
from covidviewer.imaging.phantom_files import write_phantom_png
from covidviewer.installed import resource_folder
from covidviewer.ui.actions import ACTIONS, MENUS
from covidviewer.ui.analysis import Model
from covidviewer.ui.application import analyser_factory
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme

PATIENCE_S = 60.0
LEAVES = {entry for title, entries in MENUS if title == "&File" for entry in entries} - {"show-unread", "batch"}
"""Not triggered on the way: they end the tour, or ask the system for a file."""


class Tour:
    """A window, and pictures of it in `out`, numbered in their order."""

    def __init__(self, window: MainWindow, out: Path) -> None:
        self.window, self.out, self.count = window, out, 0

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE_S) -> bool:
        """Let the window work until something is so; False when it took too long."""
        loop, look, end = QEventLoop(), QTimer(), QTimer()  # QTest.qWait would keep Python's lock from the threads
        look.timeout.connect(lambda: loop.quit() if until() else None)
        end.setSingleShot(True)
        end.timeout.connect(loop.quit)
        look.start(20)
        end.start(int(seconds * 1000))
        loop.exec()
        return bool(until())

    def settle(self) -> None:
        """Let what was begun be painted."""
        self.wait(lambda: False, 0.4)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep what is seen."""
        self.settle()
        self.count += 1
        (widget or self.window).grab().save(str(self.out / f"{self.count:02d}-{name}.png"))

    def do(self, action: str) -> None:
        """Trigger an action; a page that it opens is pictured and closed."""
        QTimer.singleShot(1500, lambda: self.leave_modal(action))
        self.window.board[action].trigger()
        self.settle()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self.picture(action, widget)
                widget.close()

    def leave_modal(self, action: str) -> None:
        """Picture and close a page that waits for an answer."""
        page = QApplication.activeModalWidget()
        if page is not None:
            self.picture(action, page)
            page.close()

    def score(self) -> bool:
        """Wait for the shown slice's result."""
        return self.wait(lambda: self.window.analysis.shown_result is not None)

    def walk(self, paths: Sequence[Path], bad: Sequence[Path]) -> None:
        """The whole way."""
        window = self.window
        self.picture("empty")
        window.begin()
        self.wait(lambda: window.analysis.model is not Model.LOADING)
        window.files.open(paths)
        if not paths:
            window.board["open-sample"].trigger()
        if not (self.wait(lambda: window.session.slice is not None) and self.score()):
            raise SystemExit("no slice was shown and scored")
        self.picture("slice")
        window.board["heat-map"].trigger()
        self.picture("heat-map")
        window.board["heat-map"].trigger()
        window.board["hull"].trigger()
        self.picture("lungs")
        window.board["hull"].trigger()
        if len(window.session.shown.series if window.session.shown else ()) > 1:
            window.board["analyse-series"].trigger()
            self.wait(lambda: window.analysis.running is None)
            self.picture("series")
        window.files.open(bad)
        self.wait(window.centre.banner.isVisible)
        self.picture("could-not-be-read")
        for action in ACTIONS:
            if action.id not in LEAVES:
                self.do(action.id)
                if action.checkable and action.group == "":
                    self.do(action.id)
        self.picture("after-every-action")
        window.board["close-all"].trigger()
        self.picture("closed")


def unreadable_files(folder: Path) -> list[Path]:
    """Files that are refused, each for its reason, and one picture that is none of a chest."""
    (folder / "empty.dcm").write_bytes(b"")
    (folder / "words.dcm").write_text("This is no picture.\n")
    write_phantom_png(folder / "whole.png", phantom_slice(5, size=128))
    (folder / "cut-off.png").write_bytes((folder / "whole.png").read_bytes()[:400])
    (folder / "whole.png").unlink()
    return [*sorted(folder.iterdir()), folder / "gone.dcm"]


def main(words: Sequence[str]) -> int:
    """Walk, and say where the pictures are."""
    parser = argparse.ArgumentParser(prog="python -m tests.gui.tour", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, nargs="*", default=[], metavar="PATH")
    parser.add_argument("--theme", choices=[str(theme) for theme in Theme], default=str(Theme.DARK))
    parser.add_argument("--size", type=int, nargs=2, default=[1440, 900], metavar=("WIDTH", "HEIGHT"))
    arguments = parser.parse_args(words)
    arguments.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    preferences = Preferences()
    look = Look(application, resource_folder("icons"))
    look.use(Theme(arguments.theme))
    window = MainWindow(look, preferences, analyser_factory(preferences))
    window.resize(*arguments.size)
    window.show()
    tour = Tour(window, arguments.out)
    with tempfile.TemporaryDirectory() as folder:
        tour.walk(arguments.data, unreadable_files(Path(folder)))
    window.close()
    print(f"{tour.count} pictures in {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
