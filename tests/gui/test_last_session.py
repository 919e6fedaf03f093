"""The next start can open what was open, at the same slice and in the same window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import VoiTable, VoiWindow, WindowFunction
from covidviewer.phantom.files import write_phantom_dicom
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.user_files.last_session import LastSession, SeriesPlace, read_session, write_session
from covidviewer.services.user_files.settings import load_settings, session_file
from covidviewer.ui.application import keep_while_open
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from tests.gui.made_up_model import MadeUpModel

Start = Callable[..., MainWindow]


@pytest.fixture
def start(qtbot: QtBot, look: Look, tmp_path: Path) -> Start:
    """Starts the program anew on the same settings."""

    def begin(restore: bool = True) -> MainWindow:
        preferences = Preferences(path=tmp_path / "settings" / "settings.json")
        preferences.change(restore_session=restore)
        window = MainWindow(look, preferences, MadeUpModel)
        keep_while_open(window)
        window.show()
        window.begin()
        return window

    return begin


@pytest.fixture
def chests(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of three slices."""
    for seed in (3, 4):
        folder = tmp_path / f"chest {seed}"
        folder.mkdir()
        for number in range(3):
            phantom = phantom_slice(seed, 0.4 + 0.1 * number, size=64)
            write_phantom_dicom(folder / f"{number}.dcm", phantom, seed=seed, number=number + 1)
    return tmp_path / "chest 3", tmp_path / "chest 4"


def end(window: MainWindow) -> None:
    window.close()
    window.last_session.keep()


def test_files_slice_and_window_are_as_they_were(start: Start, chests: tuple[Path, Path], qtbot: QtBot) -> None:
    first = start()
    first.files.open(chests)
    qtbot.waitUntil(lambda: first.session.slice is not None)
    first.board["next-series"].trigger()
    first.board["first-slice"].trigger()
    qtbot.waitUntil(lambda: first.session.slice is not None)
    first.board["window-bone"].trigger()
    was = first.session.shown
    assert was is not None
    end(first)
    second = start()
    qtbot.waitUntil(lambda: second.session.slice is not None)
    now = second.session.shown
    assert now is not None
    assert [one.series.title for one in second.session.opened] == [one.series.title for one in first.session.opened]
    assert second.session.opened.index(now) == 1
    assert now.series.headers[now.index].source == was.series.headers[0].source
    assert now.window is not None
    assert (now.window.centre, now.window.width) == (350, 2000)
    assert second.view.scene.window == VoiWindow(350.0, 2000.0)
    end(second)


def test_nothing_opens_by_itself_unless_it_was_asked_for(start: Start, chests: tuple[Path, Path], qtbot: QtBot) -> None:
    first = start()
    first.files.open(chests[:1])
    qtbot.waitUntil(lambda: first.session.slice is not None)
    end(first)
    second = start(restore=False)
    assert not second.files.opening
    second.board["open-last"].trigger()
    qtbot.waitUntil(lambda: second.session.slice is not None)
    second.board["close-all"].trigger()
    end(second)
    third = start()
    assert not third.board["open-last"].isEnabled()
    end(third)


def test_files_that_are_gone_are_said(start: Start, chests: tuple[Path, Path], qtbot: QtBot) -> None:
    first = start()
    first.files.open(chests[:1])
    qtbot.waitUntil(lambda: first.session.slice is not None)
    end(first)
    chests[0].rename(chests[0].with_name("elsewhere"))
    second = start()
    assert "no longer exist" in second.centre.banner.text.text()
    end(second)


def test_a_killed_program_has_kept_what_was_open_and_the_recent_files(
    start: Start, chests: tuple[Path, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "settings" / "settings.json"
    killed = start()
    killed.files.open(chests)
    qtbot.waitUntil(file.is_file)
    assert load_settings(file).settings.recent == tuple(map(str, chests))
    assert read_session(session_file(file)).paths == tuple(map(str, chests))
    second = start()
    qtbot.waitUntil(lambda: len(second.session.opened) == 2)
    for window in (killed, second):
        end(window)


def test_what_was_open_last_can_be_opened_after_other_files_were(
    start: Start, chests: tuple[Path, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    file = session_file(tmp_path / "settings" / "settings.json")
    first = start()
    first.files.open(chests[:1])
    qtbot.waitUntil(lambda: first.session.slice is not None)
    end(first)
    second = start(restore=False)
    second.files.open(chests[1:])
    qtbot.waitUntil(lambda: read_session(file).paths == (str(chests[1]),))
    second.board["open-last"].trigger()
    qtbot.waitUntil(lambda: len(second.session.opened) == 2)
    assert second.session.opened[1].origin == chests[:1]
    end(second)


def test_an_opening_that_finds_nothing_leaves_what_was_open_last(
    start: Start, chests: tuple[Path, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "settings" / "settings.json"
    first = start()
    first.files.open(chests[:1])
    qtbot.waitUntil(lambda: first.session.slice is not None)
    end(first)
    second = start(restore=False)
    second.files.open([tmp_path / "gone.dcm"])
    qtbot.waitUntil(lambda: load_settings(file).settings.recent[:1] == (str(tmp_path / "gone.dcm"),))
    assert read_session(session_file(file)).paths == (str(chests[0]),)
    end(second)


def test_a_folder_that_cannot_be_written_to_is_a_line_in_the_log_and_the_files_are_open(
    start: Start, chests: tuple[Path, Path], tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "settings").write_text("a file in the folder's place")
    window = start()
    window.files.open(chests[:1])
    qtbot.waitUntil(lambda: len(caplog.messages) == 2)
    assert all("cannot be" in message for message in caplog.messages)
    assert window.session.slice is not None
    end(window)


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"paths": 3, "series": []}', '{"paths": [], "series": [{"key": "a"}]}', "[" * 100_000,
     '{"paths": [], "series": [{"key": "", "index": 0, "window": {"centre": 1, "width": 0}, "inverted": 0}]}'],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    file = session_file(tmp_path / "settings.json")
    file.write_text(content)
    assert read_session(file) == LastSession()


WINDOWS = (
    VoiWindow(-600.5, 1500.0, WindowFunction.SIGMOID, "Lung, soft"),
    VoiWindow(40.0, 400.0, WindowFunction.LINEAR_EXACT),
    VoiWindow(127.5, 4.5, name="Curve, dragged wider", table=VoiTable(np.array([0, 200, 255], "<u2").tobytes(), 8)),
)


@pytest.mark.parametrize("window", [*WINDOWS, None])
def test_a_window_is_kept_with_its_function_its_name_and_its_table(tmp_path: Path, window: VoiWindow | None) -> None:
    file = session_file(tmp_path / "settings.json")
    places = [SeriesPlace("key", 7, window, inverted=True, shown=False)]
    write_session(file, [tmp_path], places)
    assert read_session(file) == LastSession((str(tmp_path),), tuple(places))


@pytest.mark.parametrize(
    "harm",
    [{"levels": "AAAA"}, {"levels": "no base64!"}, {"bits": 0}, {"bits": 17}, {"levels": None}],
)
def test_a_damaged_table_loses_the_place_of_its_series_alone(tmp_path: Path, harm: dict[str, object]) -> None:
    file = session_file(tmp_path / "settings.json")
    write_session(file, [tmp_path], [SeriesPlace("key", 0, WINDOWS[2], inverted=False, shown=True)])
    held = json.loads(file.read_text())
    held["series"][0]["window"]["table"] |= harm
    file.write_text(json.dumps(held))
    assert read_session(file) == LastSession((str(tmp_path),))
