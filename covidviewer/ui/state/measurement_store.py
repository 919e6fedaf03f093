"""Measurements to and from the disk: read when a series is first shown, written behind the window."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from covidviewer.errors import OutputUnwritable
from covidviewer.ui.workers.thread_pool import StoppableThreadPool

if TYPE_CHECKING:
    from covidviewer.ui.state.session import OpenSeries
    from covidviewer.ui.view.measurements import Measurement

log = logging.getLogger(__name__)


class MeasurementStore:
    """One thread writes, so that the last change of a slice is the one that stays.

    Parameters
    ----------
    settings_file
        The measurements lie beside it; None is the user's own.
    """

    def __init__(self, settings_file: Path | None) -> None:
        self._settings_file = settings_file
        self._pool = StoppableThreadPool("measurements", 1)
        self._names: dict[int, tuple[str, ...]] = {}

    def restore(self, one: OpenSeries) -> None:
        """Put what was kept into the series, the first time that it is shown. GUI thread."""
        if one.key in self._names:
            return
        from covidviewer.services.user_files.measurements import file_names, read_notes
        from covidviewer.ui.view.measurements import from_mark

        self._names[one.key] = file_names(one.series.headers)
        folder = self._folder()
        there = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        for index, name in enumerate(self._names[one.key]):
            if name in there:
                notes = read_notes(folder / name)
                one.measurements[index] = tuple(map(from_mark, notes.marks))
                if notes.key_image:
                    one.key_images.add(index)

    def keep(self, one: OpenSeries, index: int) -> None:
        """Write what is on one slice soon. GUI thread."""
        names = self._names.get(one.key)
        if names is None:
            return
        file = self._folder() / names[index]
        measurements, key_image = one.measurements.get(index, ()), index in one.key_images
        self._pool.begin(lambda: write(file, measurements, key_image))

    def stop(self, milliseconds: int) -> bool:
        """Write what waits; False when the disk did not come back in time."""
        return self._pool.finish(milliseconds)

    def _folder(self) -> Path:
        from covidviewer.services.user_files.measurements import measurement_folder

        return measurement_folder(self._settings_file)


def write(file: Path, measurements: tuple[Measurement, ...], key_image: bool) -> None:
    """On the store's thread; a folder that cannot be written to is logged, and the measurements stay on the screen."""
    from covidviewer.services.user_files.measurements import SliceNotes, write_notes
    from covidviewer.ui.view.measurements import to_mark

    try:
        write_notes(file, SliceNotes(tuple(map(to_mark, measurements)), key_image))
    except OutputUnwritable as error:
        log.warning("%s", error)
