"""Every element of a DICOM file as text, sequences as a tree: what a tag browser shows. Any thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from covidviewer.imaging.dicom.file import FAULTS, dicom_errors, open_dicom
from covidviewer.imaging.dicom.pydicom_api import BaseTag, DataElement, Dataset, MultiValue
from covidviewer.imaging.dicom.values import text
from covidviewer.imaging.limits import HEADER_SECONDS
from covidviewer.imaging.outside import here_or_outside
from covidviewer.texts import N_

MOST_TAGS: Final = 5000
"""Elements and items listed; a volume of thousands of frames has more, and says the same of each."""
LONGEST_VALUE: Final = 1024
"""Characters; the rest is replaced by an ellipsis."""
HIDDEN: Final = "hidden"
IDENTIFYING: Final = frozenset(
    {
        "AccessionNumber",
        "AdmissionID",
        "InstitutionName",
        "InstitutionAddress",
        "InstitutionalDepartmentName",
        "StationName",
        "StudyID",
        "DeviceSerialNumber",
        "FillerOrderNumberImagingServiceRequest",
        "PlacerOrderNumberImagingServiceRequest",
        "RequestedProcedureID",
        "PerformedProcedureStepID",
    }
)
"""Keywords that lead to the patient without being the patient's (from the profile of PS3.15 E.1)."""
FREE_VRS: Final = frozenset({"PN", "LT", "ST", "UT"})
"""Names of persons, and free text in which people write them."""


@dataclass(frozen=True)
class Tag:
    """One element, or one item of a sequence.

    Attributes
    ----------
    tag
        "(0010,0010)"; '' for an item.
    name
        The dictionary's name; "Item 2" for an item, counted from 1.
    vr
        Value representation (PS3.5 6.2); '' for an item.
    value
        One line of text.
    children
        A sequence's items, an item's elements.
    """

    tag: str
    name: str
    vr: str
    value: str
    children: tuple[Tag, ...] = ()


def read_tags(path: Path, patient: bool) -> tuple[Tag, ...]:
    """File meta information and data set of a file, without its pixels, at most `MOST_TAGS`.

    Parameters
    ----------
    path
        A DICOM file.
    patient
        False puts `HIDDEN` for what may name the patient: the patient's group (0010), names of persons, free text,
        private elements, and `IDENTIFYING`.

    Raises
    ------
    UnreadableFile, UnsupportedImage
        See `imaging.dicom.file.open_dicom`.
    """
    return here_or_outside(_file_tags, path, patient, seconds=HEADER_SECONDS)


def _file_tags(path: Path, patient: bool) -> tuple[Tag, ...]:
    dataset = open_dicom(path).dataset
    with dicom_errors(N_("The DICOM header is damaged.")):
        left = iter(range(MOST_TAGS))
        meta = getattr(dataset, "file_meta", None)
        return (*_tags(meta or Dataset(), patient, left), *_tags(dataset, patient, left))


def _tags(dataset: Dataset, patient: bool, left: Iterator[int]) -> tuple[Tag, ...]:
    return tuple(_tag(dataset, tag, patient, left) for tag in sorted(dataset.keys()) if next(left, None) is not None)


def _tag(dataset: Dataset, tag: BaseTag, patient: bool, left: Iterator[int]) -> Tag:
    shown = f"({tag.group:04X},{tag.element:04X})"
    try:
        element = dataset[tag]
        if element.VR == "SQ":
            items = tuple(
                Tag("", f"Item {number}", "", "", _tags(item, patient, left))
                for number, item in enumerate(element.value, start=1)
                if next(left, None) is not None
            )
            return Tag(shown, element.name, "SQ", "", items)
        hidden = not patient and _is_identifying(element)
        return Tag(shown, element.name, str(element.VR), HIDDEN if hidden else _text(element))
    except FAULTS:
        return Tag(shown, "", "", "cannot be read")


def _is_identifying(element: DataElement) -> bool:
    return (
        element.tag.group == 0x0010
        or element.tag.is_private
        or element.VR in FREE_VRS
        or element.keyword in IDENTIFYING
    )


def _text(element: DataElement) -> str:
    value = element.value
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if value is None:
        return ""
    several = value if isinstance(value, MultiValue | list | tuple) else [value]
    words = text("\\".join(str(part) for part in several))
    return words if len(words) <= LONGEST_VALUE else words[: LONGEST_VALUE - 1] + "…"
