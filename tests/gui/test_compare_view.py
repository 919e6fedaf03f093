"""Two series side by side: scrolled together by position, windows in step, series closed or exchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.slices import Series, Slice, Values
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.view.image_view import ImageView
from covidviewer.ui.view.measurements import Distance
from tests.gui.conftest import show
from tests.gui.made_up_model import MadeUpModel


@pytest.fixture
def thin(series: Series) -> Series:
    """The first, third and fifth slice of the same chest, named otherwise."""
    return replace(
        series, title="Thick", headers=series.headers[::2], read_slice=lambda index: series.read_slice(index * 2)
    )


@pytest.fixture
def two(window: MainWindow, series: Series, thin: Series, qtbot: QtBot) -> MainWindow:
    show(window, series, qtbot)
    window.session.add([thin], [])
    window.board["previous-series"].trigger()
    window.board["beside"].trigger()
    qtbot.waitUntil(lambda: second(window).scene.slice is not None)
    return window


def second(window: MainWindow) -> ImageView:
    assert window.compare_view.view is not None
    return window.compare_view.view


def titles(window: MainWindow) -> tuple[str, str]:
    assert window.session.shown is not None
    assert window.compare_view.one is not None
    return window.session.shown.series.title, window.compare_view.one.series.title


def indices(window: MainWindow) -> tuple[int, int]:
    assert window.session.shown is not None
    return window.session.shown.index, window.compare_view.index


def turn_wheel(view: ImageView, notches: int) -> None:
    at = QPointF(view.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    delta = QPoint(0, 120 * notches)
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, at, QPoint(), delta, Qt.MouseButton.NoButton, none, phase, False)
    QApplication.sendEvent(view, event)


def test_the_second_view_shows_the_slice_at_the_same_place(two: MainWindow) -> None:
    assert titles(two) == ("Synthetic chest", "Thick")
    assert indices(two) == (2, 1)
    main, beside = two.view.scene.slice, second(two).scene.slice
    assert main is not None
    assert beside is not None
    assert main.geometry is not None
    assert beside.geometry is not None
    assert main.geometry.distance_mm == beside.geometry.distance_mm
    two.board["last-slice"].trigger()
    assert indices(two) == (4, 2)


def test_the_wheel_over_the_second_view_scrolls_both(two: MainWindow, series: Series, qtbot: QtBot) -> None:
    turn_wheel(second(two), -1)
    assert indices(two) == (4, 2)
    last = series.read_slice(4).values
    qtbot.waitUntil(lambda: all(showing(view, last) for view in (two.view, second(two))))


def showing(view: ImageView, values: Values) -> bool:
    return view.scene.slice is not None and np.array_equal(view.scene.slice.values, values)


def test_unlinked_views_scroll_alone_and_linking_keeps_their_offset(two: MainWindow) -> None:
    two.board["first-slice"].trigger()
    assert indices(two) == (0, 0)
    two.board["beside-link"].trigger()
    turn_wheel(second(two), -1)
    assert indices(two) == (0, 1)
    two.board["beside-link"].trigger()
    two.board["next-slice"].trigger()
    two.board["next-slice"].trigger()
    assert indices(two) == (2, 2)


def test_windows_are_in_step_both_ways(two: MainWindow) -> None:
    two.board["window-bone"].trigger()
    beside = second(two).scene.window
    assert beside is not None
    assert beside.width == 2000
    second(two).set_window(replace(beside, width=777.0))
    assert two.view.scene.window is not None
    assert two.view.scene.window.width == 777


def test_the_views_can_be_exchanged_where_they_are(two: MainWindow) -> None:
    two.board["last-slice"].trigger()
    two.board["beside-exchange"].trigger()
    assert titles(two) == ("Thick", "Synthetic chest")
    assert indices(two) == (2, 4)
    two.board["beside-next"].trigger()
    assert titles(two) == ("Thick", "Thick")


def test_closing_the_second_series_shows_another_and_closing_all_leaves_one_view(two: MainWindow) -> None:
    two.board["next-series"].trigger()
    assert titles(two) == ("Thick", "Thick")
    two.board["close-series"].trigger()
    assert titles(two) == ("Synthetic chest", "Synthetic chest")
    two.board["close-all"].trigger()
    assert two.compare_view.view is None
    assert not two.board["beside"].isChecked()


def test_measurements_of_an_earlier_start_are_in_the_second_view_too(
    look: Look, series: Series, thin: Series, tmp_path: Path, qtbot: QtBot
) -> None:
    line = Distance((1.0, 2.0), (30.0, 2.0))
    known = replace(
        thin, headers=tuple(replace(one, source=replace(one.source, identity="1.2")) for one in thin.headers)
    )
    for start in range(2):
        window = MainWindow(look, Preferences(path=tmp_path / "settings.json"), MadeUpModel)
        window.show()
        window.begin()
        window.session.add([known, series] if start == 0 else [series, known], [])
        qtbot.waitUntil(lambda window=window: window.session.slice is not None)  # type: ignore[misc]
        if start == 0:
            window.view.measured.emit(line)
        else:
            window.board["beside"].trigger()
            qtbot.waitUntil(lambda window=window: second(window).scene.measurements == (line,))  # type: ignore[misc]
        window.close()


def test_the_patients_name_goes_from_both_views(two: MainWindow) -> None:
    corners = second(two).scene.corners
    assert corners is not None
    assert "Doe Jane" in corners.top_left
    two.board["patient-text"].trigger()
    corners = second(two).scene.corners
    assert corners is not None
    assert "Doe Jane" not in corners.top_left


def test_a_slice_that_cannot_be_read_is_said_in_the_second_view(
    window: MainWindow, series: Series, thin: Series, qtbot: QtBot
) -> None:
    def read(_: int) -> Slice:
        raise UnreadableFile("The file ends before its pixels do.")

    show(window, series, qtbot)
    window.session.add([replace(thin, read_slice=read)], [])
    window.board["previous-series"].trigger()
    window.board["beside"].trigger()
    qtbot.waitUntil(lambda: second(window)._problem == "The file ends before its pixels do.")
