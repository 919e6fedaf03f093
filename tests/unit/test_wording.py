"""Nothing that people read uses a phrase that the glossary refuses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.code_texts import docstrings
from tests.unit.doc_pages import PAGES, ROOT, without_code

GLOSSARY = ROOT / "docs" / "glossary.md"
MADE_BY_CODE = re.compile(r"<!-- (\w+):begin -->.*?<!-- \1:end -->", re.DOTALL)
READ = [page for page in PAGES if page.name not in ("glossary.md", "model-card.md")]
"""The pages that are written by hand; the glossary itself has to name what it refuses."""
CODE = sorted(
    file
    for folder in ("covidviewer", "installer")
    for file in (ROOT / folder).rglob("*.py")
    if "build" not in file.parts
)
NOT_A_NOUN = re.compile(r"\bis no (?!longer\b|more\b)", re.IGNORECASE)
""" "Is no folder", where English says "is not a folder"."""
THERE_IS_NO = re.compile(r"\bthere is no\b", re.IGNORECASE)
WIDTH = 120


def refused_phrases() -> list[str]:
    """The phrases in code type in the glossary's third column."""
    rows = re.findall(r"^\|[^|]*\|[^|]*\|([^|]*)\|$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return [phrase for row in rows for phrase in re.findall(r"`([^`]+)`", row)]


REFUSED = refused_phrases()


def faults(text: str) -> list[str]:
    """The refused phrases in a text, as they are found."""
    text = re.sub(r"\s+", " ", text)
    found = [phrase for phrase in REFUSED if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)]
    return found + NOT_A_NOUN.findall(THERE_IS_NO.sub("", text))


def texts_of(file: Path) -> Iterator[tuple[int, str]]:
    """The line and text of every string of a module with more than one word that is not a docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    left_out = set(docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def test_the_glossary_refuses_phrases() -> None:
    assert len(REFUSED) > 30
    assert "graphics processor" in REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "The graphics processor computed wrong values.",
        "“x” is no folder.",
        "“x” is there already.",
        "The setting is as it comes.",
        "The same command\ngoes on.",
        "20 ms a slice",
    ],
)
def test_a_refused_phrase_is_found(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("text", ["There is no GPU.", "The file is no longer there.", "“x” is not a folder."])
def test_plain_english_is_not_refused(text: str) -> None:
    assert not faults(text)


@pytest.mark.parametrize("page", READ, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_uses_a_refused_phrase(page: Path) -> None:
    text = MADE_BY_CODE.sub("", page.read_text(encoding="utf-8"))
    assert not faults(without_code(text))


def test_no_text_of_the_program_uses_a_refused_phrase() -> None:
    found = [(file.name, line, faults(text)) for file in CODE for line, text in texts_of(file) if faults(text)]
    assert not found


@pytest.mark.parametrize("page", [*READ, GLOSSARY], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_lines_of_a_page_are_wrapped_outside_of_tables(page: Path) -> None:
    text = MADE_BY_CODE.sub("", page.read_text(encoding="utf-8"))
    assert not [line for line in text.splitlines() if len(line) > WIDTH and not line.startswith("|")]
