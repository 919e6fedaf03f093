"""How answers leave the program: JSON objects, CSV rows, or lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from covidviewer.cli.console import json_list, write_stdout
from covidviewer.files import atomic_write, begins_with, ensure_replaceable
from covidviewer.services.result_table import COLUMNS, Value, bands_of, csv_cells, evidence_of, header, row_of

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
        check_place(path)
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
    write_stdout("\t".join(one_line(cell) for cell in cells) + "\n")


@contextmanager
def table(path: Path | None) -> Iterator[WriteAnswer]:
    """A CSV file (RFC 4180, UTF-8), or stdout for None; written whole at the end, after Ctrl-C too.

    Raises `OutputUnwritable`.
    """
    rows: list[list[Value]] = []
    try:
        yield lambda answer: rows.append(csv_cells(row_of(answer), header()))
    finally:
        text = csv_text([list(header()), *rows])
        if path is None:
            write_stdout(text)
        else:
            atomic_write(path, text.encode("utf-8", "backslashreplace"))


def csv_text(rows: list[list[Any]]) -> str:
    """Rows as RFC 4180 has them."""
    import csv
    import io

    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def one_line(text: str) -> str:
    """A text without tabs and line ends."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")


def check_place(path: Path) -> None:
    """Whether a table may be written at `path`. Raises `OutputUnwritable`."""
    begin = ",".join(header()[:4]).encode()
    ensure_replaceable(
        path, begins_with(begin), "“{path}” already exists and is not a table of this program; nothing was written."
    )
