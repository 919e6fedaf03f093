"""A slice by name and label, and the classes. Knows names and labels only; `training.data.framed` reads pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from covidviewer.imaging.series import natural

CLASSES = ("COVID", "non-COVID")
"""Folder names, in the order of the network's outputs."""
COVID, CLEAR = 0, 1
"""Their class indices."""
LABELS = "labels.csv"
IMAGE_SUFFIXES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"}


@dataclass(frozen=True)
class Sample:
    """One slice.

    Attributes
    ----------
    name
        Relative to the data folder ("COVID/Covid (1).png"); unique.
    path, frame
        Where its pixels are.
    label
        Class index, or None.
    patient
        Of whom, or '' where that is not known.
    """

    name: str
    path: Path
    label: int | None
    frame: int = 0
    patient: str = ""


def by_name(path: Path) -> tuple[tuple[int, int, str], ...]:
    """The program's own sort key of a file's name: "Covid (2).png" before "Covid (10).png"."""
    return natural(path.name)
