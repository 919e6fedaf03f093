"""What installers say of the program: metadata.toml as one frozen value, the version beside it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE = Path(__file__).with_name("metadata.toml")


@dataclass(frozen=True)
class FileType:
    """A kind of file that the program opens by a double click: MIME type, name for people, endings, Apple's type."""

    mime: str
    name: str
    extensions: tuple[str, ...]
    uti: str


@dataclass(frozen=True)
class Metadata:
    """The program as installers name it; `licence` in SPDX's words, `id` as AppStream and Apple want it."""

    name: str
    package: str
    id: str
    version: str
    generic_name: str
    summary: str
    description: str
    publisher: str
    email: str
    copyright: str
    licence: str
    categories: tuple[str, ...]
    keywords: tuple[str, ...]
    paragraphs: tuple[str, ...]
    file_types: tuple[FileType, ...]


@cache
def metadata() -> Metadata:
    """What stands in metadata.toml; a word too many or too few there is a `TypeError`."""
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))
    types = tuple(FileType(**{**one, "extensions": tuple(one["extensions"])}) for one in held.pop("file_types"))
    words: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in held.items()}
    return Metadata(**words, version=version(), file_types=types)


def version() -> str:
    """`covidviewer.__version__`, read and not imported."""
    text = (ROOT / "covidviewer" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("covidviewer/__init__.py names no version")
    return found[1]
