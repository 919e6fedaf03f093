"""A batch off the GUI thread, with an engine of its own, so that a click in the window never waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, Signal

from covidviewer.errors import CovidViewerError
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.services.batch.plan import BatchPlan
    from covidviewer.services.batch.progress import FileOutcome
    from covidviewer.services.batch.run import BatchRun
    from covidviewer.services.scoring import Scorer

log = logging.getLogger(__name__)

EVERY_S: Final = 0.1
"""Between two words to the dialog."""


class BatchThread(QThread):
    """One run: ends with `completed`, `stopped_early` or `refused`, each once and after the last `progressed`.

    `pause`, `resume` and `stop` may be called from the GUI thread at any time.
    """

    noticed = Signal(str)
    """A sentence: another device took over."""
    progressed = Signal(object, object)
    """List of `FileOutcome`, and `Progress`."""
    completed = Signal(object)
    """`Summary`: the table is written."""
    stopped_early = Signal()
    refused = Signal(str)
    """It could not begin, or not go on: one sentence. What was done is kept."""

    def __init__(self, plan: BatchPlan, make_scorer: Callable[[], Scorer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._make_scorer = make_scorer
        self._stopping = Event()
        self._paused = Event()
        self._batch: BatchRun | None = None

    def pause(self) -> None:
        """Begin no further slices."""
        self._paused.set()
        if self._batch is not None:
            self._batch.pause()

    def resume(self) -> None:
        """End a pause."""
        self._paused.clear()
        if self._batch is not None:
            self._batch.resume()

    def stop(self) -> None:
        """End after the slices in work."""
        self._stopping.set()
        if self._batch is not None:
            self._batch.stop()

    def run(self) -> None:
        """On the new thread: imports what start-up did not."""
        try:
            scorer = self._make_scorer()
            try:
                self._work(scorer)
            finally:
                scorer.close()
        except CovidViewerError as error:
            self.refused.emit(str(error))
        except Exception:
            log.exception("Batch run failed")
            self.refused.emit(N_("The batch failed unexpectedly; see the log for details. Completed work is saved."))

    def _work(self, scorer: Scorer) -> None:
        from covidviewer.services.batch.run import BatchRun
        from covidviewer.ui.workers.reports import REPORT_WRITERS

        if self._stopping.is_set():
            self.stopped_early.emit()
            return
        if scorer.notice:
            self.noticed.emit(scorer.notice)
        batch = BatchRun(self._plan, scorer, REPORT_WRITERS)
        try:
            self._batch = batch
            if self._stopping.is_set():
                batch.stop()
            if self._paused.is_set():
                batch.pause()
            self._tell(batch)
            if batch.stopped and batch.progress.done < batch.progress.total:
                self.stopped_early.emit()
            else:
                self.completed.emit(batch.finish())
        finally:
            self._batch = None
            batch.close()

    def _tell(self, batch: BatchRun) -> None:
        """Say what is done, a few times a second: files and progress of the same moment."""
        self.progressed.emit([], batch.progress)
        untold: list[FileOutcome] = []
        told = monotonic()
        try:
            for seen, outcome in enumerate(batch.outcomes(), start=1):
                untold.append(outcome)
                if seen == batch.progress.done and monotonic() - told >= EVERY_S:
                    self.progressed.emit(untold, batch.progress)
                    untold, told = [], monotonic()
        finally:
            self.progressed.emit(untold, batch.progress)
