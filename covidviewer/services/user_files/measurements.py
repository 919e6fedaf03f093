"""Measurements and key images kept between two starts: one small JSON file a slice, in a folder beside the settings.

A file is named for a hash of the slice's identity, so that the folder names no patient and no study. Knows no Qt. Any
thread; two threads must not write one slice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from covidviewer.files import atomic_write, make_folder, os_error_reason, read_bounded, set_aside, unwritable
from covidviewer.services.user_files.settings import settings_path

if TYPE_CHECKING:
    from covidviewer.imaging.slices import SliceHeader

log = logging.getLogger(__name__)

VERSION: Final = 1
LARGEST_FILE: Final = 1_000_000
"""Bytes; more are not read, and what is cut off there is damaged."""
POINTS: Final = {
    "distance": (2, 2),
    "angle": (3, 3),
    "cobb": (4, 4),
    "ellipse": (2, 2),
    "rectangle": (2, 2),
    "freehand": (3, 5000),
}
"""How many points each kind of mark has, at least and at most."""


@dataclass(frozen=True)
class Mark:
    """One measurement as it is stored.

    `kind` is one of `POINTS`; `points` are (x, y) in image pixels, edges at whole numbers.
    """

    kind: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class SliceNotes:
    """What a person left on a slice: measurements, and whether it is a key image."""

    marks: tuple[Mark, ...] = ()
    key_image: bool = False


def measurement_folder(settings_file: Path | None = None) -> Path:
    """Beside the settings file (None: the user's own); it need not exist."""
    return (settings_file or settings_path()).parent / "measurements"


def file_names(headers: Sequence[SliceHeader]) -> tuple[str, ...]:
    """The file's name for each slice of a series.

    The identity is the SOP Instance UID, or the file's hash, with the frame. Where careless anonymisers gave one UID to
    several slices of the series, the file's name tells them apart.
    """
    shared = Counter((one.source.identity, one.source.frame) for one in headers)
    names = []
    for header in headers:
        source = header.source
        parts = [source.identity, str(source.frame)]
        if shared[source.identity, source.frame] > 1:
            parts.append(source.path.name)
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
        names.append(f"{digest[:40]}.json")
    return tuple(names)


def read_notes(file: Path) -> SliceNotes:
    """What is kept of one slice; nothing when there is no file.

    A measurement that makes no sense costs itself alone. A damaged file is set aside, with a line in the log.
    """
    try:
        held = json.loads(read_bounded(file, LARGEST_FILE))
        key_image, kept = held.get("key_image") is True, list(held["measurements"])
    except FileNotFoundError:
        return SliceNotes()
    except OSError as error:
        log.warning("Measurements cannot be read: %s", os_error_reason(error))
        return SliceNotes()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        set_aside(file)
        return SliceNotes()
    marks = []
    for one in kept:
        with suppress(ValueError, TypeError, KeyError, OverflowError):
            marks.append(mark(one))
    if len(marks) < len(kept):
        set_aside(file, keep=True)
    return SliceNotes(tuple(marks), key_image)


def write_notes(file: Path, notes: SliceNotes) -> None:
    """Keep these; nothing to keep, no file. Raises `OutputUnwritable`."""
    if notes == SliceNotes():
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(file, error) from error
        return
    make_folder(file.parent)
    marks = [{"kind": one.kind, "points": one.points} for one in notes.marks]
    held = {"version": VERSION, "measurements": marks, "key_image": notes.key_image}
    atomic_write(file, json.dumps(held).encode())


def mark(held: Any) -> Mark:
    """One mark of a file. Raises `ValueError`, `TypeError` or `KeyError` when it makes no sense."""
    points = tuple((float(x), float(y)) for x, y in held["points"])
    least, most = POINTS[held["kind"]]
    if not least <= len(points) <= most or not all(math.isfinite(number) for point in points for number in point):
        raise ValueError
    return Mark(held["kind"], points)
