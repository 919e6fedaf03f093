"""How answers leave the program: JSON objects, CSV rows, or lines."""

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
    from covidviewer.services.scoring import Answer


WriteAnswer = Callable[["Answer"], None]


def answer_writer(json: bool, csv: str | None) -> AbstractContextManager[WriteAnswer]:
    """The writer for the options of `classify`: a context that gives what takes one answer, and ends the output whole.

    Raises `OutputUnwritable` at once where a table cannot go.
    """
    if json:
        return json_answers()
    if csv is None:
        return nullcontext(print_line)
    path = None if csv == "-" else Path(csv)
    if path is not None:
        check_table(path)
    return table(path)


@contextmanager
def json_answers() -> Iterator[WriteAnswer]:
    """A JSON list of objects on stdout."""
    with json_list() as add:
        yield lambda answer: add(json_row(answer))


def json_row(answer: Answer) -> dict[str, Any]:
    """The object of one answer."""
    row: dict[str, Any] = {column.name: column.read(answer) for column in COLUMNS}
    row["opacity_bands"] = bands_of(answer)
    row["evidence"] = evidence_of(answer)
    return row


def print_line(answer: Answer) -> None:
    """One line on stdout: path, status, label, score, reason, with tabs between."""
    result = answer.result
    path = f"{answer.path}#{answer.frame + 1}" if answer.frame else str(answer.path)
    score = "" if result.p_covid is None else f"{result.p_covid:.3f}"
    cells = (path, result.outcome.value, result.label.value if result.label else "", score, result.reason)
    write_stdout(printable("\t".join(one_line(cell) for cell in cells)) + "\n")


@contextmanager
def table(path: Path | None) -> Iterator[WriteAnswer]:
    """A CSV file (RFC 4180, UTF-8), or stdout for None; written whole at the end, after Ctrl-C too.

    The file begins with a byte order mark, without which Excel takes the names in it for Windows-1252.

    Raises `OutputUnwritable`.
    """
    rows: list[dict[str, Value]] = []
    try:
        yield lambda answer: rows.append(row_of(answer))
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
