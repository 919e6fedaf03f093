"""Cine: goes through the shown series by itself, round and round, never faster than its slices are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from covidviewer.ui.state.session import Session

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

RATES: Final = (1, 60)
"""Frames a second that can be chosen."""


class Cine(QObject):
    """Plays one series: another one, or its end, stops it.

    Parameters
    ----------
    session
        What is played.
    usual_rate
        Says the frames a second where the file does not.
    """

    changed = Signal()
    """Playing or not, or the rate."""

    def __init__(self, session: Session, usual_rate: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._usual_rate = usual_rate
        self._rate: int | None = None
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._step)
        session.series_shown.connect(self._on_series)
        session.slice_failed.connect(lambda _: self._skip())

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._clock.isActive()

    @property
    def rate(self) -> int:
        """Frames a second: as chosen, else as the file says, else as usual."""
        slice_ = self._session.slice
        if self._rate is None and slice_ is not None:
            return file_rate(slice_) or self._usual_rate()
        return self._rate or self._usual_rate()

    def set_playing(self, wanted: bool) -> None:
        """Start or stop."""
        if wanted and self._session.shown is not None and len(self._session.shown.series) > 1:
            self._rate = self.rate
            self._clock.start(1000 // self._rate)
        else:
            self._clock.stop()
        self.changed.emit()

    def change_rate(self, factor: float) -> None:
        """Faster or slower, by one frame a second at least."""
        now = self.rate
        wanted = max(now + 1, round(now * factor)) if factor > 1 else min(now - 1, round(now * factor))
        self._rate = min(max(wanted, RATES[0]), RATES[1])
        self._clock.setInterval(1000 // self._rate)
        self.changed.emit()

    def _step(self) -> None:
        if self._session.slice is not None:
            self._skip()

    def _skip(self) -> None:
        one = self._session.shown
        if one is not None and self.playing:
            self._session.show_slice((one.index + 1) % len(one.series))

    def _on_series(self, _: object) -> None:
        self._rate = None
        if self.playing:
            self.set_playing(False)


def file_rate(slice_: Slice) -> int | None:
    """What the file asks for, within `RATES`; None when it does not say.

    Recommended Display Frame Rate (0008,2144), Cine Rate (0018,0040), or Frame Time (0018,1063) in milliseconds
    (PS3.3 C.7.6.5).
    """
    labels = slice_.labels
    rate = number(labels, "RecommendedDisplayFrameRate") or number(labels, "CineRate")
    time = number(labels, "FrameTime")
    if rate is None and time is not None:
        rate = 1000 / time
    return None if rate is None else round(min(max(rate, RATES[0]), RATES[1]))


def number(labels: Mapping[str, str], keyword: str) -> float | None:
    """A label as a number above 0, or None."""
    try:
        found = float(labels.get(keyword, ""))
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None
