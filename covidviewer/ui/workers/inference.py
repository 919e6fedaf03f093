"""The one inference thread: an object that owns the only analyser, and the slots through which the window asks it.

For the shown slice the latest request wins; a series is worked through in chunks, so that a click never waits for
more than one of them. Results come back as frozen values by queued signals.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMetaObject, QObject, Qt, QThread, Signal, Slot

from covidviewer.errors import CovidViewerError
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import Series, Slice
    from covidviewer.inference.results import Result
    from covidviewer.services.scoring import Scorer
    from covidviewer.ui.workers.slice_store import SliceStore

log = logging.getLogger(__name__)

CHUNK: Final = 4
"""Slices of a series between two looks at what else is wanted."""


@dataclass(frozen=True, eq=False)
class SliceRequest:
    """Score the shown slice. `box` None: where the framing puts it."""

    token: int
    series_key: int
    index: int
    slice: Slice
    box: Box | None = None


@dataclass(frozen=True, eq=False)
class SeriesRequest:
    """Score every slice of `indices`."""

    token: int
    series_key: int
    series: Series
    indices: tuple[int, ...]


class RequestSlots:
    """What is asked for: one slice at most, and one series. Filled by the GUI thread, emptied by the worker."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._slice: SliceRequest | None = None
        self._series: SeriesRequest | None = None
        self._closed = False

    def put_slice(self, request: SliceRequest) -> None:
        """The latest wins: one that is not begun is forgotten."""
        with self._lock:
            self._slice = request

    def put_series(self, request: SeriesRequest | None) -> None:
        """Begin a series; None cancels the one that runs."""
        with self._lock:
            self._series = request

    def take_slice(self) -> SliceRequest | None:
        """The slice to score next, if any."""
        with self._lock:
            taken, self._slice = self._slice, None
            return None if self._closed else taken

    def finish(self, request: SeriesRequest) -> None:
        """A series is done; another one that was begun meanwhile stays."""
        with self._lock:
            if self._series is request:
                self._series = None

    @property
    def series(self) -> SeriesRequest | None:
        """The series in work."""
        return None if self._closed else self._series

    @property
    def closed(self) -> bool:
        """The window goes: begin nothing more."""
        return self._closed

    def close(self) -> None:
        """Drop everything."""
        with self._lock:
            self._closed, self._slice, self._series = True, None, None


