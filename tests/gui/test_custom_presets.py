"""Width and level as numbers, a person's own windows, and the tool at the start."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Series, VoiWindow
from covidviewer.services.user_files.settings import WindowPreset
from covidviewer.ui.actions.custom_presets import MOST
from covidviewer.ui.actions.table import TOOLS
from covidviewer.ui.dialogs.settings import SettingsDialog
from covidviewer.ui.dialogs.window_level import WindowLevelDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from tests.gui.conftest import show
from tests.gui.made_up_model import MadeUpModel


def opened(window: MainWindow) -> WindowLevelDialog:
    window.board["window-typed"].trigger()
    (dialog,) = window.findChildren(WindowLevelDialog)
    return dialog


def own_menu(window: MainWindow) -> QMenu:
    (menu,) = (one for one in window.findChildren(QMenu) if one.title() == "&Custom presets")
    return menu


def test_numbers_that_are_typed_are_the_window_and_the_window_is_in_the_numbers(shown: MainWindow) -> None:
    dialog = opened(shown)
    assert (dialog.width_.value(), dialog.level.value()) == (1500, -600)
    dialog.width_.setValue(321.5)
    dialog.level.setValue(-45)
    assert shown.view.scene.window == VoiWindow(-45.0, 321.5)
    shown.board["window-bone"].trigger()
    assert (dialog.width_.value(), dialog.level.value()) == (2000, 350)
    dialog.close()


def test_an_own_window_is_kept_used_from_the_menu_and_removed(shown: MainWindow) -> None:
    dialog = opened(shown)
    assert not dialog.keep.isEnabled()
    dialog.width_.setValue(150)
    dialog.level.setValue(60)
    dialog.name.setText("Liver & co")
    dialog.keep.click()
    assert shown.preferences.settings.presets == (WindowPreset("Liver & co", 60.0, 150.0),)
    shown.board["window-lung"].trigger()
    (entry,) = own_menu(shown).actions()
    assert entry.text() == "Liver && co 150 / 60"
    entry.trigger()
    assert shown.view.scene.window is not None
    assert (shown.view.scene.window.centre, shown.view.scene.window.width) == (60, 150)
    dialog.list.setCurrentRow(0)
    dialog.remove.click()
    assert not shown.custom_presets.presets
    assert not own_menu(shown).isEnabled()
    dialog.close()


def test_a_level_below_zero_has_a_true_minus_sign_and_the_name_stays_as_it_was_typed(shown: MainWindow) -> None:
    dialog = opened(shown)
    shown.custom_presets.change((WindowPreset("Air-ways", -600.5, 1500.0),))
    assert dialog.list.item(0).text() == "Air-ways 1500 / \N{MINUS SIGN}600.5"
    dialog.close()


def test_the_first_three_own_windows_have_keys_and_follow_their_order(shown: MainWindow) -> None:
    for name, centre in (("One", 1.0), ("Two", 2.0), ("Three", 3.0), ("Four", 4.0)):
        shown.custom_presets.keep(name, centre, 100.0)
    for key, centre in ((Qt.Key.Key_7, 1), (Qt.Key.Key_9, 3), (Qt.Key.Key_8, 2)):
        QTest.keyClick(shown.view, key)
        assert shown.view.scene.window is not None
        assert shown.view.scene.window.centre == centre
    assert [entry.text().split()[0] for entry in own_menu(shown).actions()] == ["One", "Two", "Three", "Four"]
    shown.custom_presets.remove("One")
    QTest.keyClick(shown.view, Qt.Key.Key_9)
    assert shown.view.scene.window == VoiWindow(4.0, 100.0, name="Four")


def test_custom_presets_are_added_ordered_and_removed_in_the_settings_when_ok_is_pressed(shown: MainWindow) -> None:
    shown.custom_presets.keep("Liver", 60.0, 150.0)
    shown.board["settings"].trigger()
    (dialog,) = shown.findChildren(SettingsDialog)
    page = dialog.windows
    page.name.setText("Stroke")
    page.width_.setValue(40)
    page.level.setValue(35)
    page.add.click()
    page.up.click()
    assert [one.name for one in shown.custom_presets.presets] == ["Liver"]
    dialog.accept()
    assert shown.custom_presets.presets == (WindowPreset("Stroke", 35.0, 40.0), WindowPreset("Liver", 60.0, 150.0))
    shown.board["settings"].trigger()
    dialog = shown.findChildren(SettingsDialog)[-1]
    dialog.windows.list.setCurrentRow(1)
    dialog.windows.remove.click()
    dialog.reject()
    assert len(shown.custom_presets.presets) == 2


def test_a_name_is_kept_once_and_no_more_than_the_limit(shown: MainWindow) -> None:
    for number in range(MOST + 3):
        shown.custom_presets.keep(f"w{number}", 0.0, 100.0)
    shown.custom_presets.keep("w5", 1.0, 200.0)
    names = [preset.name for preset in shown.custom_presets.presets]
    assert len(names) == len(set(names)) == MOST
    assert names[-1] == "w5"


def test_custom_presets_are_not_for_pictures_without_hounsfield_units(
    window: MainWindow, picture: Series, qtbot: QtBot
) -> None:
    window.custom_presets.keep("Liver", 60.0, 150.0)
    show(window, picture, qtbot)
    before = window.view.scene.window
    own_menu(window).actions()[0].trigger()
    assert window.view.scene.window == before
    dialog = opened(window)
    dialog.name.setText("Other")
    assert not dialog.keep.isEnabled()
    dialog.close()


@pytest.mark.parametrize(("setting", "expected"), [("zoom", "tool-zoom"), ("window", "tool-window"), ("?", TOOLS[0])])
def test_the_tool_at_the_start_is_the_chosen_one(
    look: Look, setting: str, expected: str, series: Series, qtbot: QtBot
) -> None:
    preferences = Preferences()
    preferences.change(default_tool=setting)
    window = MainWindow(look, preferences, MadeUpModel)
    assert [name for name in TOOLS if window.board[name].isChecked()] == [expected]
    window.board["settings"].trigger()
    (dialog,) = window.findChildren(SettingsDialog)
    dialog.tool.setCurrentIndex(dialog.tool.findData("distance"))
    dialog.accept()
    assert preferences.settings.default_tool == "distance"
    window.close()
