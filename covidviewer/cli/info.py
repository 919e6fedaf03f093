"""`covidviewer info PATH... [--json]`: what files are, with a checksum of their values to compare readers by."""

from __future__ import annotations

import argparse
import hashlib
import math
from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from covidviewer.cli.common_options import add_paths
from covidviewer.cli.console import DONE, FAILED, json_list, printable, tell_empty_folders, write_stdout
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice
    from covidviewer.services.opening import FoundFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and in which form."""
    add_paths(parser)
    parser.add_argument("--json", action="store_true", help="print a list of objects instead of lines")


def run(options: argparse.Namespace) -> int:
    """Print one object or line a file; 1 when one could not be read or a folder held none."""
    from covidviewer.imaging.slices import Unread
    from covidviewer.services.opening import find_files

    code = DONE
    with json_list() if options.json else nullcontext(print_line) as show:
        for found in find_files(options.paths):
            row = {"path": str(found.path), "error": found.reason} if isinstance(found, Unread) else described(found)
            code = FAILED if "error" in row else code
            show(row)
    return FAILED if tell_empty_folders(options.paths) else code


def described(found: FoundFile) -> dict[str, Any]:
    """What `info` says of a picture file."""
    try:
        slice_ = found.read(0)
    except CovidViewerError as error:
        return {"path": str(found.path), "error": str(error)}
    header = found.headers[0]
    return {
        "path": str(found.path),
        "kind": slice_.source.kind.value,
        "modality": slice_.modality or None,
        "rows": slice_.rows,
        "columns": slice_.columns,
        "frames": len(found.headers),
        "transfer_syntax": header.transfer_syntax or None,
        "series_uid": header.series_uid or None,
        "spacing_mm": list(slice_.spacing_mm) if slice_.spacing_mm else None,
        "photometric": slice_.labels.get("PhotometricInterpretation"),
        "values": values_of(slice_),
        **({"notes": list(slice_.notes)} if slice_.notes else {}),
    }


def values_of(slice_: Slice) -> dict[str, float | str | None]:
    """Least, largest and mean value, and the SHA-256 of the values as little-endian float64 in C order."""
    import numpy as np

    values, digest = slice_.values, hashlib.sha256()
    for row in values:  # one at a time: as float64 a large picture takes half a gigabyte
        digest.update(np.ascontiguousarray(row, dtype="<f8"))
    return {
        "min": finite(float(values.min())),
        "max": finite(float(values.max())),
        "mean": finite(values.mean(dtype=np.float64)),
        "sha256": digest.hexdigest(),
    }


def finite(value: float) -> float | None:
    """A number that JSON knows; NaN and infinities are None."""
    return float(value) if math.isfinite(value) else None


def print_line(row: Mapping[str, Any]) -> None:
    """One line on stdout."""
    write_stdout(f"{printable(line(row))}\n")


def line(row: Mapping[str, Any]) -> str:
    """The row for a person's eye."""
    if "error" in row:
        return f"{row['path']}: {row['error']}"
    parts = [row["kind"], row["modality"], f"{row['columns']} x {row['rows']}"]
    if row["frames"] > 1:
        parts.append(f"{row['frames']} frames")
    if row["spacing_mm"]:
        parts.append(f"{row['spacing_mm'][0]:.4g} x {row['spacing_mm'][1]:.4g} mm")
    values = row["values"]
    parts.append(f"values {values['min']:g} to {values['max']:g}" if values["min"] is not None else "values not finite")
    described = f"{row['path']}: {', '.join(part for part in parts if part)}"
    return " ".join((f"{described}.", *row["notes"])) if "notes" in row else described
