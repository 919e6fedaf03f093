"""What an opening found, in one sentence for the notice above the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.opening import Opened


def opened_text(opened: Opened) -> str:
    """'' when everything that was offered is open, and there was something."""
    files = sum(len({header.source.path for header in one.headers}) for one in opened.series)
    unread = len(opened.unread)
    if not files and not unread:
        return tr("No images were found.")
    if not files:
        return tr(opened.unread[0].reason) if unread == 1 else tr("None of the {n} files could be read.", n=unread)
    if unread:
        return tr("Opened {files} of {all} files; {n} could not be read.", files=files, all=files + unread, n=unread)
    return ""
