"""The tables: ids unique, everything they name is there, keys do not clash, colours can be read."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from covidviewer.imaging.lungs.opacity import OPACITY_BANDS
from covidviewer.paths import resource_folder
from covidviewer.ui.actions.shortcuts import default_keys
from covidviewer.ui.actions.table import (
    ACTIONS,
    CUSTOM_PRESET_IDS,
    CUSTOM_PRESETS,
    MENUS,
    NO_ACTIONS,
    TOOL_BAR,
    TOOLS,
    WORDED,
    by_id,
)
from covidviewer.ui.dialogs.keys import key_rows
from covidviewer.ui.main_window import MENU_ENTRIES, MainWindow
from covidviewer.ui.theme.sheet import style_sheet
from covidviewer.ui.theme.tokens import DARK, LIGHT, Tokens, contrast
from covidviewer.ui.view.layers import INK
from covidviewer.ui.view.painting import MEASURE_COLOUR, MODEL_COLOUR
from covidviewer.ui.view.tissue import BAND_COLOURS
from covidviewer.ui.view.voi_presets import preset

CONTROLS = resource_folder("icons") / "controls"


def test_action_ids_and_keys_are_unique() -> None:
    ids = Counter(action.id for action in ACTIONS)
    keys = Counter(key for action in ACTIONS for key in action.keys)
    assert [name for name, n in ids.items() if n > 1] == []
    assert [key for key, n in keys.items() if n > 1] == []


def test_menus_and_tool_bar_name_actions_that_are_there() -> None:
    named = [entry for _, entries in MENUS for entry in entries] + [*TOOL_BAR, *WORDED, *MENU_ENTRIES]
    for entry in named:
        if entry not in NO_ACTIONS:
            assert by_id(entry).id == entry


def test_every_action_can_be_reached_from_a_menu() -> None:
    reached = {entry for _, entries in MENUS for entry in entries} | set(CUSTOM_PRESET_IDS)
    assert any(CUSTOM_PRESETS in entries for _, entries in MENUS)
    assert {action.id for action in ACTIONS} <= reached


def test_every_icon_is_there_and_none_is_left_over_without_a_drawing() -> None:
    folder = resource_folder("icons")
    for action in ACTIONS:
        if action.icon:
            assert (folder / f"{action.icon}.svg").is_file(), action.icon
    for file in folder.glob("*.svg"):
        assert "currentColor" in file.read_text(encoding="utf-8") or file.stem == "covidviewer", file.name


def test_every_action_of_the_table_is_bound_and_bears_its_keys(window: MainWindow) -> None:
    for action in ACTIONS:
        made = window.board[action.id]
        assert [key.toString() for key in made.shortcuts()] == list(action.keys)


def test_the_keys_page_shows_every_key() -> None:
    page = " ".join(keys for _, _, keys in key_rows(default_keys()))
    for action in ACTIONS:
        for key in action.keys:
            assert key in page, key


@pytest.mark.parametrize(("name", "width", "centre"), [
    ("lung", 1500, -600), ("mediastinum", 400, 40), ("bone", 2000, 350), ("abdomen", 400, 50), ("emphysema", 500, -850),
])  # fmt: skip
def test_presets_have_the_numbers_that_the_menu_says(name: str, width: float, centre: float) -> None:
    window = preset(name)
    assert (window.width, window.centre) == (width, centre)
    assert f"{width} / {centre}" in by_id(f"window-{name}").text


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_words_can_be_read_on_every_ground(tokens: Tokens) -> None:
    inks = (tokens.text, tokens.muted, tokens.accent, tokens.model, tokens.warning)
    for ink, ground in itertools.product(inks, (tokens.panel, tokens.raised, tokens.sunken, tokens.field)):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    for ink in (tokens.text, tokens.warning, tokens.accent):
        assert contrast(ink, tokens.model_soft) >= 4.5, ink


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_fields_ticks_marks_and_the_keyboards_place_can_be_seen(tokens: Tokens) -> None:
    drawn = set(re.findall("#[0-9a-f]{6}", "".join(file.read_text() for file in CONTROLS.glob("*.svg"))))
    assert len(drawn) == 2
    for colour, ground in itertools.product(drawn, (tokens.raised, tokens.field)):
        assert contrast(colour, ground) >= 3, (colour, ground)
    for colour, ground in itertools.product((tokens.edge, tokens.focus, tokens.model), (tokens.panel, tokens.field)):
        assert contrast(colour, ground) >= 3, (colour, ground)


@pytest.mark.parametrize("ink", [INK.name(), MODEL_COLOUR.name(), MEASURE_COLOUR.name()])
def test_what_is_drawn_on_the_picture_can_be_read_on_black_and_on_its_shadow(ink: str) -> None:
    assert contrast(ink, "#000000") >= 4.5
    assert contrast(ink, "#282828") >= 4.5  # white under SHADOW, which lets 40 of 255 through


def test_the_style_sheet_follows_the_desktops_font_size() -> None:
    assert "font-size: 10.0pt" in style_sheet(DARK, 10, resource_folder("icons"))
    assert "font-size: 15.0pt" in style_sheet(DARK, 15, resource_folder("icons"))


def test_the_style_sheet_names_files_that_are_there() -> None:
    for name in re.findall(r'url\("(.+?)"\)', style_sheet(DARK, 10, resource_folder("icons"))):
        assert Path(name).is_file(), name


def test_every_opacity_band_has_a_colour() -> None:
    assert {band.identity for band in OPACITY_BANDS} == set(BAND_COLOURS)


def test_every_tool_of_the_menu_can_be_held(shown: MainWindow) -> None:
    held = []
    for name in TOOLS:
        shown.board[name].trigger()
        held.append(shown.view._tool)
        assert [other for other in TOOLS if shown.board[other].isChecked()] == [name]
    assert len({type(tool) for tool in held}) == len(TOOLS) - 1, "ellipse and rectangle are one class"
