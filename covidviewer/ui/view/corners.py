"""The texts in the view's four corners, as data: which line stands where, and what is left when less is wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from covidviewer.texts import N_
from covidviewer.ui.figures import signed
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

LONGEST: Final = 48
"""Characters of one line; longer names end in an ellipsis."""

AGES: Final = {"Y": N_("{n} years"), "M": N_("{n} months"), "W": N_("{n} weeks"), "D": N_("{n} days")}


@dataclass(frozen=True)
class Corners:
    """Lines per corner, first line outermost."""

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A text that may stand in a corner.

    Attributes
    ----------
    keyword
        DICOM keyword; what the settings name it by.
    text
        English name for people.
    right
        It stands on the right, else on the left.
    person
        It leads to the patient, and goes when the patient's text is hidden.
    """

    keyword: str
    text: str
    right: bool = False
    person: bool = False


FIELDS: Final = (
    Field("PatientName", "Patient's name", person=True),
    Field("PatientID", "Patient ID", person=True),
    Field("PatientAge", "Sex and age", person=True),
    Field("SeriesDescription", "Series"),
    Field("BodyPartExamined", "Body part"),
    Field("StudyDescription", "Study"),
    Field("StudyDate", "Study date", right=True),
    Field("Modality", "Modality", right=True),
    Field("Manufacturer", "Manufacturer", right=True),
    Field("ManufacturerModelName", "Scanner", right=True),
    Field("InstitutionName", "Institution", right=True, person=True),
    Field("KVP", "Tube voltage", right=True),
    Field("ConvolutionKernel", "Kernel", right=True),
)
"""In the order in which they stand, from the top."""


def fixed_corners(slice_: Slice, title: str, index: int, count: int, patient: bool, fields: Collection[str]) -> Corners:
    """What does not change while one slice is shown.

    Parameters
    ----------
    patient
        False leaves out whatever leads to the patient.
    fields
        Keywords of `FIELDS` that are wanted.
    """
    wanted = [one for one in FIELDS if one.keyword in fields and (patient or not one.person)]
    where = [tr("Slice {index} of {count}", index=index + 1, count=count)] if count > 1 else []
    if slice_.geometry is not None:
        where.append(tr("Position {mm} mm", mm=signed(slice_.geometry.distance_mm, 1)))
        if slice_.geometry.thickness_mm:
            where.append(tr("Thickness {mm:.2f} mm", mm=slice_.geometry.thickness_mm))
    where.append(f"{slice_.columns} × {slice_.rows}")
    return Corners(
        top_left=kept([field_text(one, slice_, title) for one in wanted if not one.right]),
        top_right=kept([field_text(one, slice_, title) for one in wanted if one.right]),
        bottom_right=tuple(where),
    )


def field_text(field: Field, slice_: Slice, title: str) -> str:
    """What a field says of a slice; '' where its file does not say."""
    labels = slice_.labels
    match field.keyword:
        case "PatientAge":
            return " ".join(filter(None, (labels.get("PatientSex", ""), age(labels.get("PatientAge", "")))))
        case "SeriesDescription":
            return shortened(title)
        case "BodyPartExamined":
            return shortened(labels.get("BodyPartExamined", "").capitalize())
        case "StudyDate":
            return date(labels.get("StudyDate", ""))
        case "Modality":
            return slice_.modality or tr("Image")
        case "KVP":
            return shortened(f"{labels['KVP']} kV") if labels.get("KVP") else ""
        case keyword:
            return shortened(labels.get(keyword, ""))


def kept(lines: list[str]) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line for line in lines if line)


def shortened(text: str) -> str:
    """At most `LONGEST` characters on one line; carets of DICOM names become spaces (PS3.5 6.2.1)."""
    plain = " ".join(text.replace("^", " ").split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def age(text: str) -> str:
    """A DICOM age (PS3.5 6.2, AS: "054Y") in words; other texts as they are."""
    words = AGES.get(text[3:])
    return tr(words, n=int(text[:3])) if words and text[:3].isdecimal() and text.isascii() else shortened(text)


def date(text: str) -> str:
    """A DICOM date (PS3.5 6.2, DA) with dashes; other texts as they are."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else shortened(text)
