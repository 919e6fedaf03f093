"""While a folder is being opened its middle slice is on the screen, and stays there when the series is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from covidviewer.imaging import opening
from covidviewer.imaging.slices import Slice
from covidviewer.phantom.files import write_phantom_series
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.panels.series_row import IMAGE_ROLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_phantom_series(tmp_path / "scan", seed=1, slices=5, size=64)
    return tmp_path / "scan"


def test_the_middle_slice_is_shown_before_the_series_and_again_with_it(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    order: list[str] = []
    previewed: list[Slice] = []
    window.session.previewed.connect(previewed.append)
    window.session.previewed.connect(lambda _: order.append("glimpse"))
    window.session.series_shown.connect(lambda _: order.append("series"))
    window.session.slice_shown.connect(lambda slice_: order.append("same" if slice_ is previewed[0] else "other"))
    window.files.open([folder])
    qtbot.waitUntil(lambda: window.session.slice is not None)
    assert order[:3] == ["glimpse", "series", "same"]
    assert window.session.shown is not None
    assert window.session.shown.index == 2
    qtbot.waitUntil(lambda: not window.files.opening)
    assert window.series_list.rows.index(0).data(IMAGE_ROLE) is not None


def test_a_glimpse_of_what_is_not_opened_goes_again(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "build_series", lambda *_: ())
    with qtbot.waitSignal(window.session.previewed):
        window.files.open([folder])
    qtbot.waitUntil(lambda: not window.files.opening)
    assert window.view.scene.slice is None
    assert window.centre.empty.isVisible()


def test_what_is_looked_at_is_not_disturbed_by_a_glimpse(shown: MainWindow, folder: Path, qtbot: QtBot) -> None:
    before = shown.view.scene.slice
    with qtbot.assertNotEmitted(shown.session.previewed):
        slice_ = opening.read_slice(folder / "slice-001.dcm")
        shown.session.preview(slice_)
    assert shown.view.scene.slice is before


def test_a_glimpse_that_fails_unforeseen_does_not_keep_the_folder_from_being_opened(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> Slice:
        raise RuntimeError("a decoder's own")

    monkeypatch.setattr("covidviewer.imaging.preview.read_preview", broken)
    window.files.open([folder])
    qtbot.waitUntil(lambda: window.session.slice is not None)
    assert [len(one.series) for one in window.session.opened] == [5]