class InferenceWorker(QObject):
    """Lives on the inference thread. `wake` is called there after something was put into a slot."""

    ready = Signal(object)
    """The scorer is loaded: its `Scorer`, of which only plain facts may be read elsewhere."""
    broken = Signal(object)
    """The model cannot be used: one sentence. The viewer works on."""
    scored = Signal(object, object)
    """SliceRequest, Result."""
    scored_some = Signal(object, object, object)
    """SeriesRequest, indices, results."""
    series_ended = Signal(object, bool)
    """SeriesRequest; True when every slice was done."""

    engines_measured = Signal()
    """The scorer's `report` is new."""

    def __init__(self, slots: RequestSlots, store: SliceStore, make_scorer: Callable[[], Scorer]) -> None:
        super().__init__()
        self._slots = slots
        self._store = store
        self._make_scorer = make_scorer
        self._scorer: Scorer | None = None
        self._series: SeriesRequest | None = None
        self._done = 0

    @Slot()
    def load(self) -> None:
        """Load the model, once."""
        if self._slots.closed or self._scorer is not None:
            return
        try:
            self._scorer = self._make_scorer()
        except CovidViewerError as error:
            self.broken.emit(str(error))
        except Exception:
            log.exception("Loading the model failed")
            self.broken.emit(N_("The model could not be loaded; see the log for details."))
        else:
            self.ready.emit(self._scorer)
            self.wake()

    @Slot()
    def wake(self) -> None:
        """Do one piece of work, and come again while there is more: the slice first, then a chunk of the series."""
        if self._scorer is None:
            return
        request = self._slots.take_slice()
        if request is not None:
            self.scored.emit(request, self._result_of(request.slice, request.box))
        elif self._slots.series is not None or self._series is not None:
            self._work_on_series()
        else:
            return
        if not self._slots.closed:
            QMetaObject.invokeMethod(self, "wake", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def measure_engines(self) -> None:
        """Between two requests; whatever is asked for meanwhile waits."""
        if self._scorer is not None and not self._slots.closed:
            try:
                self._scorer.measure_engines()
            except Exception:
                log.exception("Measuring the engines failed")
        self.engines_measured.emit()

    @Slot()
    def close(self) -> None:
        """Release the model on its own thread, and end that thread."""
        if self._scorer is not None:
            self._scorer.close()
            self._scorer = None
        self.thread().quit()

    def _work_on_series(self) -> None:
        wanted = self._slots.series
        if wanted is not self._series:
            if self._series is not None:
                self.series_ended.emit(self._series, False)
            self._series, self._done = wanted, 0
            if wanted is None:
                return
        series = self._series
        if series is None:
            return
        indices = series.indices[self._done : self._done + CHUNK]
        if indices:
            results = [self._read_and_score(series, index) for index in indices]
            self._done += len(indices)
            self.scored_some.emit(series, indices, results)
        if self._done >= len(series.indices):
            self._series = None
            self._slots.finish(series)
            self.series_ended.emit(series, True)

    def _read_and_score(self, request: SeriesRequest, index: int) -> Result:
        slice_ = self._store.get((request.series_key, index))
        if slice_ is None:
            try:
                slice_ = request.series.read_slice(index)
            except CovidViewerError as error:
                return failed(str(error))
            except Exception:
                log.exception("Reading slice %d failed", index)
                return failed(N_("This slice could not be read; see the log for details."))
        return self._result_of(slice_, None)

    def _result_of(self, slice_: Slice, box: Box | None) -> Result:
        assert self._scorer is not None
        try:
            return self._scorer.analyse(slice_, box)
        except CovidViewerError as error:
            return failed(str(error))
        except Exception:
            log.exception("Analysing a slice failed")
            return failed(N_("This slice could not be analysed; see the log for details."))


def failed(reason: str) -> Result:
    """A result that says why there is none."""
    from covidviewer.inference.results import Outcome, Result

    return Result(Outcome.FAILED, reason=reason)


class InferenceThread(QObject):
    """Starts and ends the thread; the GUI thread's end of the wire."""

    ready = Signal(object)
    broken = Signal(object)
    scored = Signal(object, object)
    scored_some = Signal(object, object, object)
    series_ended = Signal(object, bool)
    engines_measured = Signal()

    def __init__(self, store: SliceStore, make_scorer: Callable[[], Scorer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slots = RequestSlots()
        self._thread = QThread(self)
        self._thread.setObjectName("inference")
        self._worker = InferenceWorker(self._slots, store, make_scorer)
        self._worker.moveToThread(self._thread)
        for name in ("ready", "broken", "scored", "scored_some", "series_ended", "engines_measured"):
            getattr(self._worker, name).connect(getattr(self, name))
        self._thread.started.connect(self._worker.load)

    def start(self) -> None:
        """Load the model in the background."""
        self._thread.start(QThread.Priority.LowPriority)

    def score(self, request: SliceRequest) -> None:
        """Score the shown slice next."""
        self._slots.put_slice(request)
        self._wake()

    def score_series(self, request: SeriesRequest) -> None:
        """Work through a series behind whatever is clicked."""
        self._slots.put_series(request)
        self._wake()

    def cancel_series(self) -> None:
        """End the series after the chunk in work."""
        self._slots.put_series(None)
        self._wake()

    def measure_engines(self) -> None:
        """Time every engine behind the request in work."""
        QMetaObject.invokeMethod(self._worker, "measure_engines", Qt.ConnectionType.QueuedConnection)

    def stop(self, milliseconds: int) -> bool:
        """End the thread; False when the model did not come back in time."""
        self._slots.close()
        if not self._thread.isRunning():
            return True
        QMetaObject.invokeMethod(self._worker, "close", Qt.ConnectionType.QueuedConnection)
        return self._thread.wait(milliseconds)

    def _wake(self) -> None:
        QMetaObject.invokeMethod(self._worker, "wake", Qt.ConnectionType.QueuedConnection)
