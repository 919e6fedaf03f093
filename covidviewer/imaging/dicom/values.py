"""Values of DICOM elements as text and numbers, whatever a careless writer put there. Knows no meaning of any."""

from __future__ import annotations

import re
from functools import cache
from math import isfinite
from typing import Any

from covidviewer.imaging.dicom.pydicom_api import (
    BaseTag,
    Dataset,
    MultiValue,
    RawDataElement,
    Tag,
    dictionary_VR,
    tag_for_keyword,
)

_SHORT_TEXTS = frozenset({"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "SH", "TM", "UI"})
"""Value representations (PS3.5 section 6.2) that are text with backslashes between the values."""
_SHORT_BYTES = 2
_ESCAPE = b"\x1b"
_DESIGNATION = re.compile("\x1b[\x20-\x2f]*[\x30-\x7e]?")
"""An escape that changes the character set (ISO/IEC 2022; PS3.3 C.12.1.1.2), where pydicom leaves it in the words."""


def value_of(dataset: Dataset, keyword: str) -> Any:
    """An element's value, or None: as pydicom gives it, but short texts, and numbers in text, as `str` or `list[str]`.

    pydicom converts a value when it is first asked for, 10 to 20 us each, which was half of the time of reading a
    header. ASCII needs none: all character sets of PS3.3 C.12.1.1.2 read it alike unless an escape changes the set.
    """
    tag = _tag(keyword)
    element: Any = dataset.get_item(tag)
    if element is None:
        return None
    if isinstance(element, RawDataElement):
        value, vr = element.value, element.VR or dictionary_VR(tag)
        if isinstance(value, bytes):
            if vr in _SHORT_TEXTS and value.isascii() and _ESCAPE not in value:
                words = value.decode("ascii").rstrip(" \x00")
                return words.split("\\") if "\\" in words else words
            if vr == "US" and len(value) == _SHORT_BYTES:
                return int.from_bytes(value, "little" if element.is_little_endian else "big")
        element = dataset[tag]
    return element.value


@cache
def _tag(keyword: str) -> BaseTag:
    found = tag_for_keyword(keyword)
    if found is None:
        raise ValueError(f"{keyword} is not in the data dictionary of PS3.6")
    return Tag(found)


def text(value: object) -> str:
    """Any value as one line of text; several values with backslashes between, as in the file, escapes left out."""
    if value is None:
        return ""
    if isinstance(value, MultiValue | list | tuple):
        return "\\".join(text(part) for part in value)
    return " ".join(_DESIGNATION.sub("", str(value)).replace("\x00", " ").split())


def several(value: Any) -> list[Any]:
    """The values of an element, none, one or more."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, MultiValue | list | tuple) else [value]


def number(value: Any) -> float | None:
    """The first value as a finite number, or None; a decimal comma, which PS3.5 6.2 forbids, is a point."""
    values = several(value)
    try:
        first = values[0] if values else None
        found = None if first is None else float(first.replace(",", ".") if isinstance(first, str) else first)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found is not None and isfinite(found) else None


def whole(value: Any) -> int | None:
    """The first value as a whole number, cut off after the point, or None."""
    found = number(value)
    return None if found is None else int(found)
