"""Keys that a person chooses: used at once and at the next start, never with two meanings."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from covidviewer.ui.actions.shortcuts import RESERVED, default_keys, differences, keys_in_force, parsed
from covidviewer.ui.actions.table import ACTIONS
from covidviewer.ui.dialogs.keys import KeysDialog
from covidviewer.ui.dialogs.settings import SettingsDialog
from covidviewer.ui.main_window import MainWindow


def opened(window: MainWindow) -> SettingsDialog:
    window.board["settings"].trigger()
    (dialog,) = window.findChildren(SettingsDialog)
    return dialog


def keys_of(window: MainWindow, name: str) -> list[str]:
    return [key.toString() for key in window.board[name].shortcuts()]


@pytest.mark.parametrize("width", [480, 640, 960])
def test_the_keys_page_shows_every_text_whole_at_any_width(shown: MainWindow, width: int, qtbot: QtBot) -> None:
    shown.board["keys"].trigger()
    (dialog,) = shown.findChildren(KeysDialog)
    dialog.resize(width, 500)
    table = dialog.table
    rows = range(table.rowCount())
    qtbot.waitUntil(lambda: all(table.rowHeight(row) >= table.sizeHintForRow(row) for row in rows))
    assert abs(table.columnWidth(1) - table.columnWidth(2)) <= 1
    dialog.close()


def test_no_key_of_the_table_is_reserved() -> None:
    assert not set(RESERVED) & {key for row in ACTIONS for key in row.keys}


@pytest.mark.parametrize(
    "custom",
    [
        {},
        {"invert": "Ctrl+O"},
        {"invert": "Ctrl+O", "fit": "Ctrl+O"},
        {"invert": "Space"},
        {"gone": "Ctrl+J", "invert": "no key; Ctrl+J; Ctrl+J"},
        {"rotate-left": "R", "rotate-right": "L"},
        {row.id: "F7" for row in ACTIONS},
    ],
)
def test_whatever_the_settings_say_no_key_has_two_meanings(custom: dict[str, str]) -> None:
    keys = keys_in_force(custom)
    counted = Counter(itertools.chain.from_iterable(keys.values()))
    assert set(keys) == {row.id for row in ACTIONS}
    assert [key for key, n in counted.items() if n > 1 or key in RESERVED] == []


def test_keys_can_be_exchanged_and_only_differences_are_kept() -> None:
    keys = keys_in_force({"rotate-left": "R", "rotate-right": "L"})
    assert (keys["rotate-left"], keys["rotate-right"]) == (("R",), ("L",))
    assert differences(keys) == {"rotate-left": "R", "rotate-right": "L"}
    assert differences(default_keys()) == {}
    assert parsed("Ctrl+J; F5") == ("Ctrl+J", "F5")
    assert parsed("") == ()


def test_a_new_key_acts_after_ok_and_the_old_one_no_more(shown: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(shown)
    dialog.keys.choose("invert")
    dialog.keys.field.setKeySequence(QKeySequence("Ctrl+J"))
    assert keys_of(shown, "invert") == ["I"]
    dialog.accept()
    assert keys_of(shown, "invert") == ["Ctrl+J"]
    assert "Ctrl+J" in shown.board["invert"].toolTip()
    assert shown.preferences.settings.shortcuts == {"invert": "Ctrl+J"}
    shown.activateWindow()
    QTest.keyClick(shown.view, Qt.Key.Key_I)
    assert not shown.view.scene.inverted
    QTest.keyClick(shown.view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert shown.view.scene.inverted


@pytest.mark.parametrize(("key", "owner"), [("Ctrl+O", "Open files"), ("Space", "The image without heat map")])
def test_a_key_that_is_taken_is_refused_with_both_names(shown: MainWindow, key: str, owner: str) -> None:
    dialog = opened(shown)
    dialog.keys.choose("invert")
    dialog.keys.field.setKeySequence(QKeySequence(key))
    assert owner in dialog.keys.note.text()
    assert "cannot be assigned to “Invert”" in dialog.keys.note.text()
    assert dialog.keys.custom == {}
    dialog.reject()


def test_a_key_that_was_taken_away_can_be_given_to_another_and_all_put_back(shown: MainWindow) -> None:
    dialog = opened(shown)
    dialog.keys.choose("open-files")
    dialog.keys.remove.click()
    dialog.keys.choose("invert")
    dialog.keys.field.setKeySequence(QKeySequence("Ctrl+O"))
    assert dialog.keys.custom == {"open-files": "", "invert": "Ctrl+O"}
    dialog.keys.choose("open-files")
    dialog.keys.usual.click()
    assert "already used by “Invert”" in dialog.keys.note.text()
    dialog.keys.all_usual.click()
    assert dialog.keys.custom == {}
    dialog.reject()


def test_cancel_leaves_the_keys_as_they_were(shown: MainWindow) -> None:
    dialog = opened(shown)
    dialog.keys.choose("invert")
    dialog.keys.remove.click()
    dialog.reject()
    assert keys_of(shown, "invert") == ["I"]
    assert shown.preferences.settings.shortcuts == {}


def test_keys_are_found_by_name_and_by_key(shown: MainWindow) -> None:
    dialog = opened(shown)
    page = dialog.keys
    page.search.setText("ctrl+shift+z")
    left = [row.id for place, row in enumerate(ACTIONS) if not page.table.isRowHidden(place)]
    assert left == ["redo"]
    dialog.reject()
