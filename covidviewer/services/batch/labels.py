"""What the files of a batch are known to show: from the names of their folders, or from a table of a person."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from covidviewer.errors import Sentence, UnreadableFile
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

MOST_NAMES: Final = 5

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
    return LabelTable(found)


class LabelTable:
    """The labels of a table: called with a file's name, by which or by whose last part it knows the file.

    Parameters
    ----------
    labels
        By name; None where the table's word is not known.
    """

    def __init__(self, labels: Mapping[str, Label | None]) -> None:
        self._labels = labels
        self._used: set[str] = set()

    def __call__(self, file: str) -> Label | None:
        """See `LabelOf`."""
        last = PurePosixPath(file).name
        self._used |= {file, last}
        return self._labels.get(file) or self._labels.get(last)

    @property
    def unused(self) -> tuple[str, ...]:
        """The names that no file so far was asked for by."""
        return tuple(name for name in self._labels if name not in self._used)


def unmatched(names: Sequence[str]) -> Sentence:
    """The sentence for labels of files that are not there."""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
    return Sentence("Labels that match no file ({count}): {names}.", count=len(names), names=shown)
