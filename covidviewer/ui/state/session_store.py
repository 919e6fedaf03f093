"""Opens again what was open when the program ended, each series at its slice and in its window."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from covidviewer.errors import OutputUnwritable
from covidviewer.services.user_files.settings import session_file

if TYPE_CHECKING:
    from covidviewer.services.user_files.last_session import LastSession, SeriesPlace
    from covidviewer.ui.state.session import OpenSeries, Session

log = logging.getLogger(__name__)


class SessionStore(QObject):
    """Reads the file when it is asked to, writes it after each opening and at the end.

    Parameters
    ----------
    session
        What is open.
    settings_file
        The file lies beside it; None is the user's own.
    """

    def __init__(self, session: Session, settings_file: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file = session_file(settings_file)
        self._before: LastSession | None = None
        """What the file said before this run wrote it: that is what can be opened again."""
        self._awaited: dict[str, SeriesPlace] = {}
        session.series_added.connect(self._on_added)

    @property
    def there(self) -> bool:
        """Whether there is something to open again."""
        return self._file.is_file() if self._before is None else bool(self._before.paths)

    def recall(self) -> list[Path]:
        """The paths of the last session that are still there; their series will be put in their places."""
        last = self._read()
        self._awaited = {one.key: one for one in last.series}
        return [path for path in map(Path, last.paths) if path.exists()]

    def keep(self) -> None:
        """Write what is open now; a folder that cannot be written to is no reason to keep the window open."""
        from covidviewer.services.user_files.last_session import write_session

        self._read()
        opened = self._session.opened
        paths = list(dict.fromkeys(path for one in opened for path in one.origin))
        try:
            write_session(self._file, paths, [self._place(one) for one in opened])
        except OutputUnwritable as error:
            log.warning("%s", error)

    def _read(self) -> LastSession:
        from covidviewer.services.user_files.last_session import read_session

        if self._before is None:
            self._before = read_session(self._file)
        return self._before

    def _place(self, one: OpenSeries) -> SeriesPlace:
        from covidviewer.services.user_files.last_session import SeriesPlace, series_key

        shown = one is self._session.shown
        return SeriesPlace(series_key(one.series), one.index, one.window, one.inverted, shown)

    def _on_added(self, one: OpenSeries) -> None:
        if not self._awaited:
            return
        from covidviewer.services.user_files.last_session import series_key

        place = self._awaited.pop(series_key(one.series), None)
        if place is None:
            return
        one.index = min(max(place.index, 0), len(one.series) - 1)
        one.inverted, one.window = place.inverted, place.window
        if place.shown:
            self._session.show_series(one)
