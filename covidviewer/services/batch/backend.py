"""What does the work of a batch: files go in, completed files with their rows come out, in no order.

`local` does it with processes of this computer, `cluster` with the workers of a cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Event
from typing import Final, Protocol

from covidviewer.inference.analyser import BATCH, Prepared
from covidviewer.inference.results import Outcome, Result
from covidviewer.services.batch.journal import Row
from covidviewer.services.batch.read_file import Decoded, Ended, FileState, Message, Task
from covidviewer.services.heatmaps import HeatMapFolder
from covidviewer.services.result_table import row_of
from covidviewer.services.scoring import FrameResult, Scorer

LONGEST_NAME: Final = 80


@dataclass(frozen=True, eq=False)
class CompletedFile:
    """A file that is done: its task's number, one row a frame, and by what it is known again.

    `unchanged`: an earlier run did it, and there are no rows.
    """

    task: int
    rows: tuple[Row, ...]
    state: FileState | None
    unchanged: bool = False


class RunControl:
    """Pause, resume and stop, from any thread; the work asks between two steps."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._running = Event()
        self._running.set()

    def pause(self) -> None:
        """Begin no further step until `resume`."""
        self._running.clear()

    def resume(self) -> None:
        """End a pause."""
        self._running.set()

    def stop(self) -> None:
        """End after the step in work."""
        self._stopped.set()
        self._running.set()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    @property
    def paused(self) -> bool:
        """Whether a pause holds."""
        return not self._running.is_set()

    def wait(self) -> None:
        """Wait for the end of a pause."""
        self._running.wait()


class Backend(Protocol):
    """Who does the work of one run."""

    def completed(self, tasks: Iterable[Task], control: RunControl) -> Iterator[list[CompletedFile]]:
        """The files as they are done, in groups. Ends early when the switch is at stop."""


@dataclass(eq=False)
class _OpenFile:
    """A file whose frames come in; `None` stands for a row that the network has not scored yet."""

    rows: list[Row | None] = field(default_factory=list)
    ended: Ended | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return self.ended is not None and None not in self.rows


class ResultCollector:
    """Puts frames and their results together to completed files. One thread.

    Parameters
    ----------
    scorer
        The network.
    maps
        Where heat maps of scored slices go, or None.
    """

    def __init__(self, scorer: Scorer, maps: HeatMapFolder | None) -> None:
        self._scorer = scorer
        self._maps = maps
        self._open: dict[int, _OpenFile] = {}
        self._waiting: list[tuple[_OpenFile, int, Decoded]] = []
        self._prepared = 0

    @property
    def full(self) -> bool:
        """Whether a batch for the network waits."""
        return self._prepared >= BATCH

    def take(self, message: Message) -> None:
        """A frame came in, or the end of a file."""
        file = self._open.setdefault(message.task, _OpenFile())
        if isinstance(message, Ended):
            file.ended = message
            return
        self._waiting.append((file, len(file.rows), message))
        self._prepared += isinstance(message.prepared, Prepared)
        file.rows.append(None)

    def completed_files(self) -> list[CompletedFile]:
        """Score what waits; the files that are whole by then."""
        results = self._scorer.classify_prepared([one.prepared for _, _, one in self._waiting]) if self._waiting else []
        for (file, place, one), result in zip(self._waiting, results, strict=True):
            file.rows[place] = self._row(one, result)
        self._waiting.clear()
        self._prepared = 0
        whole = [number for number, file in self._open.items() if file.whole]
        return [completed_file(number, self._open.pop(number)) for number in whole]

    def _row(self, one: Decoded, result: Result) -> Row:
        """The row of a frame; its heat map is written."""
        row: Row = {**row_of(FrameResult(Path(one.name), one.frame, result)), "series": one.series or None}
        row["path"] = one.name
        row["heat_map"] = None
        if self._maps is not None and one.slice is not None:
            written = self._maps.write(one.slice, result, heat_map_name(one.name, one.frame))
            row["heat_map"] = written.name if written else None
        return row


def completed_file(number: int, file: _OpenFile) -> CompletedFile:
    """A file that is whole."""
    assert file.ended is not None
    return CompletedFile(
        number, tuple(row for row in file.rows if row is not None), file.ended.state, file.ended.unchanged
    )


def heat_map_name(name: str, frame: int) -> str:
    """What a frame's heat map is called: the file's own name, and a mark that no other file of the batch has."""
    mark = sha256(f"{name}#{frame}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{PurePosixPath(name).name[:LONGEST_NAME]}.{mark}"


def failed_file(number: int, name: str, reason: str) -> CompletedFile:
    """A file, or a folder that cannot be listed, of which there is nothing but the reason."""
    row: Row = {**row_of(FrameResult(Path(name), 0, Result(Outcome.FAILED, reason))), "series": None, "heat_map": None}
    return CompletedFile(number, ({**row, "path": name},), None)
