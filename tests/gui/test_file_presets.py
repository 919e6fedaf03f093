"""The windows and look-up tables that a file proposes: by key one after the other, and from a menu."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Series, VoiTable, VoiWindow
from covidviewer.phantom.slices import Phantom
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.view.tools.looking import dragged_window
from tests.gui.conftest import series_of, show, slice_of

STEPS = np.repeat(np.array([0, 200, 900, 1023], "<u2"), 250)
SOFT = VoiWindow(50.0, 350.0, name="Soft & tissue")
CURVE = VoiWindow(-500.0, 1000.0, name="Curve " + "x" * 100, table=VoiTable(STEPS.tobytes(), 10))


@pytest.fixture
def proposing(window: MainWindow, phantoms: tuple[Phantom, ...], qtbot: QtBot) -> MainWindow:
    slices = tuple(replace(slice_of(phantom, index), windows=(SOFT, CURVE)) for index, phantom in enumerate(phantoms))
    show(window, series_of(slices, "Proposing"), qtbot)
    return window


def menu(window: MainWindow) -> QMenu:
    (found,) = (one for one in window.findChildren(QMenu) if one.title() == "The &file's windows")
    return found


def greys(window: MainWindow) -> set[int]:
    """Every grey level of the picture."""
    picture = window.view.scene.picture
    assert picture is not None
    return {picture.pixelColor(x, y).red() for x in range(picture.width()) for y in range(picture.height())}


def test_the_key_goes_round_the_files_windows_and_tables(proposing: MainWindow) -> None:
    seen = []
    for _ in range(3):
        QTest.keyClick(proposing.view, Qt.Key.Key_1)
        seen.append(proposing.view.scene.window)
    assert seen == [SOFT, CURVE, SOFT]


def test_a_table_is_what_the_picture_shows_and_stays_from_slice_to_slice(proposing: MainWindow) -> None:
    proposing.view.set_window(CURVE)
    expected = {round(level * 255 / 1023) for level in (0, 200, 900, 1023)}
    assert greys(proposing) == expected
    QTest.keyClick(proposing.view, Qt.Key.Key_Down)
    assert proposing.view.scene.window == CURVE
    assert greys(proposing) == expected


def test_a_menu_lists_them_with_the_one_in_force_marked(proposing: MainWindow) -> None:
    proposing.view.set_window(CURVE)
    found = menu(proposing)
    assert found.isEnabled()
    found.aboutToShow.emit()
    first, second = found.actions()
    assert first.text() == "Soft && tissue 350 / 50"
    assert second.text().startswith("Curve xxx")
    assert second.text().endswith("…, table of 1000 values")
    assert (first.isChecked(), second.isChecked()) == (False, True)
    first.trigger()
    assert proposing.view.scene.window == SOFT


def test_a_table_can_be_dragged_and_typed_over(proposing: MainWindow) -> None:
    dragged = dragged_window(CURVE, 32, 0)
    assert (dragged.table, dragged.width) == (CURVE.table, 1100)
    proposing.view.set_window(dragged)
    assert len(greys(proposing)) == 4


def test_nothing_can_be_chosen_where_the_file_proposes_nothing(
    window: MainWindow, picture: Series, series: Series, qtbot: QtBot
) -> None:
    show(window, series, qtbot)
    assert not menu(window).isEnabled()
    show(window, picture, qtbot)
    assert not menu(window).isEnabled()
