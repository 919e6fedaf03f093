"""The texts in the view's four corners, as data: which line stands where, and what is left when less is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from covidviewer.ui.words import tr

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

LONGEST: Final = 48
"""Characters of one line; longer names end in an ellipsis."""


@dataclass(frozen=True)
class Corners:
    """Lines per corner, first line outermost."""

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()


def fixed_corners(slice_: Slice, title: str, index: int, count: int, patient: bool) -> Corners:
    """What does not change while one slice is shown. `patient` False leaves out whatever names the patient."""
    labels = slice_.labels
    person = [shortened(labels.get(word, "")) for word in ("PatientName", "PatientID")] if patient else []
    age = " ".join(filter(None, (labels.get("PatientSex", ""), labels.get("PatientAge", "")))) if patient else ""
    what = [shortened(title), shortened(labels.get("BodyPartExamined", "").capitalize())]
    when = [
        date(labels.get("StudyDate", "")),
        slice_.modality or tr("Picture"),
        shortened(labels.get("Manufacturer", "")),
    ]
    where = [tr("Slice {index} of {count}", index=index + 1, count=count)] if count > 1 else []
    if slice_.geometry is not None:
        where.append(tr("Position {mm:.1f} mm", mm=slice_.geometry.distance_mm))
        if slice_.geometry.thickness_mm:
            where.append(tr("Thickness {mm:.2f} mm", mm=slice_.geometry.thickness_mm))
    where.append(f"{slice_.columns} × {slice_.rows}")
    return Corners(
        top_left=kept([*person, age, *what]),
        top_right=kept(when),
        bottom_right=tuple(where),
    )


def kept(lines: list[str]) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line for line in lines if line)


def shortened(text: str) -> str:
    """At most `LONGEST` characters on one line; carets of DICOM names become spaces (PS3.5 6.2.1)."""
    plain = " ".join(text.replace("^", " ").split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def date(text: str) -> str:
    """A DICOM date (PS3.5 6.2, DA) with dashes; other texts as they are."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else shortened(text)
