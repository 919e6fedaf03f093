"""Values of DICOM elements as text and numbers, whatever a careless writer put there. Knows no meaning of any."""

from __future__ import annotations

from math import isfinite
from typing import Any

from pydicom.multival import MultiValue


def text(value: object) -> str:
    """Any value as one line of text; several values with backslashes between, as in the file."""
    if value is None:
        return ""
    if isinstance(value, MultiValue | list | tuple):
        return "\\".join(text(part) for part in value)
    return " ".join(str(value).replace("\x00", " ").split())


def several(value: Any) -> list[Any]:
    """The values of an element, none, one or more."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, MultiValue | list | tuple) else [value]


def number(value: Any) -> float | None:
    """The first value as a finite number, or None."""
    values = several(value)
    try:
        found = float(values[0]) if values else None
    except (TypeError, ValueError, OverflowError):
        return None
    return found if found is not None and isfinite(found) else None


def whole(value: Any) -> int | None:
    """The first value as a whole number, cut off after the point, or None."""
    found = number(value)
    return None if found is None else int(found)
