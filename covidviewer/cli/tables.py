"""How answers leave the program: JSON objects, CSV rows, or lines."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from covidviewer.cli.json_list import JsonList
from covidviewer.cli.output import put
from covidviewer.services.result_table import COLUMNS, Value, bands_of, csv_cells, evidence_of, header, row_of

if TYPE_CHECKING:
    from covidviewer.services.scoring import Answer


class AnswerWriter(Protocol):
    """Takes answers one by one; a context that finishes the output however it is left."""

    def add(self, answer: Answer) -> None:
        """Take one answer."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def writer_of(json: bool, csv: str | None) -> AnswerWriter:
    """The writer for the options of `classify`. Raises `OutputUnwritable` where a table cannot go."""
    if json:
        return JsonAnswers()
    if csv is None:
        return Lines()
    return Table(None) if csv == "-" else Table(Path(csv))


class JsonAnswers:
    """A JSON list of objects on stdout."""

    def __init__(self) -> None:
        self._list = JsonList()

    def add(self, answer: Answer) -> None:
        """Print one object."""
        row: dict[str, Any] = {column.name: column.read(answer) for column in COLUMNS}
        row["opacity_bands"] = bands_of(answer)
        row["evidence"] = evidence_of(answer)
        self._list.add(row)

    def __enter__(self) -> Self:
        self._list.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._list.__exit__(kind, error, trace)


class Lines:
    """One line a slice on stdout: path, status, label, score, reason, with tabs between."""

    def add(self, answer: Answer) -> None:
        """Print one line."""
        result = answer.result
        path = f"{answer.path}#{answer.frame + 1}" if answer.frame else str(answer.path)
        score = "" if result.p_covid is None else f"{result.p_covid:.3f}"
        cells = (path, result.outcome.value, result.label.value if result.label else "", score, result.reason)
        put("\t".join(one_line(cell) for cell in cells) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Table:
    """A CSV file (RFC 4180, UTF-8), or stdout for None. A file is written whole at the end, after Ctrl-C too.

    Raises `OutputUnwritable` at once when the file's folder is missing, or when another file is there.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._rows: list[list[Value]] = []
        if path is not None:
            check_place(path)

    def add(self, answer: Answer) -> None:
        """Keep one row."""
        self._rows.append(csv_cells(row_of(answer), header()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        text = csv_text([list(header()), *self._rows])
        if self._path is None:
            put(text)
            return
        from covidviewer.files import atomic_write

        atomic_write(self._path, text.encode("utf-8", "backslashreplace"))


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
    from covidviewer.files import begins_with, ensure_replaceable

    begin = ",".join(header()[:4]).encode()
    ensure_replaceable(
        path, begins_with(begin), "“{path}” already exists and is not a table of this program; nothing was written."
    )
