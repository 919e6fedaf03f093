"""One way of reading, in a process of its own: `reader WAY PATH` prints what it took in milliseconds.

`pydicom FILE` counts its import, as the window's first picture does; the series readers do not count theirs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any


def pydicom_slice(file: Path) -> float:
    """One file to Hounsfield values, from nothing imported."""
    started = perf_counter()
    import pydicom
    from pydicom.pixels.processing import apply_modality_lut

    dataset = pydicom.dcmread(file)
    apply_modality_lut(dataset.pixel_array, dataset)
    return (perf_counter() - started) * 1000


def simpleitk_series(folder: Path) -> float:
    """A folder to one block of values."""
    import SimpleITK

    toolkit: Any = SimpleITK

    started = perf_counter()
    reader = toolkit.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
    toolkit.GetArrayViewFromImage(reader.Execute())
    return (perf_counter() - started) * 1000


def our_series(folder: Path, threads: int | None = None) -> float:
    """A folder to all slices of its series, by `threads`; None: as many as there are cores."""
    import os

    from covidviewer.imaging.dicom import reader as dicom  # noqa: F401
    from covidviewer.imaging.opening import open_paths

    started = perf_counter()
    (series,) = open_paths([folder]).series
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        slices = list(pool.map(series.read_slice, range(len(series))))
    if len(slices) != len(series):
        raise SystemExit("slices are missing")
    return (perf_counter() - started) * 1000


WAYS: dict[str, Callable[[Path], float]] = {
    "pydicom": pydicom_slice,
    "simpleitk": simpleitk_series,
    "covidviewer": our_series,
    "covidviewer-1": partial(our_series, threads=1),
}

if __name__ == "__main__":
    print(WAYS[sys.argv[1]](Path(sys.argv[2])))
