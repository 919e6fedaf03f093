"""What a report's part is made of: text, tables, figures. The page is written from these blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from training.reporting.items import Part


@dataclass(frozen=True)
class Text:
    """A paragraph; `code` keeps it as it is typed."""

    words: str
    code: bool = False
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first being the header."""

    rows: Sequence[Sequence[str]]
    caption: str
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Figure:
    """A PNG picture; `name` is its file name without the ending."""

    name: str
    png: bytes
    caption: str
    kind: str = field(default="figure", init=False)


Block = Text | Table | Figure


@dataclass(frozen=True)
class Section:
    """One part with its blocks; there is at least one."""

    part: Part
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError(f"the report's part {self.part.anchor} is empty")
