"""What a batch is asked for, whether it can begin at all, and which files it finds, named and sorted."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from covidviewer.errors import CovidViewerError, OutputUnwritable, UnreadableFile
from covidviewer.imaging.opening import files_in
from covidviewer.imaging.series import natural
from covidviewer.imaging.slices import Unread
from covidviewer.imaging.sniff import read_head
from covidviewer.services.batch.decoder_pool import Limits
from covidviewer.services.batch.journal import KIND, journal_path
from covidviewer.services.batch.remote import RemoteFile, RemoteFolder
from covidviewer.services.batch.table import check_output, check_summary, summary_text
from covidviewer.services.heatmaps import SOFTWARE
from covidviewer.services.opening import holds_no_files
from covidviewer.services.report.html import MARK, WRITERS, WriteReport, check_report
from covidviewer.services.result_table import CSV_HEAD


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


OUTPUTS: Final = frozenset({".csv", ".json", ".journal", ".html", ".png"})
BEGINNINGS: Final = (
    BOM_UTF8 + CSV_HEAD,
    CSV_HEAD,
    b'[\n{"path": ',
    b'{"kind":"' + KIND.encode(),
    summary_text({})[:-2],
)


@dataclass(frozen=True)
class ListedFile:
    """A file by its name relative to the folder, with slashes; or a folder that cannot be listed, and why."""

    name: str
    place: Path | RemoteFile
    problem: str = ""


def list_files(plan: BatchPlan) -> list[ListedFile]:
    """The files of the folder, but not what the batch itself writes; sorted as people count.

    Raises `UnreadableFile` when there are none.
    """
    if isinstance(plan.folder, RemoteFolder):
        found = [ListedFile(file.name, file) for file in plan.folder.files(plan.recursive)]
    else:
        found = local_files(plan, plan.folder)
    if not found:
        raise holds_no_files(plan.folder)
    return sorted(found, key=lambda one: natural(one.name))


def local_files(plan: BatchPlan, folder: Path) -> list[ListedFile]:
    """The files of a folder of this computer, as they are found."""
    written = (plan.output, journal_path(plan.output), summary_path(plan.output), plan.report)
    own = {path.resolve() for path in written if path is not None}
    maps = plan.heat_maps.resolve() if plan.heat_maps else None
    unread: list[Unread] = []
    found = []
    for path in files_in([folder], unread, recursive=plan.recursive):
        place = path.parent.resolve() / path.name
        if place not in own and (maps is None or maps not in place.parents) and not is_output(path):
            found.append(ListedFile(relative_name(path, folder), path))
    return found + [ListedFile(relative_name(one.path, folder) + "/", one.path, one.reason) for one in unread]


def is_output(path: Path) -> bool:
    """Whether a file is what an earlier run of the program left: a table, its journal or summary, a heat map, a report.

    By its first bytes, so that a heat map is not scored as a slice.
    """
    if path.suffix.lower() not in OUTPUTS:
        return False
    try:
        head = read_head(path)
    except CovidViewerError:
        return False
    if path.suffix.lower() == ".png":
        return SOFTWARE.encode() in head
    return head.startswith(BEGINNINGS) or MARK.encode() in head[:200]


def relative_name(path: Path, folder: Path) -> str:
    """A file's name relative to the folder, with slashes."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
