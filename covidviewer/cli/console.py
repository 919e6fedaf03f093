"""What every command says to the terminal and to other programs: exit codes, answers on stdout, talk on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from covidviewer.errors import OutputUnwritable
from covidviewer.files import os_error_reason

DONE: Final = 0
FAILED: Final = 1
"""Something could not be read, scored for a fault, or written."""
USAGE: Final = 2
INTERRUPTED: Final = 130
"""Ctrl-C, as shells have it: 128 and the signal's number."""


_CODES: Final = (
    *(*range(0x09), *range(0x0A, 0x20), *range(0x7F, 0xA0)),
    *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
)
_CONTROLS: Final = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _CODES}
"""Escapes and what turns the direction of writing: in a file's name they would rule the terminal."""


def printable(text: str) -> str:
    """A text of a file for the terminal, its control characters but tabs written out."""
    return text.translate(_CONTROLS)


def write_stdout(text: str) -> None:
    """Write `text` to stdout at once, with all that is buffered: a full disk or a reader that went away is noticed.

    Raises `OutputUnwritable` with the system's reason; `BrokenPipeError` where whoever read stdout has gone.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise OutputUnwritable("The output cannot be written: {why}.", why=os_error_reason(error)) from error


def abandon_stdout() -> None:
    """Nothing more can be written to stdout: keep the interpreter from complaining about it at the end."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
    except (OSError, ValueError):
        pass


def print_status(*sentences: object) -> None:
    """Sentences for the person, a line each, on stderr; empty ones are left out."""
    for sentence in map(str, sentences):
        if sentence:
            print(printable(sentence), file=sys.stderr, flush=True)


@contextmanager
def json_list() -> Iterator[Callable[[Mapping[str, object]], None]]:
    """A JSON list on stdout that is whole at every end, by Ctrl-C too; gives what prints an item, as a line, at once.

    An item's numbers must be finite.
    """
    begun = reader_has_gone = False

    def add(item: Mapping[str, object]) -> None:
        nonlocal begun
        write_stdout((",\n" if begun else "\n") + json.dumps(item, allow_nan=False))
        begun = True

    write_stdout("[")
    try:
        yield add
    except BrokenPipeError:
        reader_has_gone = True
        raise
    finally:
        if not reader_has_gone:
            write_stdout("\n]\n")


def tell_empty_folders(paths: Iterable[Path]) -> bool:
    """Whether a folder among `paths` holds no files; each is a sentence on stderr."""
    from covidviewer.services.opening import empty_folders

    empty = empty_folders(paths)
    print_status(*empty)
    return bool(empty)
