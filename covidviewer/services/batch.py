"""A batch: every picture of a folder scored into one table, by whoever runs it, a dialog or the command line.

Pictures are read in processes (`batch_decoding`), the network runs on the thread that iterates, what is done goes into
a journal (`batch_journal`), and the table is made of the journal at the end (`batch_output`). Whatever ends a run, the
next one goes on where it was.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol

from covidviewer.errors import CovidViewerError, OutputUnwritable, UnreadableFile
from covidviewer.imaging.opening import files_in, read_slice
from covidviewer.imaging.series import natural
from covidviewer.imaging.slices import Unread
from covidviewer.inference.processor import physical_cores
from covidviewer.inference.results import Outcome, Result
from covidviewer.services.analyse import BATCH, Prepared, carefully_prepared
from covidviewer.services.answer_table import row_of
from covidviewer.services.batch_decoding import Decoded, Decoders, Ended, Limits, Message, Task
from covidviewer.services.batch_journal import Entry, Journal, Row, journal_path
from covidviewer.services.batch_labels import LabelOf, label_of_folders
from covidviewer.services.batch_output import check_output, check_summary, summary_text, write_output
from covidviewer.services.batch_summary import Summary, score_of, summarise
from covidviewer.services.heatmaps import HeatMapFolder
from covidviewer.services.report import STRONGEST, Scored, batch_report, now
from covidviewer.services.report_page import WRITERS, WriteReport, check_report
from covidviewer.services.scoring import Answer
from covidviewer.services.writing import clear_leftovers, write_whole

if TYPE_CHECKING:
    from covidviewer.inference.bundle import Bundle

WAITING: Final = 3 * BATCH
"""Frames that are read ahead of the network."""
LINGER_S: Final = 2.0
"""The network waits so long for a batch to fill; what is done is on the disk no later than that."""
WINDOW_S: Final = 20.0
"""The rate is that of the last so many seconds."""
LONGEST_NAME: Final = 80


class BatchScorer(Protocol):
    """What a batch needs of `services.scoring.Scorer`; used on the thread that iterates."""

    @property
    def bundle(self) -> Bundle:
        """The model."""

    def settle(self, waiting: Sequence[Prepared | Result]) -> list[Result]:
        """The results of one batch, in its order."""


@dataclass(frozen=True)
class BatchPlan:
    """What is wanted.

    Attributes
    ----------
    folder
        Its pictures are scored.
    output
        The table: .csv, .json or .parquet.
    recursive
        Folders in the folder too.
    heat_maps
        Where heat maps of scored slices go, or None.
    report
        A report for people, or None.
    resume
        Go on with an earlier run of this output; else there must be none.
    workers
        Processes that read; None: one a physical core.
    limits
        What one file may take of them.
    """

    folder: Path
    output: Path
    recursive: bool = False
    heat_maps: Path | None = None
    report: Path | None = None
    resume: bool = False
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)


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


@dataclass(frozen=True)
class Listed:
    """A file by its name relative to the folder, or a folder that cannot be listed, and why."""

    name: str
    path: Path
    problem: str = ""


@dataclass(eq=False)
class _OpenFile:
    """A file whose frames come in; `None` stands for a row that the network has not answered yet."""

    listed: Listed
    rows: list[Row | None] = field(default_factory=list)
    ended: Ended | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return self.ended is not None and None not in self.rows


class Batch:
    """One run. Iterate `outcomes` to its end, then `finish`; `close` in any case.

    `pause`, `go_on` and `stop` may be called from any thread; all else from one.

    Parameters
    ----------
    plan, scorer
        What is wanted, and what computes it.
    report_writers
        How a report is written, by the end of its name.

    Raises `OutputUnwritable`, `UnreadableFile` or `BrokenModel` at once, before anything is written, when it cannot be.
    """

    def __init__(
        self, plan: BatchPlan, scorer: BatchScorer, report_writers: Mapping[str, WriteReport] = WRITERS
    ) -> None:
        card = scorer.bundle.card
        self._plan = plan
        self._scorer = scorer
        self._report_writers = report_writers
        self._model = f"{card.version} {card.sha256[:16]}"
        self._stopped = Event()
        self._going = Event()
        self._going.set()
        check_plan(plan, report_writers)
        self._files = listing(plan)
        self._maps = HeatMapFolder(plan.heat_maps) if plan.heat_maps else None
        self._journal = Journal(journal_path(plan.output), plan.folder.resolve())
        for path in (plan.output, summary_path(plan.output)):
            clear_leftovers(path)
        self._pace = Pace()
        self.progress = Progress(len(self._files))

    def pause(self) -> None:
        """Begin no further batch until `go_on`."""
        self._going.clear()

    def go_on(self) -> None:
        """End a pause."""
        self._pace = Pace()
        self._going.set()

    def stop(self) -> None:
        """End after the batch in work; what is done stays done."""
        self._stopped.set()
        self._going.set()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def outcomes(self) -> Iterator[FileOutcome]:
        """Each file's outcome, once it is in the journal and flushed to the disk; no order.

        Raises `OutputUnwritable` when the journal or a heat map cannot be written; what is in the journal stays.
        """
        queue: Queue[Message | None] = Queue(WAITING)
        faults: list[BaseException] = []
        decoders = Decoders(self._plan.workers or physical_cores(), self._maps is not None, self._plan.limits)
        pump = Thread(target=self._pump, args=(decoders, queue, faults), name="batch", daemon=True)
        pump.start()
        try:
            for entries in self._settled(queue):
                yield from self._recorded(entries)
        finally:
            if pump.is_alive():
                self.stop()
            pump.join()
            decoders.close()
        if faults:
            raise faults[0]

    def finish(self, label_of: LabelOf = label_of_folders) -> Summary:
        """Write the table, its summary and its report from the journal; older ones of ours are replaced.

        Raises `OutputUnwritable`; then nothing is lost, and a later run that resumes writes it.
        """
        names = [one.name for one in self._files]
        write_output(self._plan.output, (row for entry in self._journal.entries(names) for row in entry.rows))
        summary = summarise(self._journal.entries(names), label_of)
        write_whole(summary_path(self._plan.output), summary_text(summary.as_json()))
        if self._plan.report is not None:
            self._write_report(self._plan.report, summary, names)
        return summary

    def close(self) -> None:
        """Let the journal go. Calling it twice is harmless."""
        self._journal.close()

    def _write_report(self, path: Path, summary: Summary, names: list[str]) -> None:
        folder = self._plan.folder.resolve().name
        report = batch_report(folder, summary, self._strongest(names), self._scorer.bundle.card, now())
        self._report_writers[path.suffix.lower()](report, path)

    def _strongest(self, names: list[str]) -> list[Scored]:
        """The slices with the highest scores, read and scored once more for their pictures; archives are left out."""
        rows = (row for entry in self._journal.entries(names) for row in entry.rows if row["path"] == entry.file)
        highest = heapq.nlargest(STRONGEST, rows, key=lambda row: score_of(row) or 0.0)
        found = []
        for row in highest:
            if score_of(row) is None:
                continue
            with suppress(CovidViewerError):  # it is gone meanwhile: the table has its score
                slice_ = read_slice(self._plan.folder / str(row["path"]), int(row["frame"] or 0))
                (result,) = self._scorer.settle([carefully_prepared(slice_)])
                found.append(Scored(str(row["path"]), slice_, result))
        return found

    def _pump(self, decoders: Decoders, queue: Queue[Message | None], faults: list[BaseException]) -> None:
        """Carry messages from the decoders to the queue, on a thread of its own."""
        try:
            with closing(decoders.messages(self._tasks(), self._stopped.is_set)) as messages:
                for message in messages:
                    if not self._put(queue, message):
                        return
        except BaseException as fault:  # noqa: BLE001 - the border of the thread: raised again by `outcomes`
            faults.append(fault)
        finally:
            self._put(queue, None)

    def _put(self, queue: Queue[Message | None], message: Message | None) -> bool:
        """Wait for room; False once the run was stopped."""
        while not self._stopped.is_set():
            try:
                queue.put(message, timeout=0.1)
            except Full:
                continue
            return True
        return False

    def _tasks(self) -> Iterator[Task]:
        for number, listed in enumerate(self._files):
            if listed.problem:
                continue
            known = self._journal.known.get(listed.name)
            may_stay = known is not None and known.model == self._model
            yield Task(number, listed.path, known.state if known and may_stay else None)

    def _settled(self, queue: Queue[Message | None]) -> Iterator[list[_OpenFile]]:
        """Files that are whole, in groups as the network answers."""
        whole = [
            _OpenFile(one, [failed_row(one)], Ended(number, None))
            for number, one in enumerate(self._files)
            if one.problem
        ]
        open_files: dict[int, _OpenFile] = {}
        waiting: list[tuple[_OpenFile, int, Decoded]] = []
        since, more = monotonic(), True
        while more and not self._stopped.is_set():
            self._going.wait()
            try:
                message = queue.get(timeout=0.1)
            except Empty:
                pass
            else:
                more = message is not None
                if isinstance(message, Ended):
                    file = open_files.setdefault(message.task, _OpenFile(self._files[message.task]))
                    file.ended = message
                    if file.whole:
                        whole.append(open_files.pop(message.task))
                elif message is not None:
                    file = open_files.setdefault(message.task, _OpenFile(self._files[message.task]))
                    waiting.append((file, len(file.rows), message))
                    file.rows.append(None)
            full = sum(isinstance(one.prepared, Prepared) for _, _, one in waiting) >= BATCH
            if not (full or not more or monotonic() - since >= LINGER_S) or self._stopped.is_set():
                continue
            self._answer(waiting)
            waiting.clear()
            whole += [open_files.pop(number) for number in [*open_files] if open_files[number].whole]
            if whole:
                yield whole
                whole = []
            since = monotonic()

    def _answer(self, waiting: list[tuple[_OpenFile, int, Decoded]]) -> None:
        """Put the network's answers into their rows, and write their heat maps."""
        results = self._scorer.settle([one.prepared for _, _, one in waiting]) if waiting else []
        for (file, place, one), result in zip(waiting, results, strict=True):
            name = relative_name(one.path, self._plan.folder)
            row: Row = {**row_of(Answer(Path(name), one.frame, result)), "series": one.series or None}
            row["heat_map"] = self._write_heat_map(name, one, result)
            file.rows[place] = row

    def _write_heat_map(self, name: str, one: Decoded, result: Result) -> str | None:
        if self._maps is None or one.slice is None:
            return None
        written = self._maps.write(one.slice, result, picture_name(name, one.frame))
        return written.name if written else None

    def _recorded(self, files: list[_OpenFile]) -> Iterator[FileOutcome]:
        """Write files into the journal, then tell of them."""
        entries, told = [], []
        for file in files:
            ended = file.ended
            if ended is not None and ended.unchanged:
                (entry,) = self._journal.entries([file.listed.name])
                told.append(outcome_of(entry, earlier=True))
                continue
            state = ended.state if ended else None
            rows = [{**row, "sha256": state.sha256 if state else None} for row in file.rows if row is not None]
            failed = any(row["status"] == Outcome.FAILED for row in rows)
            entries.append(Entry(file.listed.name, None if failed else state, self._model, tuple(rows)))
            told.append(outcome_of(entries[-1]))
        self._journal.append(entries)
        self._pace.add(len(told))
        done = self.progress.done + len(told)
        rate = self._pace.rate
        self.progress = replace(
            self.progress,
            done=done,
            earlier=self.progress.earlier + sum(one.earlier for one in told),
            failed=self.progress.failed + sum(one.outcome is Outcome.FAILED for one in told),
            rate=rate,
            seconds_left=(self.progress.total - done) / rate if rate else None,
        )
        yield from told


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


