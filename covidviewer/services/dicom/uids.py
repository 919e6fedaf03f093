"""DICOM unique identifiers (PS3.5 chapter 9): which texts are one, and new ones. Standard library only."""

from __future__ import annotations

import re
import uuid

_UID = re.compile(r"(?=.{1,64}\Z)(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))+\Z")


def is_uid(text: str) -> bool:
    """Whether a text is a UID: digits and dots, at most 64, no leading zeros. Safe as a file's name."""
    return _UID.match(text) is not None


def new_uid() -> str:
    """A UID that nothing else has (PS3.5 B.2)."""
    return f"2.25.{uuid.uuid4().int}"


def lasting_uid(text: str) -> str:
    """A UID that is the same for the same text, everywhere (PS3.5 B.2)."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, text).int}"
