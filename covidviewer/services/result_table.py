"""The columns of a table of results: the one place that says what a row holds, and how it is written as CSV.

A new column is a row of `COLUMNS`: the command line and the batch write it, in every form.
"""

from __future__ import annotations

import csv
import io
import math
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.files import begins_with, ensure_replaceable
from covidviewer.imaging.lungs.opacity import OPACITY_BANDS
from covidviewer.texts import N_

if TYPE_CHECKING:
    from covidviewer.services.scoring import FrameResult

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column's id, the type of its cells (which may all be empty), and how one is read off a result."""

    name: str
    kind: type[str | int | float]
    read: Callable[[FrameResult], Value]


def rounded(value: float | None, digits: int = 6) -> float | None:
    """A finite number with so many digits, or None."""
    return None if value is None or not math.isfinite(value) else round(value, digits)


def device_name(frame_result: FrameResult) -> str | None:
    """Engine and device that computed, or None where none did."""
    result = frame_result.result
    return f"{result.engine}: {result.device}" if result.device else None


COLUMNS: Final = (
    Column("path", str, lambda frame_result: str(frame_result.path)),
    Column("frame", int, lambda frame_result: frame_result.frame),
    Column("status", str, lambda frame_result: frame_result.result.outcome.value),
    Column("label", str, lambda frame_result: frame_result.result.label.value if frame_result.result.label else None),
    Column("p_covid", float, lambda frame_result: rounded(frame_result.result.p_covid)),
    Column("logit_covid", float, lambda frame_result: rounded(frame_result.result.logit_covid)),
    Column("ood_score", float, lambda frame_result: rounded(frame_result.result.ood_score)),
    Column("reason", str, lambda frame_result: frame_result.result.reason or None),
    Column("device", str, device_name),
    Column("model_version", str, lambda frame_result: frame_result.result.model_version or None),
    Column("milliseconds", float, lambda frame_result: rounded(frame_result.result.milliseconds, 2)),
    Column(
        "opacity_share",
        float,
        lambda frame_result: rounded(frame_result.result.opacity.share) if frame_result.result.opacity else None,
    ),
    Column(
        "calibration",
        str,
        lambda frame_result: frame_result.result.opacity.calibration if frame_result.result.opacity else None,
    ),
    Column(
        "training_set",
        str,
        lambda frame_result: frame_result.result.training_set.value if frame_result.result.training_set else None,
    ),
)
"""Every column but the bands, in order."""
BAND_COLUMNS: Final = tuple(f"opacity_{band.identity}" for band in OPACITY_BANDS)
"""Shares of the lungs' area, in the order of `OPACITY_BANDS`."""
NAMES: Final = (*(column.name for column in COLUMNS), *BAND_COLUMNS)
"""Of all cells of a row, in order; a CSV table has the note behind them."""
CONSTANT_COLUMNS: Final = 13
"""The first ones have been the same in every version: by them a table of ours is known."""
CSV_HEAD: Final = ",".join(NAMES[:CONSTANT_COLUMNS]).encode()
is_our_csv: Final = begins_with(BOM_UTF8 + CSV_HEAD, CSV_HEAD)
"""Whether a file is a CSV table of this program; may raise OSError."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With which a spreadsheet would take a text for a formula."""


def bands_of(frame_result: FrameResult) -> dict[str, float | None] | None:
    """Share of the lungs' area by the band's id, or None where nothing was measured."""
    opacity = frame_result.result.opacity
    if opacity is None:
        return None
    return {band.identity: rounded(share) for band, share in zip(OPACITY_BANDS, opacity.bands, strict=True)}


def evidence_of(frame_result: FrameResult) -> list[dict[str, float]]:
    """The strongest places of the heat map, see `inference.evidence`; [] without one. For JSON, which holds lists."""
    from covidviewer.inference.evidence import evidence

    return [
        {"x": round(one.x, 2), "y": round(one.y, 2), "log_odds": round(one.log_odds, 4)}
        for one in evidence(frame_result.result)
    ]


def row_of(frame_result: FrameResult) -> dict[str, Value]:
    """All cells by column: `COLUMNS`, then `BAND_COLUMNS`."""
    bands = bands_of(frame_result) or {}
    row: dict[str, Value] = {column.name: column.read(frame_result) for column in COLUMNS}
    return row | {name: bands.get(band.identity) for name, band in zip(BAND_COLUMNS, OPACITY_BANDS, strict=True)}


def write_csv(file: BinaryIO, names: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> None:
    """RFC 4180, UTF-8 with a byte order mark: the columns of these names, then the note.

    Without the mark Excel takes names for Windows-1252. No cell begins like a formula.
    """
    file.write(BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([*names, "note"])
    for row in rows:
        writer.writerow([*(safe(row.get(name)) for name in names), DISCLAIMER])
    text.detach()


def check_table(path: Path, signature: Callable[[Path], bool] = is_our_csv) -> None:
    """Whether a table may be written at `path`, where none or one of ours is. Raises `OutputUnwritable`."""
    ensure_replaceable(
        path, signature, N_("“{path}” already exists and is not a table of this program; nothing was written.")
    )


def safe(value: Value) -> Value:
    """A cell that no spreadsheet computes: texts that begin like a formula get an apostrophe; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
