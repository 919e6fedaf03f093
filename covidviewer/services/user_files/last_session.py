"""What was open when the program ended: paths, and the slice and window of each series. One JSON file by the settings.

Knows no Qt. A file that makes no sense is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import math
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from covidviewer.errors import OutputUnwritable
from covidviewer.files import atomic_write, make_folder, read_bounded, set_aside, unwritable

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Series, VoiWindow

LARGEST_FILE: Final = 8_000_000
"""Bytes."""
MOST_BITS: Final = 16
"""Of a table's entries (DICOM PS3.3 C.11.2.1.1)."""


@dataclass(frozen=True)
class SeriesPlace:
    """How a series was looked at.

    Attributes
    ----------
    key
        See `series_key`.
    index
        The slice.
    window
        With its function, name and table; None when the series was never shown.
    inverted
        Bright and dark exchanged by the reader.
    shown
        It was the one in the view.
    """

    key: str
    index: int
    window: VoiWindow | None
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
    told = "\0".join(f"{source.identity} {source.frame}" for source in sources)
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:40]


def read_session(file: Path) -> LastSession:
    """The last session; an empty one when there is none that can be used.

    A series that makes no sense costs itself alone; a file that makes none is set aside.
    """
    try:
        held = json.loads(read_bounded(file, LARGEST_FILE))
        paths = tuple(path for path in held["paths"] if isinstance(path, str))
        places = held.get("series")
    except OSError:
        return LastSession()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        set_aside(file)
        return LastSession()
    found = []
    for one in places if isinstance(places, list) else []:
        with suppress(ValueError, TypeError, KeyError, OverflowError):  # it alone is damaged
            found.append(place(one))
    return LastSession(paths, tuple(found))


def write_session(file: Path, paths: Sequence[Path], series: Sequence[SeriesPlace]) -> None:
    """Keep it; nothing open, no file. Raises `OutputUnwritable`."""
    if not paths:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(file, error) from error
        return
    make_folder(file.parent)
    held = {"paths": [str(path.absolute()) for path in paths], "series": [kept(one) for one in series]}
    content = json.dumps(held).encode()
    if len(content) > LARGEST_FILE:
        raise OutputUnwritable("The list of open files is too long to be saved.")
    atomic_write(file, content)


def kept(one: SeriesPlace) -> dict[str, Any]:
    """JSON types of one series; `place` reads them again."""
    held = asdict(one)
    if one.window is not None and one.window.table is not None:
        held["window"]["table"]["levels"] = b64encode(one.window.table.levels).decode("ascii")
    return held


def place(held: Any) -> SeriesPlace:
    """One series of a file. Raises `ValueError`, `TypeError` or `KeyError` when it makes no sense."""
    window = None if held["window"] is None else window_of(held["window"])
    return SeriesPlace(str(held["key"]), int(held["index"]), window, held["inverted"] is True, held["shown"] is True)


def window_of(held: Any) -> VoiWindow:
    """A series' window. Raises as `place`."""
    from covidviewer.imaging.slices import VoiTable, VoiWindow, WindowFunction

    centre, width, table = float(held["centre"]), float(held["width"]), None
    if not (math.isfinite(centre) and 0 < width < math.inf):
        raise ValueError
    if held["table"] is not None:
        table = VoiTable(b64decode(held["table"]["levels"], validate=True), int(held["table"]["bits"]))
        if not table.levels or len(table.levels) % 2 or not 1 <= table.bits <= MOST_BITS:
            raise ValueError
    return VoiWindow(centre, width, WindowFunction(held["function"]), str(held["name"]), table)
