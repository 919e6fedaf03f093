"""What was open when the program ended: paths, and the slice and window of each series. One JSON file by the settings.

Knows no Qt. A file that makes no sense is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from covidviewer.errors import OutputUnwritable
from covidviewer.services.writing import unwritable, write_whole

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Series

LARGEST_FILE: Final = 8_000_000
"""Bytes."""


@dataclass(frozen=True)
class SeriesPlace:
    """How a series was looked at.

    Attributes
    ----------
    key
        See `series_key`.
    index
        The slice.
    centre, width
        The window in the series' units, or None when it was never shown.
    inverted
        Bright and dark exchanged by the reader.
    shown
        It was the one in the view.
    """

    key: str
    index: int
    centre: float | None
    width: float | None
    inverted: bool
    shown: bool


@dataclass(frozen=True)
class LastSession:
    """`paths` as they were given, and the series that were made of them."""

    paths: tuple[str, ...] = ()
    series: tuple[SeriesPlace, ...] = ()


def series_key(series: Series) -> str:
    """The same for the same files in the same order, wherever they lie; names no patient."""
    sources = (one.source for one in series.headers)
    told = "\0".join(f"{source.identity or source.path.name} {source.frame}" for source in sources)
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:40]


def read_session(file: Path) -> LastSession:
    """The last session; an empty one when there is none that can be used."""
    try:
        with file.open("rb") as stream:
            held = json.loads(stream.read(LARGEST_FILE))
        paths = tuple(path for path in held["paths"] if isinstance(path, str))
        return LastSession(paths, tuple(place(one) for one in held["series"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return LastSession()


def write_session(file: Path, paths: Sequence[Path], series: Sequence[SeriesPlace]) -> None:
    """Keep it; nothing open, no file. Raises `OutputUnwritable`."""
    try:
        if not paths:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(file, error) from error
    held = {"paths": [str(path.absolute()) for path in paths], "series": [asdict(one) for one in series]}
    content = json.dumps(held).encode()
    if len(content) > LARGEST_FILE:
        raise OutputUnwritable("The list of open files is too long to be kept.")
    write_whole(file, content, private=True)


def place(held: Any) -> SeriesPlace:
    """One series of a file. Raises `ValueError`, `TypeError` or `KeyError` when it makes no sense."""
    centre, width = (None if held[name] is None else float(held[name]) for name in ("centre", "width"))
    if (centre is None) != (width is None):
        raise ValueError
    if centre is not None and width is not None and not (math.isfinite(centre) and 0 < width < math.inf):
        raise ValueError
    return SeriesPlace(
        str(held["key"]), int(held["index"]), centre, width, held["inverted"] is True, held["shown"] is True
    )
