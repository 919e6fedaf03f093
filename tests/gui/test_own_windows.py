"""Width and level as numbers, a person's own windows, and the tool at the start."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Series, Window
from covidviewer.services.settings import WindowPreset
from covidviewer.ui.commands.measuring import TOOLS
from covidviewer.ui.dialogs.settings import SettingsDialog
from covidviewer.ui.dialogs.window_level import WindowLevelDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.own_windows import MOST
from covidviewer.ui.preferences import Preferences
from covidviewer.ui.theme.look import Look
from tests.gui.conftest import show
from tests.gui.made_up_model import MadeUpModel


def opened(window: MainWindow) -> WindowLevelDialog:
    window.board["window-typed"].trigger()
    (dialog,) = window.findChildren(WindowLevelDialog)
    return dialog


def own_menu(window: MainWindow) -> QMenu:
    (menu,) = (one for one in window.findChildren(QMenu) if one.title() == "&Own windows")
    return menu


def test_numbers_that_are_typed_are_the_window_and_the_window_is_in_the_numbers(shown: MainWindow) -> None:
    dialog = opened(shown)
    assert (dialog.width_.value(), dialog.level.value()) == (1500, -600)
    dialog.width_.setValue(321.5)
    dialog.level.setValue(-45)
    assert shown.view.scene.window == Window(-45.0, 321.5)
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
    assert not shown.own_windows.presets
    assert not own_menu(shown).isEnabled()
    dialog.close()


def test_a_name_is_kept_once_and_no_more_than_the_limit(shown: MainWindow) -> None:
    for number in range(MOST + 3):
        shown.own_windows.keep(f"w{number}", 0.0, 100.0)
    shown.own_windows.keep("w5", 1.0, 200.0)
    names = [preset.name for preset in shown.own_windows.presets]
    assert len(names) == len(set(names)) == MOST
    assert names[-1] == "w5"


def test_own_windows_are_not_for_pictures_without_hounsfield_units(
    window: MainWindow, picture: Series, qtbot: QtBot
) -> None:
    window.own_windows.keep("Liver", 60.0, 150.0)
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
