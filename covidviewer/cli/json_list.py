"""A JSON list on stdout that is whole at every end: each item is a line, written as soon as it is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from covidviewer.cli.output import put


class JsonList:
    """Prints "[", the items, and "]" on leaving, also when leaving by Ctrl-C. `silent` prints nothing at all."""

    def __init__(self, silent: bool = False) -> None:
        self._silent = silent
        self._begun = False

    def __enter__(self) -> Self:
        if not self._silent:
            put("[")
        return self

    def add(self, item: Mapping[str, object]) -> None:
        """Print one item; its numbers must be finite."""
        if not self._silent:
            put((",\n" if self._begun else "\n") + json.dumps(item, allow_nan=False))
        self._begun = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._silent and not isinstance(error, BrokenPipeError):
            put("\n]\n")
