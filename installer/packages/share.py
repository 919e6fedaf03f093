"""What a Linux desktop wants below `share`: the entry, the icons, the metadata of software centres."""

from __future__ import annotations

from pathlib import Path

from installer.icons import write_hicolor
from installer.metadata import metadata
from installer.packages.changes import release_date
from installer.recipes import recipe, write


def write_share(folder: Path, program: str) -> list[str]:
    """Write them below `folder`; their places there.

    Parameters
    ----------
    program
        What the entry starts.
    """
    meta = metadata()
    write(folder / "applications" / f"{meta.id}.desktop", recipe("desktop.j2", program=program))
    write(folder / "metainfo" / f"{meta.id}.metainfo.xml", recipe("metainfo.xml.j2", date=release_date().isoformat()))
    write_hicolor(folder / "icons" / "hicolor", meta.id)
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
