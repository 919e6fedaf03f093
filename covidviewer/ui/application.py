"""Starts the window: the first paint before anything heavy is imported, then everything else behind it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from covidviewer.imaging.outside import end_processes
from covidviewer.paths import resource_folder
from covidviewer.ui.main_window import MainWindow, behind_the_paint
from covidviewer.ui.startup.first_paint import report
from covidviewer.ui.startup.instance_socket import InstanceSocket, socket_name
from covidviewer.ui.startup.languages import install_translators
from covidviewer.ui.state.preferences import Preferences, layout_store
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme

if TYPE_CHECKING:
    from covidviewer.services.scoring import Scorer

log = logging.getLogger(__name__)

DESKTOP_ENTRY = "org.covidviewer.CovidViewer"
"""By this name Wayland finds the icon of the window; installers name their desktop entry so."""
READERS = "covidviewer.imaging.dicom.reader"
"""Imported while nobody has opened anything yet: a third of a second less until the first picture."""
SOON_MS = 500
"""So long after an opening its first picture is there, and what is to be kept is written; ten openings write once."""


class Application(QApplication):
    """Files that the desktop hands over (macOS double click) come as events."""

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Catch the hand-over."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def run(paths: Sequence[Path], exit_after_first_paint: bool = False, new_window: bool = False) -> int:
    """Show the window with `paths` opened, until it is closed.

    Parameters
    ----------
    paths
        Files and folders of the command line.
    exit_after_first_paint
        Print what the first paint cost, as JSON on stdout, and leave.
    new_window
        Open a window even where one is open; otherwise that one opens the paths.

    Returns
    -------
    Exit code of the process.
    """
    application = Application(sys.argv[:1])
    application.setApplicationName("CovidViewer")
    application.setOrganizationName("CovidViewer")
    application.setDesktopFileName(DESKTOP_ENTRY)
    instance_socket = InstanceSocket(socket_name(), application)
    shared = not (exit_after_first_paint or new_window)
    if shared and instance_socket.hand_over(paths):
        return 0
    application.setStyle("Fusion")
    sys.excepthook = log_unhandled
    preferences = Preferences.load()
    install_translators(application, preferences.settings.language)
    look = Look(application, resource_folder("icons"))
    look.use(Theme(preferences.settings.theme))
    window = MainWindow(look, preferences, analyser_factory(preferences))
    application.setWindowIcon(QIcon(str(resource_folder("icons") / "covidviewer.svg")))
    application.file_opened.connect(lambda path: window.files.open([path]))
    restore_layout(window)

    def behind_first_paint() -> None:
        if exit_after_first_paint:
            leave(application)
            return
        window.begin(paths)
        if not paths:
            Thread(target=import_module, args=(READERS,), name="readers").start()
        if shared:
            instance_socket.listen(lambda handed: take_over(window, handed))

    window.closing.connect(instance_socket.close)
    keep_while_open(window)
    watch = FirstPaint(window, behind_first_paint)
    window.show()
    code = application.exec()
    instance_socket.close()
    watch.deleteLater()
    if exit_after_first_paint:
        return code
    save_layout(window)
    window.last_session.keep()
    preferences.save()
    if not window.stopped:
        log.warning("A worker thread did not end in time; exiting without it")
        logging.shutdown()
        end_processes()
        os._exit(code)
    return code


def keep_while_open(window: MainWindow) -> None:
    """Write settings, recent files and what is open soon after they changed: a program that is killed loses none."""

    def keep() -> None:
        if window.session.opened:
            window.last_session.keep()
        window.preferences.save()

    soon = QTimer(window, singleShot=True, interval=SOON_MS)
    soon.timeout.connect(keep)
    window.worth_keeping.connect(soon.start)


def take_over(window: MainWindow, paths: Sequence[Path]) -> None:
    """Another start handed over its paths: come to the front and open them."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    window.files.open(paths)


class FirstPaint(QObject):
    """Calls back once, behind the window's first paint."""

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        self._window = window
        window.centre.empty.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first paint of the middle is the last of the first frame."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            behind_the_paint(self._then)
        return False


def leave(application: QApplication) -> None:
    """Say what the first paint cost, and go."""
    sys.stdout.write(report() + "\n")
    sys.stdout.flush()
    application.quit()


def analyser_factory(preferences: Preferences) -> Callable[[], Scorer]:
    """Makes the analyser, with all that it imports, on the thread that will own it."""

    def make() -> Scorer:
        from covidviewer.services.scoring import load_scorer

        settings = preferences.settings
        return load_scorer(settings.engine, settings.device, threads=settings.threads)

    return make


def restore_layout(window: MainWindow) -> None:
    """Sizes and places as they were left."""
    store = layout_store()
    geometry, state = store.value("geometry"), store.value("state")
    if geometry is not None:
        window.restoreGeometry(geometry)
    if state is not None:
        window.restoreState(state)
    if window.isFullScreen():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)


def save_layout(window: MainWindow) -> None:
    """Sizes and places, for the next start."""
    store = layout_store()
    store.setValue("geometry", window.saveGeometry())
    store.setValue("state", window.saveState())


def log_unhandled(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The border of the event loop: what nobody looked for goes to the log, and the window stays."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.error("Unhandled exception in Qt event loop", exc_info=(kind, error, trace))
