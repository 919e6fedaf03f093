"""Which slices there are and what they are labelled: folders of images, a CSV of labels, LUNA's screening slices.

Knows names and labels only; pixels are read by `training.data.framed`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from covidviewer.errors import UnreadableFile

CLASSES = ("COVID", "non-COVID")
"""Folder names, in the order of the network's outputs."""
LABELS = "labels.csv"
PICTURES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"}


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


def labelled_samples(folder: Path) -> tuple[Sample, ...]:
    """The pictures of a folder with one sub-folder per class, in natural order; or what its `labels.csv` names.

    Raises `UnreadableFile` when a class folder is missing or empty, and see `training.data.labels_csv`.
    """
    if (folder / LABELS).is_file():
        from training.data.labels_csv import listed_samples

        return listed_samples(folder)
    samples: list[Sample] = []
    for label, name in enumerate(CLASSES):
        files = [file for file in (folder / name).glob("*") if file.suffix.lower() in PICTURES]
        if not files:
            raise UnreadableFile(
                "No pictures were found in {folder}: the data folder needs the sub-folders COVID and non-COVID, "
                "or a labels.csv.",
                folder=str(folder / name),
            )
        samples += [Sample(f"{name}/{file.name}", file, label) for file in sorted(files, key=natural_order)]
    return tuple(samples)


def natural_order(path: Path) -> tuple[tuple[int, int | str], ...]:
    """Sort key with numbers as numbers: "Covid (2).png" before "Covid (10).png"."""
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", path.name) if part)


def luna_samples(folder: Path, even: bool) -> tuple[Sample, ...]:
    """LUNA16 screening slices of scans with an even (training) or odd (external test) number, without a label.

    A scan's number is the last six digits before the "_" of "SCAN_slice.png".
    """
    files = sorted(folder.glob("*_*.png"), key=natural_order)
    return tuple(
        Sample(file.name, file, None) for file in files if (int(file.stem.split("_")[0][-6:]) % 2 == 0) == even
    )