def summary_path(output: Path) -> Path:
    """Where the summary of an output lies."""
    return output.with_name(f"{output.name}.summary.json")


def has_earlier_run(output: Path) -> bool:
    """Whether there is something of this output that a run would have to go on with."""
    return output.exists() or journal_path(output).exists()


def check_plan(plan: BatchPlan, report_writers: Mapping[str, WriteReport] = WRITERS) -> None:
    """Whether a run can begin. Raises `UnreadableFile` or `OutputUnwritable`, one sentence."""
    if not plan.folder.is_dir():
        raise UnreadableFile("“{path}” is no folder.", path=plan.folder)
    check_output(plan.output)
    check_summary(summary_path(plan.output))
    if plan.report is not None:
        check_report(plan.report, report_writers)
    if not plan.resume and has_earlier_run(plan.output):
        raise OutputUnwritable(
            "“{path}” is there already, whole or begun: go on with it, or choose another name.",
            path=plan.output,
        )
    if plan.heat_maps is not None and plan.heat_maps.resolve() == plan.folder.resolve():
        raise OutputUnwritable("Heat maps need another folder than that of the pictures.")


def listing(plan: BatchPlan) -> list[Listed]:
    """The files of the folder, but not what the batch itself writes; sorted as people count.

    Raises `UnreadableFile` when there are none.
    """
    written = (plan.output, journal_path(plan.output), summary_path(plan.output), plan.report)
    own = {path.resolve() for path in written if path is not None}
    maps = plan.heat_maps.resolve() if plan.heat_maps else None
    unread: list[Unread] = []
    found = []
    for path in files_in([plan.folder], unread, recursive=plan.recursive):
        place = path.parent.resolve() / path.name
        if place not in own and (maps is None or maps not in place.parents):
            found.append(Listed(relative_name(path, plan.folder), path))
    found += [Listed(relative_name(one.path, plan.folder) + "/", one.path, one.reason) for one in unread]
    if not found:
        raise UnreadableFile("“{path}” holds no files.", path=plan.folder)
    return sorted(found, key=lambda one: natural(one.name))


def relative_name(path: Path, folder: Path) -> str:
    """A file's name relative to the folder, with slashes."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def picture_name(name: str, frame: int) -> str:
    """What a frame's heat map is called: the file's own name, and a mark that no other file of the batch has."""
    mark = sha256(f"{name}#{frame}".encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{Path(name).name[:LONGEST_NAME]}.{mark}"


def failed_row(listed: Listed) -> Row:
    """The row of a folder that cannot be listed."""
    answer = Answer(Path(listed.name), 0, Result(Outcome.FAILED, listed.problem))
    return {**row_of(answer), "series": None, "heat_map": None}
