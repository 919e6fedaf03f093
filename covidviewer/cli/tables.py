"""How results leave the program: JSON objects, CSV rows, or lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from covidviewer.cli.console import json_list, printable, write_stdout
from covidviewer.files import atomic_file
from covidviewer.services.result_table import (
    COLUMNS,
    NAMES,
    Value,
    bands_of,
    check_table,
    evidence_of,
    row_of,
    write_csv,
)

if TYPE_CHECKING:
    from covidviewer.services.scoring import FrameResult


WriteFrameResult = Callable[["FrameResult"], None]


def frame_result_writer(json: bool, csv: str | None) -> AbstractContextManager[WriteFrameResult]:
    """The writer for the options of `classify`: a context that gives what takes one result, and ends the output whole.

    Raises `OutputUnwritable` at once where a table cannot go.
    """
    if json:
        return json_frame_results()
    if csv is None:
        return nullcontext(print_line)
    path = None if csv == "-" else Path(csv)
    if path is not None:
        check_table(path)
    return table(path)


@contextmanager
def json_frame_results() -> Iterator[WriteFrameResult]:
    """A JSON list of objects on stdout."""
    with json_list() as add:
        yield lambda frame_result: add(json_row(frame_result))


def json_row(frame_result: FrameResult) -> dict[str, Any]:
    """The object of one result."""
    row: dict[str, Any] = {column.name: column.read(frame_result) for column in COLUMNS}
    row["opacity_bands"] = bands_of(frame_result)
    row["evidence"] = evidence_of(frame_result)
    return row


def print_line(frame_result: FrameResult) -> None:
    """One line on stdout: path, status, label, score, reason, with tabs between."""
    result = frame_result.result
    path = f"{frame_result.path}#{frame_result.frame + 1}" if frame_result.frame else str(frame_result.path)
    score = "" if result.p_covid is None else f"{result.p_covid:.3f}"
    cells = (path, result.outcome.value, result.label.value if result.label else "", score, result.reason)
    write_stdout(printable("\t".join(one_line(cell) for cell in cells)) + "\n")


@contextmanager
def table(path: Path | None) -> Iterator[WriteFrameResult]:
    """A CSV file (RFC 4180, UTF-8), or stdout for None; written whole at the end, after Ctrl-C too.

    The file begins with a byte order mark, without which Excel takes the names in it for Windows-1252.

    Raises `OutputUnwritable`.
    """
    rows: list[dict[str, Value]] = []
    try:
        yield lambda frame_result: rows.append(row_of(frame_result))
    finally:
        if path is None:
            buffer = BytesIO()
            write_csv(buffer, NAMES, rows)
            write_stdout(buffer.getvalue().decode("utf-8-sig"))
        else:
            with atomic_file(path) as file:
                write_csv(file, NAMES, rows)


def one_line(text: str) -> str:
    """A text without tabs and line ends."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")
