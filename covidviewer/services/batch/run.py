"""A batch: every picture of a folder scored into one table, by whoever runs it, a dialog or the command line.

The work is done on this computer (`local`) or on a cluster (`cluster`), what is done goes into a journal
(`journal`), and the table is made of the journal at the end (`table`). Whatever ends a run, the next one
goes on where it was.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from covidviewer.errors import CovidViewerError
from covidviewer.files import atomic_write, remove_stale_parts
from covidviewer.imaging.opening import read_slice
from covidviewer.inference.analyser import prepare_safely
from covidviewer.inference.engines.cpu import physical_cores
from covidviewer.inference.results import Outcome
from covidviewer.services.batch.backend import Backend, CompletedFile, RunControl, failed_file
from covidviewer.services.batch.cluster_worker import model_name
from covidviewer.services.batch.journal import Entry, Journal, journal_path
from covidviewer.services.batch.labels import LabelOf, label_of_folders
from covidviewer.services.batch.local import LocalBackend
from covidviewer.services.batch.plan import BatchPlan, ListedFile, check_plan, list_files, summary_path
from covidviewer.services.batch.progress import FileOutcome, Pace, Progress, outcome_of
from covidviewer.services.batch.read_file import Task, local_copy
from covidviewer.services.batch.remote import RemoteFile
from covidviewer.services.batch.report import batch_report
from covidviewer.services.batch.summary import Summary, score_of, summarise
from covidviewer.services.batch.table import summary_text, write_output
from covidviewer.services.heatmaps import HeatMapFolder
from covidviewer.services.report.content import HIGHEST_SCORING, ScoredSlice, now
from covidviewer.services.report.html import WRITERS, WriteReport
from covidviewer.services.scoring import Scorer

GROUP: Final = 256
"""Files that an earlier run did are told in groups of so many."""


class BatchRun:
    """One run. Iterate `outcomes` to its end, then `finish`; `close` in any case.

    `pause`, `resume` and `stop` may be called from any thread; all else from one.

    Parameters
    ----------
    plan, scorer
        What is wanted, and what computes it.
    report_writers
        How a report is written, by the end of its name.
    backend
        Who does it; None: this computer.

    Raises `OutputUnwritable`, `UnreadableFile` or `BrokenModel` at once, before anything is written, when it cannot be.
    """

    def __init__(
        self,
        plan: BatchPlan,
        scorer: Scorer,
        report_writers: Mapping[str, WriteReport] = WRITERS,
        backend: Backend | None = None,
    ) -> None:
        self._plan = plan
        self._scorer = scorer
        self._report_writers = report_writers
        self._model = model_name(scorer)
        self._control = RunControl()
        check_plan(plan, report_writers)
        self._files = list_files(plan)
        maps = HeatMapFolder(plan.heat_maps) if plan.heat_maps else None
        self._backend = backend or LocalBackend(scorer, maps, plan.workers or physical_cores(), plan.limits)
        self._journal = Journal(journal_path(plan.output), plan.identity)
        for path in (plan.output, summary_path(plan.output)):
            remove_stale_parts(path)
        self._pace = Pace()
        self.progress = Progress(len(self._files))

    def pause(self) -> None:
        """Begin no further batch until `resume`."""
        self._control.pause()

    def resume(self) -> None:
        """End a pause."""
        self._pace = Pace()
        self._control.resume()

    def stop(self) -> None:
        """End after the batch in work; what is done stays done."""
        self._control.stop()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._control.stopped

    def outcomes(self) -> Iterator[FileOutcome]:
        """Each file's outcome, once it is in the journal and flushed to the disk; no order.

        Raises `OutputUnwritable` when the journal or a heat map cannot be written; what is in the journal stays.
        """
        tasks, settled = self._tasks()
        for begin in range(0, len(settled), GROUP):
            if self.stopped:
                return
            yield from self._recorded(settled[begin : begin + GROUP])
        for files in self._backend.completed(tasks, self._control):
            yield from self._recorded(files)

    def finish(self, label_of: LabelOf = label_of_folders, seen_before: bool = False) -> Summary:
        """Write the table, its summary and its report from the journal; older ones of ours are replaced.

        `seen_before`: see `summary.summarise`.

        Raises `OutputUnwritable`; then nothing is lost, and a later run that resumes writes it.
        """
        names = [one.name for one in self._files]
        write_output(self._plan.output, (row for entry in self._journal.entries(names) for row in entry.rows))
        summary = summarise(self._journal.entries(names), label_of, seen_before)
        atomic_write(summary_path(self._plan.output), summary_text(summary.as_json()))
        if self._plan.report is not None:
            self._write_report(self._plan.report, summary, names)
        return summary

    def close(self) -> None:
        """Let the journal go. Calling it twice is harmless."""
        self._journal.close()

    def _tasks(self) -> tuple[list[Task], list[CompletedFile]]:
        """What is to do, and what needs no reading: folders that cannot be listed, files whose storage vouches."""
        tasks, settled = [], []
        for number, listed in enumerate(self._files):
            if listed.problem:
                settled.append(failed_file(number, listed.name, listed.problem))
                continue
            known = self._journal.known.get(listed.name)
            state = known.state if known is not None and known.model == self._model else None
            if state is not None and is_unchanged(listed.place, state.size, state.mtime_ns):
                settled.append(CompletedFile(number, (), state, unchanged=True))
            else:
                tasks.append(Task(number, listed.name, listed.place, state))
        return tasks, settled

    def _recorded(self, files: list[CompletedFile]) -> Iterator[FileOutcome]:
        """Write files into the journal, then tell of them."""
        entries, outcomes = [], []
        for file in files:
            listed = self._files[file.task]
            if file.unchanged:
                (entry,) = self._journal.entries([listed.name])
                outcomes.append(outcome_of(entry, earlier=True))
                continue
            entries.append(self._entry(listed, file))
            outcomes.append(outcome_of(entries[-1]))
        if entries:
            self._journal.append(entries)
        self._pace.add(len(outcomes))
        done = self.progress.done + len(outcomes)
        rate = self._pace.rate
        self.progress = replace(
            self.progress,
            done=done,
            earlier=self.progress.earlier + sum(one.earlier for one in outcomes),
            failed=self.progress.failed + sum(one.outcome is Outcome.FAILED for one in outcomes),
            rate=rate,
            seconds_left=(self.progress.total - done) / rate if rate else None,
        )
        yield from outcomes

    def _entry(self, listed: ListedFile, file: CompletedFile) -> Entry:
        """A file's line in the journal; one that failed is not known again, so that it is tried again."""
        digest = file.state.sha256 if file.state else None
        rows = tuple({**row, "sha256": digest} for row in file.rows)
        has_failed = any(row["status"] == Outcome.FAILED for row in rows)
        return Entry(listed.name, None if has_failed else file.state, self._model, rows)

    def _write_report(self, path: Path, summary: Summary, names: list[str]) -> None:
        report = batch_report(self._plan.title, summary, self._highest_scoring(names), self._scorer.bundle.card, now())
        self._report_writers[path.suffix.lower()](report, path)

    def _highest_scoring(self, names: list[str]) -> list[ScoredSlice]:
        """The slices with the highest scores, read and scored once more for their pictures; archives are left out."""
        places = {one.name: one.place for one in self._files}
        rows = (row for entry in self._journal.entries(names) for row in entry.rows if row["path"] == entry.file)
        highest = heapq.nlargest(HIGHEST_SCORING, rows, key=lambda row: score_of(row) or 0.0)
        found = []
        for row in highest:
            if score_of(row) is None:
                continue
            with suppress(CovidViewerError):  # it is gone meanwhile: the table has its score
                with local_copy(places[str(row["path"])]) as file:
                    slice_ = read_slice(file, int(row["frame"] or 0))
                (result,) = self._scorer.classify_prepared([prepare_safely(slice_)])
                found.append(ScoredSlice(str(row["path"]), slice_, result))
        return found


def is_unchanged(place: Path | RemoteFile, size: int, changed_ns: int) -> bool:
    """Whether a storage vouches for a file's content, which then is not fetched: same bytes, same time of change.

    A file of this computer is always read, for its time can be set by anyone.
    """
    return (
        isinstance(place, RemoteFile) and place.changed_ns > 0 and (place.size, place.changed_ns) == (size, changed_ns)
    )
