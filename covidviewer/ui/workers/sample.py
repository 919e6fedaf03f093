"""The sample scan: the synthetic chest as a DICOM series in the user's cache, made once and opened like any folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from covidviewer.files import make_folder
from covidviewer.paths import cache_folder
from covidviewer.ui.workers.opening import OpeningThread

if TYPE_CHECKING:
    from covidviewer.imaging.opening import Opened

SEED: Final = 7
SLICES: Final = 32
PATCHES: Final = 12


class SampleThread(OpeningThread):
    """Writes the phantom if it is not there yet, then opens it; a cancelled one opens nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((cache_folder(f"sample-scan-{SEED}-{SLICES}-{PATCHES}"),), parent)

    def _open(self) -> Opened:
        if not self.paths[0].is_dir():
            self._write(self.paths[0])
        return super()._open()

    def _write(self, folder: Path) -> None:
        """Whole or not at all: written beside its place, then renamed."""
        from covidviewer.phantom.files import write_phantom_dicom
        from covidviewer.phantom.slices import phantom_series

        beside = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.rmtree(beside, ignore_errors=True)
        make_folder(beside)
        for number, phantom in enumerate(phantom_series(SEED, SLICES, lesions=PATCHES), start=1):
            if self.cancelled:
                shutil.rmtree(beside)
                return
            write_phantom_dicom(beside / f"slice-{number:03d}.dcm", phantom, seed=SEED, number=number)
            self.progressed.emit(number, SLICES)
        beside.rename(folder)
