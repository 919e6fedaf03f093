"""What was measured is there again at the next start, on the slice that it was drawn on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Series
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.view.measurements import Angle, Cobb, Distance, Measurement, Outline, Region, Shape
from tests.gui.made_up_model import MadeUpModel

DRAWN: tuple[Measurement, ...] = (
    Distance((1.0, 2.0), (30.5, 2.0)),
    Angle((1.0, 1.0), (5.0, 5.0), (9.0, 1.0)),
    Cobb(Distance((1.0, 1.0), (9.0, 1.0)), Distance((1.0, 9.0), (9.0, 7.5))),
    Outline(((1.0, 1.0), (9.0, 1.0), (9.5, 7.0), (2.0, 8.0))),
    Region(Shape.ELLIPSE, (10.0, 10.0), (40.0, 50.0)),
)
Start = Callable[[], MainWindow]


@pytest.fixture
def start(qtbot: QtBot, look: Look, tmp_path: Path) -> Start:
    """Starts the program anew on the same settings."""

    def begin() -> MainWindow:
        window = MainWindow(look, Preferences(path=tmp_path / "settings.json"), MadeUpModel)
        window.show()
        window.begin()
        return window

    return begin


def identified(series: Series) -> Series:
    headers = tuple(
        replace(header, source=replace(header.source, identity=f"1.2.{index}"))
        for index, header in enumerate(series.headers)
    )
    return replace(series, headers=headers)


def look_at(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    window.session.add([series], [])
    qtbot.waitUntil(lambda: window.session.slice is not None)


def test_measurements_are_there_after_a_new_start(start: Start, series: Series, qtbot: QtBot) -> None:
    first = start()
    look_at(first, identified(series), qtbot)
    for one in DRAWN:
        first.view.measured.emit(one)
    first.close()
    second = start()
    look_at(second, identified(series), qtbot)
    assert second.view.scene.measurements == DRAWN
    second.board["next-slice"].trigger()
    qtbot.waitUntil(lambda: second.session.slice is not None)
    assert second.view.scene.measurements == ()
    second.close()


def test_what_was_undone_is_not_there_after_a_new_start(start: Start, series: Series, qtbot: QtBot) -> None:
    first = start()
    look_at(first, identified(series), qtbot)
    first.view.measured.emit(DRAWN[0])
    first.view.measured.emit(DRAWN[1])
    first.board["undo"].trigger()
    first.close()
    second = start()
    look_at(second, identified(series), qtbot)
    assert second.view.scene.measurements == DRAWN[:1]
    assert not second.board["undo"].isEnabled()
    second.board["remove"].trigger()
    second.close()
    third = start()
    look_at(third, identified(series), qtbot)
    assert third.view.scene.measurements == ()
    third.close()


def test_key_images_are_marked_found_and_there_after_a_new_start(start: Start, series: Series, qtbot: QtBot) -> None:
    first = start()
    look_at(first, identified(series), qtbot)
    assert not first.board["next-key-image"].isEnabled()
    plain = first.centre.slider.grab().toImage()
    for name in ("key-image", "last-slice", "key-image", "first-slice"):
        first.board[name].trigger()
    first.board["key-image"].trigger()
    first.board["key-image"].trigger()
    first.close()
    second = start()
    look_at(second, identified(series), qtbot)
    assert second.board["key-image"].isChecked()
    assert second.view.scene.corners is not None
    assert "Key image" in second.view.scene.corners.top_right
    assert second.centre.slider.grab().toImage() != plain
    seen = []
    for _ in range(3):
        second.board["next-key-image"].trigger()
        assert second.session.shown is not None
        seen.append(second.session.shown.index)
    assert seen == [4, 2, 4]
    second.board["previous-slice"].trigger()
    assert not second.board["key-image"].isChecked()
    second.close()


def test_a_folder_that_cannot_be_written_to_leaves_the_measurement_on_the_screen(
    start: Start, series: Series, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "measurements").write_text("in the way")
    window = start()
    look_at(window, identified(series), qtbot)
    window.view.measured.emit(DRAWN[0])
    assert window.view.scene.measurements == DRAWN[:1]
    window.close()
    assert window.stopped
