"""The user guide names keys and menu entries that there are, and shows every picture of the tour."""

from __future__ import annotations

import re
from pathlib import Path

from covidviewer.ui.actions.table import ACTIONS
from tests.gui.tour.sights import GUIDE

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = [DOCS / "index.md", DOCS / "user-guide.md", *sorted((DOCS / "guide").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
NO_KEYS = {
    "Ctrl",
    "Space",
    "Shift",
    "Alt",
    "Tab",
    "Esc",
    "COVID",
    "path",
    "label",
    "batch",
    "classify",
    "dicom",
    "evidence",
    "receive",
}
"""What stands in code type and is no key of the table: of the mouse's gestures, of any window, of the terminal."""


def test_every_key_of_the_guide_is_a_key_of_the_program() -> None:
    written = {key for key in re.findall(r"`([^`\n]+)`", TEXT) if re.fullmatch(r"[\w+,]+", key)} - NO_KEYS
    assert len(written) > 50
    assert written <= {key for action in ACTIONS for key in action.keys}


def test_every_entry_that_is_named_with_its_key_has_that_key() -> None:
    texts = {key: action.text.replace("&", "").rstrip("…") for action in ACTIONS for key in action.keys}
    named = re.findall(r"\*(?:\w+ > )?([^*]+)\* \(`([^`]+)`\)", re.sub(r"\s+", " ", TEXT))
    assert len(named) > 15
    for entry, key in named:
        assert texts[key].endswith(entry.removeprefix("of ")), (entry, key)


def test_the_guide_shows_every_picture_that_the_tour_makes_for_it_and_no_other() -> None:
    shown = {Path(place).name for place in re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT)}
    assert shown == {f"{name}.png" for name in GUIDE}
    assert shown == {file.name for file in (DOCS / "images").glob("*.png")}


def test_the_pictures_are_few_and_small() -> None:
    assert sum(file.stat().st_size for file in (DOCS / "images").iterdir()) < 4e6
