"""docs/user-guide.md names keys, menu entries and pictures that there are."""

from __future__ import annotations

import re
from pathlib import Path

from covidviewer.ui.actions import ACTIONS

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = (DOCS / "user-guide.md").read_text(encoding="utf-8")
MOUSE = {"Ctrl", "Space"}


def test_every_key_of_the_guide_is_a_key_of_the_program() -> None:
    written = {key for key in re.findall(r"`([^`\n]+)`", TEXT) if re.fullmatch(r"[\w+,]+", key)} - MOUSE
    assert len(written) > 25
    assert written <= {key for action in ACTIONS for key in action.keys}


def test_every_entry_that_is_named_with_its_key_has_that_key() -> None:
    texts = {key: action.text.replace("&", "").rstrip("…") for action in ACTIONS for key in action.keys}
    named = re.findall(r"\*(?:\w+ > )?([^*]+)\* \(`([^`]+)`\)", re.sub(r"\s+", " ", TEXT))
    assert len(named) > 6
    for entry, key in named:
        assert texts[key].endswith(entry.removeprefix("of ")), (entry, key)


def test_every_picture_is_there() -> None:
    assert all((DOCS / place).is_file() for place in re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT))
