"""The tour leaves nothing out: held against the window as it stands, and not against the tables it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QToolBar
from pytestqt.qtbot import QtBot

from covidviewer.ui.actions.table import GESTURES, Context
from covidviewer.ui.application import analyser_factory
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.analysis import Model
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from tests.gui.tour import walk as tour_walk
from tests.gui.tour.album import Album
from tests.gui.tour.gestures import PERFORMED, perform_all
from tests.gui.tour.scans import series_folders, unreadable_files
from tests.gui.tour.situations import Situations
from tests.gui.tour.walk import SUBMENUS, Route, Step, Walk, steps_by_key, steps_by_mouse

pytestmark = pytest.mark.timeout(300)
"""A walk takes 12 s alone; beside the export's software GPU, which fills every core for minutes, ten times as long."""


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two small chests."""
    return series_folders(tmp_path_factory.mktemp("scans"), slices=11, size=128)


@pytest.fixture
def walk(qapp: QApplication, look: Look, scans: list[Path], tmp_path: Path) -> Iterator[Walk]:
    """A window with the bundled model, and nobody walking in it yet."""
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    qapp.setQuitOnLastWindowClosed(False)
    preferences = Preferences(path=tmp_path / "settings.json")
    window = MainWindow(look, preferences, analyser_factory(preferences))
    window.resize(1280, 800)
    window.show()
    window.begin()
    made = Walk(window, scans, unreadable_files(tmp_path / "bad"), Album(None))
    yield made
    analysis = window.analysis  # loading and scoring cannot be broken off
    made.hands.wait(lambda: analysis.model is not Model.LOADING and not analysis._awaited and analysis.running is None)
    window.close()
    assert window.stopped
    window.deleteLater()
    qapp.setQuitOnLastWindowClosed(True)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


def entries(menu: QMenu) -> Iterator[QAction]:
    """All that can be clicked in a menu."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            if action.text() not in {title for _, title in SUBMENUS}:
                yield from entries(inner)
        elif not action.isSeparator():
            yield action


@pytest.mark.slow
def test_by_mouse_every_entry_and_every_tool_button_of_the_window_is_clicked_and_acts(
    walk: Walk, saved: Path, qtbot: QtBot
) -> None:
    bar = walk.window.menuBar().actions()
    menus = [inner for action in bar if isinstance(inner := action.menu(), QMenu)]
    in_menus = {action.objectName() for menu in menus for action in entries(menu)} - {""}
    in_bar = {action.objectName() for bar in walk.window.findChildren(QToolBar) for action in bar.actions()} - {""}
    assert len(in_menus) > 80
    assert len(in_bar) > 20
    walk.take_changing_entries()
    walk.take_all(steps_by_mouse(), saved)
    assert walk.missed == []
    assert {name for route, name, _ in walk.heard if route is Route.MENU} == in_menus
    assert {name for route, name, _ in walk.heard if route is Route.TOOL_BAR} == in_bar
    kinds = {".png", ".pdf", ".html", ".dcm"}
    qtbot.waitUntil(lambda: {file.suffix for file in saved.iterdir()} >= kinds, timeout=60_000)


@pytest.mark.slow
def test_by_keyboard_every_shortcut_of_the_window_is_typed_and_acts(walk: Walk, saved: Path) -> None:
    keys = {(action.objectName(), key.toString()) for action in walk.window.actions() for key in action.shortcuts()}
    assert len(keys) > 60
    walk.take_all(steps_by_key(), saved)
    assert walk.missed == []
    assert {(name, key) for _, name, key in walk.heard} == keys


def test_every_gesture_that_the_keys_page_promises_has_its_effect(walk: Walk) -> None:
    assert set(PERFORMED) == {gesture for gesture, _ in GESTURES}
    assert perform_all(walk.situations) == []


def test_there_is_a_way_to_every_situation_in_which_an_action_makes_sense(walk: Walk) -> None:
    assert set(Situations(walk.hands, [], []).ways) == set(Context)


def test_a_walk_saves_over_what_an_earlier_walk_saved(walk: Walk, saved: Path, qtbot: QtBot) -> None:
    file = saved / "export-picture.png"
    file.write_bytes(b"of an earlier walk")
    walk.take_all(iter([Step(Route.KEY, "export-picture", "Ctrl+E")]), saved)
    assert walk.missed == []
    qtbot.waitUntil(lambda: file.read_bytes().startswith(b"\x89PNG"))


def test_a_step_that_triggers_nothing_is_told(walk: Walk, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk.hands, "press", lambda _: None)
    monkeypatch.setattr(tour_walk, "HEARD_WITHIN_S", 0.2)
    step = Step(Route.KEY, "invert", "I")
    walk.take_all(iter([step]), saved)
    assert walk.missed
    assert all("nothing happened" in sentence for sentence in walk.missed)
