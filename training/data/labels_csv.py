"""`labels.csv`: which files of a folder show what, so that a hospital can train on its own DICOM series.

Columns: `path` (a file or a folder, relative to the CSV), `label` ("COVID" or "non-COVID"), and, if wanted, `patient`:
slices of one patient then never stand in two parts of a split.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from covidviewer.errors import CovidViewerError, UnreadableFile
from covidviewer.imaging.opening import read_headers
from training.data.samples import CLASSES, LABELS, Sample, by_name


def listed_samples(folder: Path) -> tuple[Sample, ...]:
    """Every frame of every file that the folder's `labels.csv` names, in its order; of a folder, each file in it.

    A file that cannot be read is left out when it came with a folder (a DICOM folder holds other things too). Raises
    `UnreadableFile` for a CSV without the columns, an unknown label, a named file that is not there or cannot be read,
    a file that is named twice, and when a class is missing.
    """
    samples: dict[str, Sample] = {}
    for number, path, label, patient in rows_of(folder / LABELS):
        found = frames_of(folder, path, number)
        for name, file, frame in found:
            if name in samples:
                raise UnreadableFile("Line {number} of labels.csv names {file} again.", number=number, file=name)
            samples[name] = Sample(name, file, label, frame, patient)
    if {sample.label for sample in samples.values()} != set(range(len(CLASSES))):
        raise UnreadableFile("{file} needs slices of both classes, COVID and non-COVID.", file=str(folder / LABELS))
    return tuple(samples.values())


def rows_of(file: Path) -> Iterator[tuple[int, str, int, str]]:
    """(line, path, class index, patient or '') of each row. Raises `UnreadableFile`."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile("{file} cannot be read as CSV.", file=str(file)) from error
    for number, row in enumerate(rows, start=2):
        path, label = ((row.get(name) or "").strip() for name in ("path", "label"))
        if not path or label not in CLASSES:
            raise UnreadableFile(
                "Line {number} of {file} needs a path, and a label that is COVID or non-COVID.",
                number=number,
                file=str(file),
            )
        yield number, path, CLASSES.index(label), (row.get("patient") or "").strip()


def frames_of(folder: Path, path: str, number: int) -> Iterator[tuple[str, Path, int]]:
    """(name, file, frame) of what one row names. Raises `UnreadableFile`."""
    place = folder / path
    if not place.exists():
        raise UnreadableFile("Line {number} of labels.csv names {path}, which is not there.", number=number, path=path)
    inside = sorted((file for file in place.rglob("*") if file.is_file()), key=by_name)
    for file in inside if place.is_dir() else [place]:
        try:
            headers = read_headers(file)
        except CovidViewerError as error:
            if place.is_dir():
                continue
            raise UnreadableFile(
                "Line {number} of labels.csv names {path}: {reason}", number=number, path=path, reason=str(error)
            ) from error
        name = file.relative_to(folder).as_posix()
        for header in headers:
            yield name if len(headers) == 1 else f"{name}#{header.source.frame}", file, header.source.frame
