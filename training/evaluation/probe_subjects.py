"""What the probe looks at: folders of slices by the names of `--external`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.slices import Series, Slice
from training.data.external import DICOM, group_of, series
from training.data.folders import luna_samples
from training.data.samples import CLEAR, COVID, Sample

CLEAR_SLICES, PHANTOMS = 200, 100
DEPTHS = (0.4, 0.5, 0.6)
"""Of a DICOM series, the slices that are stored otherwise: about where both lungs are whole."""
AXIAL = 0.99


@dataclass(frozen=True)
class Subjects:
    """What is looked at; what is empty is not measured.

    Attributes
    ----------
    clear
        Slices of clear lungs, of scans that no network was trained on.
    groups
        The scan of each.
    upright
        DICOM slices with a geometry, of chests.
    normal, ill
        The slices of a normal patient's series and of a COVID-19 patient's, in order.
    phantoms
        How many of each kind.
    """

    clear: Sequence[Sample] = ()
    groups: Sequence[str] = ()
    upright: Sequence[Slice] = ()
    normal: Sequence[Sample] = ()
    ill: Sequence[Sample] = ()
    phantoms: int = PHANTOMS
    clear_slices: int = CLEAR_SLICES


def subjects_in(folders: Mapping[str, Path]) -> Subjects:
    """Subjects of the folders "luna" (odd scans), "ctmd" and "dicom"; what is missing stays empty."""
    luna, ctmd, scans = (folders.get(name) for name in ("luna", "ctmd", DICOM))
    clear = [Sample(f"luna/{one.name}", one.path, CLEAR) for one in luna_samples(luna, even=False)] if luna else []
    return Subjects(
        clear=clear,
        groups=[group_of(one) for one in clear],
        upright=upright_slices(scans) if scans else (),
        normal=series(ctmd / "normal001", CLEAR) if ctmd else (),
        ill=series(ctmd / "P001", COVID) if ctmd else (),
    )


def upright_slices(folder: Path) -> tuple[Slice, ...]:
    """Slices in the middle of each axial DICOM series in and under a folder, of those that can be read."""
    found = []
    for one in open_paths([folder]).series:
        for at in sorted({round(depth * (len(one) - 1)) for depth in DEPTHS}):
            slice_ = readable(one, at)
            if slice_ and slice_.geometry and abs(slice_.geometry.normal[2]) > AXIAL:
                found.append(slice_)
    return tuple(found)


def readable(series_: Series, at: int) -> Slice | None:
    """One slice; None where it cannot be decoded."""
    try:
        return series_.read_slice(at)
    except CovidViewerError:
        return None
