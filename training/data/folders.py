"""The slices of a folder: images by class, a CSV of labels, LUNA's screening slices."""

from __future__ import annotations

from pathlib import Path

from covidviewer.errors import UnreadableFile
from training.data.labels_csv import listed_samples
from training.data.samples import CLASSES, IMAGE_SUFFIXES, LABELS, Sample, by_name


def labelled_samples(folder: Path) -> tuple[Sample, ...]:
    """The pictures of a folder with one sub-folder per class, in natural order; or what its `labels.csv` names.

    Raises `UnreadableFile` when a class folder is missing or empty, and see `training.data.labels_csv`.
    """
    if (folder / LABELS).is_file():
        return listed_samples(folder)
    samples: list[Sample] = []
    for label, name in enumerate(CLASSES):
        files = [file for file in (folder / name).glob("*") if file.suffix.lower() in IMAGE_SUFFIXES]
        if not files:
            raise UnreadableFile(
                "No pictures were found in {folder}: the data folder needs the sub-folders COVID and non-COVID, "
                "or a labels.csv.",
                folder=str(folder / name),
            )
        samples += [Sample(f"{name}/{file.name}", file, label) for file in sorted(files, key=by_name)]
    return tuple(samples)


def luna_samples(folder: Path, even: bool) -> tuple[Sample, ...]:
    """LUNA16 screening slices of scans with an even (training) or odd (external test) number, without a label.

    A scan's number is the last six digits before the "_" of "SCAN_slice.png".
    """
    files = sorted(folder.glob("*_*.png"), key=by_name)
    return tuple(
        Sample(file.name, file, None) for file in files if (int(file.stem.split("_")[0][-6:]) % 2 == 0) == even
    )
