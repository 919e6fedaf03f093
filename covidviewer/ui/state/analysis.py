"""What the model says of what is shown: asks the inference thread, keeps the answers, and tells. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from covidviewer.ui.state.engine_text import in_use, rows_of
from covidviewer.ui.state.session import OpenSeries, Session
from covidviewer.ui.workers.inference import InferenceThread, SeriesRequest, SliceRequest

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.box import Box
    from covidviewer.imaging.slices import Slice
    from covidviewer.inference.card import ModelCard
    from covidviewer.inference.results import Result
    from covidviewer.services.scoring import Scorer

SETTLED_MS: Final = 120
"""A slice must stay this long before it is scored by itself, so that scrolling asks nothing of the model."""


class Model(Enum):
    """The model's state, as the window shows it."""

    LOADING = "loading"
    READY = "ready"
    BROKEN = "broken"


class Analysis(QObject):
    """Requests carry a token; an answer that is not to the latest request is kept, and shown if its slice is."""

    model_changed = Signal()
    busy_changed = Signal(bool)
    """The shown slice is being analysed."""
    result_shown = Signal(object)
    """The shown slice's Result, or None when it has none."""
    series_progressed = Signal(object, int, int)
    """OpenSeries, slices done, slices in all."""
    series_ended = Signal(object, bool)
    """OpenSeries; True when every slice was done."""
    engines_measured = Signal()
    """`engine_rows` are new."""

    def __init__(
        self, session: Session, make_scorer: Callable[[], Scorer], automatic: bool = True, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.model = Model.LOADING
        self.model_problem = ""
        self.card: ModelCard | None = None
        self.device_notice = ""
        self._scorer: Scorer | None = None
        self.automatic = automatic
        self.running: SeriesRequest | None = None
        self.done = 0
        self._session = session
        self._tokens = count(1)
        self._awaited = 0
        self._started = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._score_shown)
        self._thread = InferenceThread(session.store, make_scorer, self)
        self._thread.ready.connect(self._on_ready)
        self._thread.broken.connect(self._on_broken)
        self._thread.scored.connect(self._on_scored)
        self._thread.scored_some.connect(self._on_scored_some)
        self._thread.series_ended.connect(self._on_series_ended)
        self._thread.engines_measured.connect(self.engines_measured)
        session.slice_wanted.connect(self._on_slice_wanted)
        session.slice_shown.connect(self._on_slice_shown)

    @property
    def engine_rows(self) -> tuple[tuple[str, str], ...]:
        """(name, value) of each engine for About this computer; empty until the model is ready."""
        return rows_of(self._scorer.report) if self._scorer else ()

    @property
    def in_use(self) -> str:
        """Engine and device that compute now; '' until the model is ready."""
        return in_use(self._scorer.report) if self._scorer else ""

    def start(self) -> None:
        """Load the model behind the window, once."""
        if not self._started:
            self._started = True
            self._thread.start()

    def stop(self, milliseconds: int) -> bool:
        """End the inference thread, or never begin it; False when it did not come back in time."""
        self._started = True
        self._settled.stop()
        return self._thread.stop(milliseconds)

    @property
    def shown_result(self) -> Result | None:
        """The shown slice's result, if there is one."""
        one = self._session.shown
        return one.results.get(one.index) if one is not None else None

    def score_slice(self) -> None:
        """Score the shown slice now."""
        self._settled.stop()
        self._score_shown()

    def score_box(self, box: Box | None) -> None:
        """Score what lies in another box of the shown slice; None puts the box back."""
        one = self._session.shown
        if one is None:
            return
        if box is None:
            one.boxes.pop(one.index, None)
        else:
            one.boxes[one.index] = box
        self.score_slice()

    def score_series(self) -> None:
        """Score every slice of the shown series that has no result yet."""
        one = self._session.shown
        if one is None or self.running is not None or self.model is not Model.READY:
            return
        left = tuple(index for index in range(len(one.series)) if index not in one.results)
        self.running = SeriesRequest(next(self._tokens), one.key, one.series, left)
        self.done = 0
        self.series_progressed.emit(one, 0, len(left))
        self._thread.score_series(self.running)

    def cancel_series(self) -> None:
        """Stop after the chunk in work; what was scored stays."""
        if self.running is not None:
            self._thread.cancel_series()

    def measure_engines(self) -> None:
        """Check and time every engine of this computer; slices wait meanwhile, for seconds."""
        self._thread.measure_engines()

    def _on_slice_wanted(self, index: int) -> None:
        self._settled.stop()
        self._set_awaited(0)
        self.result_shown.emit(self.shown_result)

    def _on_slice_shown(self, slice_: Slice) -> None:
        if self.automatic and self.shown_result is None and self.model is not Model.BROKEN:
            self._settled.start()

    def _score_shown(self) -> None:
        one, slice_ = self._session.shown, self._session.slice
        if one is None or slice_ is None or self.model is Model.BROKEN:
            return
        self._set_awaited(next(self._tokens))
        self._thread.score(SliceRequest(self._awaited, one.key, one.index, slice_, one.boxes.get(one.index)))

    def _set_awaited(self, token: int) -> None:
        if bool(token) != bool(self._awaited):
            self.busy_changed.emit(bool(token))
        self._awaited = token

    def _on_ready(self, scorer: Scorer) -> None:
        self.model = Model.READY
        self._scorer, self.card, self.device_notice = scorer, scorer.card, scorer.notice
        self.model_changed.emit()

    def _on_broken(self, problem: str) -> None:
        self.model, self.model_problem = Model.BROKEN, problem
        self._set_awaited(0)
        self.model_changed.emit()

    def _on_scored(self, request: SliceRequest, result: Result) -> None:
        one = self._series_of(request.series_key)
        seen = False
        if one is not None and one.boxes.get(request.index) == request.box:
            one.results[request.index] = result
            seen = one is self._session.shown and one.index == request.index
        if seen or request.token == self._awaited:
            self._settled.stop()
            self._set_awaited(0)
            self.result_shown.emit(self.shown_result)

    def _on_scored_some(self, request: SeriesRequest, indices: tuple[int, ...], results: list[Result]) -> None:
        one = self._series_of(request.series_key)
        if one is None or request is not self.running:
            return
        for index, result in zip(indices, results, strict=True):
            one.results.setdefault(index, result)
        self.done += len(indices)
        self.series_progressed.emit(one, self.done, len(request.indices))
        if one is self._session.shown and one.index in indices:
            self.result_shown.emit(one.results[one.index])

    def _on_series_ended(self, request: SeriesRequest, complete: bool) -> None:
        if request is self.running:
            self.running = None
        self.series_ended.emit(self._series_of(request.series_key), complete)

    def _series_of(self, key: int) -> OpenSeries | None:
        return next((one for one in self._session.opened if one.key == key), None)
