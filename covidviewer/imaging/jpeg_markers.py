"""The markers of a JPEG file (ITU-T T.81 annex B), walked without decoding: what it will cost to decode it."""

from __future__ import annotations

import re

_START_OF_SCAN = 0xDA
_END_OF_IMAGE = 0xD9
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""A marker behind entropy-coded data, in which 0xFF is followed by 0 or a restart marker (B.1.1.5)."""


def number_of_scans(content: bytes) -> int:
    """Scans of the first image; 1 in a baseline JPEG of one component, about ten in a progressive one."""
    found, at = 0, 2
    while (marker := _NEXT.search(content, at)) is not None:
        code, at = content[marker.start() + 1], marker.end()
        if code == _END_OF_IMAGE:
            break
        found += code == _START_OF_SCAN
        at += int.from_bytes(content[at : at + 2], "big")
    return found
