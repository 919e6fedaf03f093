"""The real window over a folder: `series_window FOLDER` prints what it all took, as JSON.

`series_window FOLDER first` prints the milliseconds to the first picture alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from covidviewer.inference.engines.process_memory import resident_mb
from covidviewer.paths import resource_folder
from covidviewer.ui.application import analyser_factory
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme
from tests.benchmarks.timing import Timing

LONGEST_WAIT_S = 600.0
FRAMES = 200
SETTLE_MS, IDLE_MS = 2000, 5000
NONE, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def shown_window() -> MainWindow:
    """The window as the program shows it, empty."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    look = Look(application, resource_folder("icons"))
    preferences = Preferences()
    look.use(Theme(preferences.settings.theme))
    window = MainWindow(look, preferences, analyser_factory(preferences))
    window.show()
    process_events(window)
    return window


def first_picture(window: MainWindow, folder: Path) -> float:
    """Milliseconds until a slice of the folder is painted; its opening goes on."""
    started = perf_counter()
    window.begin([folder])
    wait(window, lambda: window.view.scene.picture is not None)
    window.view.repaint()
    return (perf_counter() - started) * 1000


def main(folder: Path) -> dict[str, float | int]:
    """Open, wait, scroll, drag, cut planes."""
    window = shown_window()
    read: set[tuple[int, int]] = set()
    window.session.slice_read.connect(lambda key, index, _: read.add((key, index)))
    started = perf_counter()
    first_picture(window, folder)
    wait(window, lambda: window.session.slice is not None)
    window.view.repaint()
    first_ms, read_at_first = (perf_counter() - started) * 1000, len(read)
    one = window.session.shown
    if one is None:
        raise SystemExit("the folder holds no series")
    total = len(one.series)
    memory = [resident_mb() or 0.0]

    def all_here() -> bool:
        memory.append(resident_mb() or 0.0)
        return all((one.key, index) in window.session.store for index in range(total))

    wait(window, all_here)
    all_ms = (perf_counter() - started) * 1000
    scrolled = Timing("scroll", tuple(scrolling(window, total)))
    windowed = Timing("window", tuple(windowing(window)))
    memory.append(resident_mb() or 0.0)
    large = in_4k_with_heat_map(window, total)
    idle = idle_share(window)
    window.mpr.set_shown(True)
    wait(window, lambda: window.mpr.panes is not None)
    through = Timing("planes", tuple(through_planes(window)))
    window.close()
    return {
        "first_slice_ms": round(first_ms, 1),
        "read_at_first_slice": read_at_first,
        "all_read_ms": round(all_ms, 1),
        "rss_mb": round(max(memory), 1),
        "scroll_ms": round(scrolled.median, 2),
        "scroll_p95_ms": round(scrolled.percentile(95), 2),
        "window_ms": round(windowed.median, 2),
        "window_p95_ms": round(windowed.percentile(95), 2),
        "large_p95_ms": round(large.percentile(95), 2),
        "idle_percent": round(100 * idle, 2),
        "planes_ms": round(through.median, 2),
        "planes_p95_ms": round(through.percentile(95), 2),
    }


def process_events(window: MainWindow) -> None:
    """What is due now and within 4 ms, asleep where nothing is: a loop that spins would keep the readers waiting."""
    loop = QEventLoop(window)
    QTimer.singleShot(4, loop.quit)
    loop.exec()


def wait(window: MainWindow, until: Callable[[], bool]) -> None:
    """Let the window live until something is so. Leaves with a sentence when it never is."""
    end = perf_counter() + LONGEST_WAIT_S
    while not until():
        process_events(window)
        if perf_counter() > end:
            raise SystemExit("the series was not read in ten minutes")


def scrolling(window: MainWindow, total: int) -> Iterator[float]:
    """Milliseconds from each notch of the wheel until its slice is painted, to one end and back."""
    at = QPointF(window.view.rect().center())
    notch = -120
    for _ in range(FRAMES):
        one = window.session.shown
        if one is not None and one.index in (0, total - 1):
            notch = -120 if one.index == 0 else 120
        event = QWheelEvent(at, at, QPoint(), QPoint(0, notch), NONE, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
        yield painted_after(window, event)
        process_events(window)


def windowing(window: MainWindow) -> Iterator[float]:
    """Milliseconds from each move of a window and level drag until it is painted."""
    centre = QPointF(window.view.rect().center())
    QApplication.sendEvent(window.view, mouse(QMouseEvent.Type.MouseButtonPress, centre))
    for step in range(FRAMES):
        point = centre + QPointF(step % 100, -(step % 60))
        yield painted_after(window, mouse(QMouseEvent.Type.MouseMove, point))
        process_events(window)
    QApplication.sendEvent(window.view, mouse(QMouseEvent.Type.MouseButtonRelease, centre))


def in_4k_with_heat_map(window: MainWindow, total: int) -> Timing:
    """Scrolling, then windowing, in a window of 3840 x 2160 with the heat map shown."""
    before = window.size()
    wait(window, lambda: window.analysis.shown_result is not None)
    window.board["heat-map"].trigger()
    window.resize(3840, 2160)
    process_events(window)
    milliseconds = (*windowing(window), *scrolling(window, total))
    window.board["heat-map"].trigger()
    window.resize(before)
    process_events(window)
    return Timing("4k", milliseconds)


def idle_share(window: MainWindow) -> float:
    """Processor time of all threads against the clock, while nobody touches the window."""
    wait(window, lambda: window.analysis.shown_result is not None)
    loop = QEventLoop(window)
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()
    started, spent = perf_counter(), process_time()
    QTimer.singleShot(IDLE_MS, loop.quit)
    loop.exec()
    return (process_time() - spent) / (perf_counter() - started)


def through_planes(window: MainWindow) -> Iterator[float]:
    """Milliseconds from each notch over the coronal and the sagittal pane until all three panes are painted."""
    panes = window.mpr.panes
    assert panes is not None
    side = [panes.views[plane] for plane in panes.views if plane != panes.volume.along[0]]
    for step in range(FRAMES):
        view = side[step % 2]
        at = QPointF(view.rect().center())
        started = perf_counter()
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(view, QWheelEvent(at, at, QPoint(), QPoint(0, -120), NONE, PLAIN, phase, False))
        for pane in panes.views.values():
            pane.repaint()
        yield (perf_counter() - started) * 1000
        process_events(window)


def painted_after(window: MainWindow, event: QWheelEvent | QMouseEvent) -> float:
    """Milliseconds that the event and the paint it asks for take."""
    started = perf_counter()
    QApplication.sendEvent(window.view, event)
    window.view.repaint()
    return (perf_counter() - started) * 1000


def mouse(kind: QMouseEvent.Type, point: QPointF) -> QMouseEvent:
    """A left-button event."""
    return QMouseEvent(kind, point, point, LEFT, LEFT, PLAIN)


if __name__ == "__main__":
    if sys.argv[2:] == ["first"]:
        opened = shown_window()
        print(first_picture(opened, Path(sys.argv[1])))
        opened.close()
    else:
        print(json.dumps(main(Path(sys.argv[1]))))
