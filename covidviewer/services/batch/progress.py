"""What a batch tells while it runs: how far it is, how fast, and what came of each file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from covidviewer.inference.results import Outcome
from covidviewer.services.batch.journal import Entry
from covidviewer.services.batch.summary import score_of

WINDOW_S: Final = 20.0
"""The rate is that of the last so many seconds."""


@dataclass(frozen=True)
class FileOutcome:
    """What came of one file.

    Attributes
    ----------
    outcome
        FAILED when a frame failed, else SCORED when one was scored.
    score
        The highest of its frames, or None.
    reason
        Why the first frame without a score has none, or ''.
    earlier
        It is unchanged since an earlier run, which did it.
    """

    file: str
    outcome: Outcome
    frames: int
    score: float | None
    reason: str
    earlier: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes
    ----------
    total, done
        Files in all, and those that are done, earlier ones too.
    earlier
        Files that an earlier run did.
    failed
        Files of which a frame failed.
    rate
        Files a second of late, or None in the beginning.
    seconds_left
        At that rate, or None.
    """

    total: int
    done: int = 0
    earlier: int = 0
    failed: int = 0
    rate: float | None = None
    seconds_left: float | None = None


class Pace:
    """The rate of late."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._marks = deque([(clock(), 0)])

    def add(self, count: int) -> None:
        """So many more are done."""
        now = self._clock()
        self._marks.append((now, self._marks[-1][1] + count))
        while len(self._marks) > 2 and now - self._marks[1][0] >= WINDOW_S:
            self._marks.popleft()

    @property
    def rate(self) -> float | None:
        """A second; None before there is something to tell from."""
        (began, before), (now, after) = self._marks[0], self._marks[-1]
        return (after - before) / (now - began) if now > began and after > before else None


def outcome_of(entry: Entry, earlier: bool = False) -> FileOutcome:
    """What a journal entry says of its file."""
    found = {row["status"] for row in entry.rows}
    outcome = next(one for one in (Outcome.FAILED, Outcome.SCORED, Outcome.INDETERMINATE) if one in found)
    scores = [score for row in entry.rows if (score := score_of(row)) is not None]
    reason = next((str(row["reason"]) for row in entry.rows if row["reason"]), "")
    return FileOutcome(entry.file, outcome, len(entry.rows), max(scores, default=None), reason, earlier)
