"""What the files of a batch are known to show: from the names of their folders, or from a table of a person."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from covidviewer.errors import UnreadableFile
from covidviewer.files import os_error_reason
from covidviewer.inference.results import Label

NAMES: Final[Mapping[str, Label]] = {
    "covid": Label.COVID,
    "ctcovid": Label.COVID,
    "positive": Label.COVID,
    "noncovid": Label.NON_COVID,
    "notcovid": Label.NON_COVID,
    "nocovid": Label.NON_COVID,
    "ctnoncovid": Label.NON_COVID,
    "negative": Label.NON_COVID,
    "normal": Label.NON_COVID,
}
"""What a folder or a cell of a table may be called, by its letters alone: "COVID-19", "Non_COVID", "CT_NonCOVID"."""

LabelOf = Callable[[str], Label | None]
"""The known label of a file by its name relative to the folder, or None."""


def label_named(name: str) -> Label | None:
    """The label that a name says, or None."""
    return NAMES.get("".join(letter for letter in name.casefold() if letter.isalpha()))


def label_of_folders(file: str) -> Label | None:
    """The label that the nearest folder with such a name gives."""
    named = (label_named(folder) for folder in reversed(PurePosixPath(file).parts[:-1]))
    return next((label for label in named if label is not None), None)


def labels_of_table(path: Path) -> LabelOf:
    """Labels from a CSV table with the columns "path" (relative to the folder, or a file name) and "label".

    Raises `UnreadableFile`, one sentence.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            if not {"path", "label"} <= set(reader.fieldnames or ()):
                raise UnreadableFile("“{path}” does not have the columns “path” and “label”.", path=path)
            found = {row["path"].replace("\\", "/"): label_named(row["label"] or "") for row in reader if row["path"]}
    except OSError as error:
        raise UnreadableFile("“{path}” cannot be read: {why}.", path=path, why=os_error_reason(error)) from error
    except (UnicodeDecodeError, csv.Error):
        raise UnreadableFile("“{path}” is not a UTF-8 CSV file.", path=path) from None
    if not any(found.values()):
        raise UnreadableFile("“{path}” contains neither the label COVID nor non-COVID.", path=path)
    return lambda file: found.get(file) or found.get(PurePosixPath(file).name)
