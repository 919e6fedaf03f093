"""The files of a batch: which there are, what they are called in the table, and in which order they come."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.opening import files_in
from covidviewer.imaging.series import natural
from covidviewer.imaging.slices import Unread
from covidviewer.imaging.sniff import read_head
from covidviewer.services.batch.journal import KIND, journal_path
from covidviewer.services.batch.plan import BatchPlan, summary_path
from covidviewer.services.batch.remote import RemoteFile, RemoteFolder
from covidviewer.services.batch.table import summary_text
from covidviewer.services.heatmaps import SOFTWARE
from covidviewer.services.opening import holds_no_files
from covidviewer.services.report.html import MARK
from covidviewer.services.result_table import CSV_HEAD

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
