"""Cine, the magnifier and the tag browser, as they are used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.slices import FileKind, Series, Slice, Source, Units
from covidviewer.phantom.files import write_phantom_dicom
from covidviewer.phantom.slices import phantom_slice
from covidviewer.ui.dialogs.tags import TagsDialog, rows
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.cine import file_rate
from covidviewer.ui.view.painting import LENS_FACTOR


def labelled(**labels: str) -> Slice:
    return Slice(np.zeros((4, 4), np.int16), Units.GREY, Source(Path("a.dcm"), FileKind.DICOM), labels=labels)


@pytest.mark.parametrize(
    ("labels", "rate"),
    [
        ({"CineRate": "24"}, 24),
        ({"FrameTime": "40"}, 25),
        ({"RecommendedDisplayFrameRate": "12", "CineRate": "24", "FrameTime": "1"}, 12),
        ({"FrameTime": "0.001"}, 60),
        ({"CineRate": "0", "FrameTime": "100"}, 10),
        ({"CineRate": "fast"}, None),
        ({"FrameTime": "nan"}, None),
        ({}, None),
    ],
)
def test_the_rate_is_the_files_where_it_says_one(labels: dict[str, str], rate: int | None) -> None:
    assert file_rate(labelled(**labels)) == rate


def test_cine_goes_round_and_stops(shown: MainWindow, qtbot: QtBot) -> None:
    seen: list[int] = []
    shown.preferences.change(cine_rate=60)
    shown.session.slice_wanted.connect(seen.append)
    QTest.keyClick(shown.view, Qt.Key.Key_C)
    assert shown.status.cine.text() == "60 frames/s"
    qtbot.waitUntil(lambda: len(seen) >= 6)
    shown.board["cine"].trigger()
    assert seen[:6] == [3, 4, 0, 1, 2, 3]
    assert not shown.cine.playing
    assert shown.status.cine.text() == ""


def test_cine_can_be_faster_and_slower_within_its_limits(shown: MainWindow) -> None:
    shown.board["cine"].trigger()
    assert shown.cine.rate == 10
    shown.board["cine-faster"].trigger()
    assert shown.cine.rate == 12
    for _ in range(30):
        shown.board["cine-slower"].trigger()
    assert shown.cine.rate == 1
    shown.board["cine"].trigger()


def test_cine_waits_for_a_slice_that_is_still_being_read(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    ood_detector = Event()

    def read(index: int) -> Slice:
        if index == 3:
            ood_detector.wait(5)
        return series.read_slice(index)

    seen: list[int] = []
    window.preferences.change(cine_rate=60)
    window.session.add([replace(series, read_slice=read)], [])
    qtbot.waitUntil(lambda: window.session.slice is not None)
    window.session.slice_wanted.connect(seen.append)
    window.board["cine"].trigger()
    qtbot.wait(150)
    assert seen == [3]
    ood_detector.set()
    qtbot.waitUntil(lambda: len(seen) > 1)
    window.board["cine"].trigger()


def test_closing_the_series_ends_the_cine(shown: MainWindow) -> None:
    shown.board["cine"].trigger()
    shown.board["close-all"].trigger()
    assert not shown.cine.playing
    assert not shown.board["cine"].isChecked()


def test_the_magnifier_keeps_the_point_under_the_pointer_and_enlarges_around_it(shown: MainWindow) -> None:
    view = shown.view
    for _ in range(2):
        shown.board["overlay"].trigger()
    at = view.rect().center() + QPoint(40, 25)
    before = view.grab().toImage()
    QTest.keyClick(view, Qt.Key.Key_M)
    QTest.mouseMove(view, at)
    after = view.grab().toImage()
    far = at + QPoint(50, 0)
    viewport_geometry = view.viewport_geometry()
    assert viewport_geometry is not None
    source = at + QPoint(round(50 / LENS_FACTOR), 0)
    assert after.pixelColor(at).red() == pytest.approx(before.pixelColor(at).red(), abs=12)
    assert after.pixelColor(far).red() == pytest.approx(before.pixelColor(source).red(), abs=25)
    assert after.pixelColor(at + QPoint(200, 0)) == before.pixelColor(at + QPoint(200, 0))
    shown.board["magnifier"].trigger()
    assert view.grab().toImage() == before


@pytest.fixture
def chest(tmp_path: Path) -> Series:
    """Two DICOM files on the disk."""
    for number in (1, 2):
        phantom = phantom_slice(3, 0.3 + 0.1 * number, size=64)
        write_phantom_dicom(tmp_path / f"{number}.dcm", phantom, seed=3, number=number)
    (series,) = open_paths([tmp_path]).series
    return series


def values(dialog: TagsDialog) -> dict[str, str]:
    return {item.text(1): item.text(3) for item in rows(dialog.tree)}


def test_the_tags_are_those_of_the_shown_slice_and_follow_it(window: MainWindow, chest: Series, qtbot: QtBot) -> None:
    window.session.add([chest], [])
    window.board["tags"].trigger()
    (dialog,) = window.findChildren(TagsDialog)
    assert window.session.shown is not None
    uids = [header.source.identity for header in chest.headers]
    qtbot.waitUntil(lambda: values(dialog).get("SOP Instance UID") == uids[1])
    window.board["previous-slice"].trigger()
    qtbot.waitUntil(lambda: values(dialog).get("SOP Instance UID") == uids[0])
    assert "Patient's Name" in values(dialog)
    name = values(dialog)["Patient's Name"]
    window.board["patient-text"].trigger()
    qtbot.waitUntil(lambda: values(dialog).get("Patient's Name") == "hidden")
    assert name != "hidden"
    dialog.close()


def test_closing_does_not_wait_for_a_slow_disk_and_the_next_dialog_shows_its_own_file(
    window: MainWindow, chest: Series, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from covidviewer.imaging.dicom import tags

    begun, resume, well = Event(), Event(), tags.read_tags

    def slow(path: Path, patient: bool) -> object:
        begun.set()
        resume.wait(20)
        return well(path, patient)

    monkeypatch.setattr(tags, "read_tags", slow)
    window.session.add([chest], [])
    window.board["tags"].trigger()
    qtbot.waitUntil(begun.is_set)
    (first,) = window.findChildren(TagsDialog)
    started = monotonic()
    first.close()
    assert monotonic() - started < 0.2
    qtbot.waitUntil(lambda: not window.findChildren(TagsDialog))
    window.board["previous-slice"].trigger()
    window.board["tags"].trigger()
    (second,) = window.findChildren(TagsDialog)
    resume.set()
    uids = [header.source.identity for header in chest.headers]
    qtbot.waitUntil(lambda: bool(values(second)))
    assert values(second).get("SOP Instance UID") == uids[0]
    second.close()


def test_searching_leaves_the_rows_that_match_and_they_can_be_copied(
    window: MainWindow, chest: Series, qtbot: QtBot
) -> None:
    window.session.add([chest], [])
    window.board["tags"].trigger()
    (dialog,) = window.findChildren(TagsDialog)
    qtbot.waitUntil(lambda: bool(values(dialog)))
    dialog.search.setText("pixel spac")
    shown = [item.text(1) for item in rows(dialog.tree) if not item.isHidden()]
    assert shown == ["Pixel Spacing"]
    dialog.copy()
    assert QApplication.clipboard().text() == f"(0028,0030)\tPixel Spacing\tDS\t{values(dialog)['Pixel Spacing']}"
    dialog.close()


def test_a_picture_that_is_no_dicom_file_has_no_tags(window: MainWindow, picture: Series, qtbot: QtBot) -> None:
    window.session.add([picture], [])
    qtbot.waitUntil(lambda: window.session.slice is not None)
    assert not window.board["tags"].isEnabled()
