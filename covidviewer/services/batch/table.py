"""What a batch leaves behind: one table in CSV, JSON or Parquet, written whole at the end, and where it may go."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.errors import OutputUnwritable
from covidviewer.files import atomic_file, begins_with, ensure_replaceable
from covidviewer.services.batch.journal import Row
from covidviewer.services.result_table import BAND_COLUMNS, COLUMNS, Value, check_table, is_our_csv, write_csv
from covidviewer.texts import N_

BATCH_COLUMNS: Final[dict[str, type[str | int | float]]] = {
    **{column.name: column.kind for column in COLUMNS},
    **dict.fromkeys(BAND_COLUMNS, float),
    "series": str,
    "sha256": str,
    "heat_map": str,
}
"""Columns and the types of their cells; a CSV file has the note beside them."""
GROUP: Final = 2048
"""Rows that are held at once while a Parquet file is written."""


def write_json(file: BinaryIO, rows: Iterable[Row]) -> None:
    """A list with an object a line."""
    begin = b"[\n"
    for row in rows:
        file.write(begin + json.dumps({name: row.get(name) for name in BATCH_COLUMNS}, allow_nan=False).encode())
        begin = b",\n"
    file.write(b"\n]\n" if begin == b",\n" else b"[]\n")


def write_parquet(file: BinaryIO, rows: Iterable[Row]) -> None:
    """Typed columns; the note is the file's metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {str: pa.string(), int: pa.int32(), float: pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in BATCH_COLUMNS.items()], metadata={"note": DISCLAIMER})
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in grouped(rows):
            columns = {name: [storable(row.get(name)) for row in group] for name in BATCH_COLUMNS}
            writer.write_table(pa.table(columns, schema=schema))


def grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Lists of `GROUP` rows."""
    every = iter(rows)
    while group := list(islice(every, GROUP)):
        yield group


def storable(value: Value) -> Value:
    """A text that UTF-8 can hold: odd bytes of a file name are written out."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


WRITERS: Final[dict[str, Callable[[BinaryIO, Iterable[Row]], None]]] = {
    ".csv": lambda file, rows: write_csv(file, tuple(BATCH_COLUMNS), rows),
    ".json": write_json,
    ".parquet": write_parquet,
}
"""By the end of the output's name."""


def check_output(path: Path) -> None:
    """Whether the table may be written at `path`: known form, folder there, and nothing there that is not ours.

    Raises `OutputUnwritable`, one sentence.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise OutputUnwritable("The output “{path}” must have the extension .csv, .json or .parquet.", path=path)
    if suffix == ".parquet":
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError:
            raise OutputUnwritable(
                "Parquet files need pyarrow, which installers do not include: use .csv, or “pip install "
                "covidviewer[parquet]”."
            ) from None
    check_table(path, SIGNATURES[suffix])


def summary_text(content: dict[str, Any]) -> bytes:
    """The summary's file."""
    return json.dumps({"note": DISCLAIMER} | content, indent=1, allow_nan=False).encode()


def check_summary(path: Path) -> None:
    """Whether the summary may be written at `path`. Raises `OutputUnwritable`."""
    ensure_replaceable(
        path,
        begins_with(summary_text({})[:-2]),
        N_("“{path}” already exists and is not a summary of this program; nothing was written."),
    )


def is_our_parquet(path: Path) -> bool:
    """Whether a Parquet file has our note."""
    return parquet_note(path) == DISCLAIMER


def parquet_note(path: Path) -> str:
    """The note in a Parquet file's metadata; '' for any other file."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        metadata: dict[bytes, Any] = parquet.read_schema(path).metadata or {}
    except pa.ArrowException:
        return ""
    return bytes(metadata.get(b"note", b"")).decode("utf-8", "replace")


SIGNATURES: Final[dict[str, Callable[[Path], bool]]] = {
    ".csv": is_our_csv,
    ".json": begins_with(b'[\n{"path": ', b"[]\n"),
    ".parquet": is_our_parquet,
}
"""By what a table of ours is known, by the end of its name."""


def write_output(path: Path, rows: Iterable[Row]) -> None:
    """Write the table whole, in the place of an older one of ours. Raises `OutputUnwritable`."""
    with atomic_file(path) as file:
        WRITERS[path.suffix.lower()](file, rows)
