"""A report as one HTML page that needs no other file, in the part of HTML that Qt's documents print too."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.errors import OutputUnwritable
from covidviewer.files import atomic_write, ensure_replaceable
from covidviewer.paths import resource_folder
from covidviewer.services.report.content import SOFTWARE, Report
from covidviewer.texts import N_

MARK: Final = "<!-- CovidViewer report -->"
"""With which the template begins: by this a page is known to be ours."""

WriteReport = Callable[[Report, Path], None]
"""Writes a report whole. Raises `OutputUnwritable`."""


def html_of(report: Report) -> str:
    """The page, its pictures inside it; all texts are escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resource_folder("report")), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["address"] = lambda png: "data:image/png;base64," + base64.b64encode(png).decode()
    template = environment.get_template("report.html.j2")
    page = template.render(report=report, strip=DISCLAIMER, software=SOFTWARE)
    return page.encode("utf-8", "backslashreplace").decode()


def write_html(report: Report, path: Path) -> None:
    """Write the page whole. Raises `OutputUnwritable`."""
    atomic_write(path, html_of(report).encode())


WRITERS: Final[Mapping[str, WriteReport]] = {".html": write_html}
"""By the end of the report's name; the window adds PDF."""


def check_report(path: Path, writers: Mapping[str, WriteReport] = WRITERS) -> None:
    """Whether a report may be written at `path`, before an hour's work. Raises `OutputUnwritable`."""
    if path.suffix.lower() not in writers:
        forms = " or ".join(writers)
        raise OutputUnwritable("The report “{path}” must have the extension {forms}.", forms=forms, path=path)
    ensure_replaceable(path, is_report, N_("“{path}” already exists and is not a report of this program."))


def is_report(path: Path) -> bool:
    """Whether a file is a report of this program: an HTML page, or a PDF that names it as its creator."""
    content = path.read_bytes()
    creator = b"/Creator (\xfe\xff" + "CovidViewer ".encode("utf-16-be")
    return MARK.encode() in content[:200] or (content.startswith(b"%PDF") and creator in content)
