"""What a batch is asked for, and whether it can begin at all: said in one sentence before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from covidviewer.errors import OutputUnwritable, UnreadableFile
from covidviewer.services.batch.decoder_pool import Limits
from covidviewer.services.batch.journal import journal_path
from covidviewer.services.batch.remote import RemoteFolder
from covidviewer.services.batch.table import check_output, check_summary
from covidviewer.services.report.html import WRITERS, WriteReport, check_report


@dataclass(frozen=True)
class BatchPlan:
    """What is wanted.

    Attributes
    ----------
    folder
        Its pictures are scored: a folder here, or one in another storage.
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

    folder: Path | RemoteFolder
    output: Path
    recursive: bool = False
    heat_maps: Path | None = None
    report: Path | None = None
    resume: bool = False
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def identity(self) -> str:
        """What the journal knows the folder by."""
        return self.folder.url if isinstance(self.folder, RemoteFolder) else str(self.folder.resolve())

    @property
    def title(self) -> str:
        """The folder's own name, for people."""
        return self.identity.replace("\\", "/").rstrip("/").rpartition("/")[2]


def check_plan(plan: BatchPlan, report_writers: Mapping[str, WriteReport] = WRITERS) -> None:
    """Whether a run can begin. Raises `UnreadableFile` or `OutputUnwritable`, one sentence."""
    if isinstance(plan.folder, RemoteFolder):
        plan.folder.check()
    elif not plan.folder.is_dir():
        raise UnreadableFile("“{path}” is not a folder.", path=plan.folder)
    check_output(plan.output)
    check_summary(summary_path(plan.output))
    if plan.report is not None:
        check_report(plan.report, report_writers)
    if not plan.resume and has_earlier_run(plan.output):
        raise OutputUnwritable(
            "“{path}” already exists (complete or partial); use --resume to continue, or choose another name.",
            path=plan.output,
        )
    if plan.heat_maps is not None and str(plan.heat_maps.resolve()) == plan.identity:
        raise OutputUnwritable("Heat maps cannot be written to the folder of the images.")


def summary_path(output: Path) -> Path:
    """Where the summary of an output lies."""
    return output.with_name(f"{output.name}.summary.json")


def has_earlier_run(output: Path) -> bool:
    """Whether there is something of this output that a run would have to go on with."""
    return output.exists() or journal_path(output).exists()
