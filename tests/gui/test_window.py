"""The window as a person uses it: what is seen and said after a gesture or a key."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.errors import BrokenModel, UnreadableFile
from covidviewer.imaging.slices import Series, Slice, Unread
from covidviewer.phantom.slices import Phantom
from covidviewer.services.formatting import hounsfield
from covidviewer.ui.dialogs.histogram import HistogramDialog
from covidviewer.ui.dialogs.unread import UnreadDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.state.analysis import SETTLED_MS
from covidviewer.ui.state.preferences import Preferences
from covidviewer.ui.theme.look import Look
from covidviewer.ui.theme.tokens import Theme
from covidviewer.ui.view.measurements import Cobb, Distance, Measurement, Outline, cobb_degrees
from covidviewer.ui.view.scene import Texts
from tests.gui.conftest import series_of, show, slice_of
from tests.gui.made_up_model import MadeUpModel


def picture_of(window: MainWindow) -> QImage:
    return window.view.grab().toImage()


def said(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def drag(qtbot: QtBot, window: MainWindow, by: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    start = window.view.rect().center()
    QTest.mousePress(window.view, button, pos=start)
    QTest.mouseMove(window.view, start + by)
    QTest.mouseRelease(window.view, button, pos=start + by)


def turn_wheel(window: MainWindow, notches: int, ctrl: bool = False) -> None:
    at = QPointF(window.view.rect().center())
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    none = Qt.MouseButton.NoButton
    delta = QPoint(0, 120 * notches)
    event = QWheelEvent(at, at, QPoint(), delta, none, modifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(window.view, event)


def test_the_strip_and_the_limit_of_the_score_are_always_in_sight(shown: MainWindow) -> None:
    assert "Research use only. Not a medical device. Not for diagnosis." in said(shown)
    assert LIMIT_SENTENCE in said(shown)
    shown.files.close_all()
    assert "Research use only. Not a medical device. Not for diagnosis." in said(shown)


def test_a_series_opens_at_its_middle_in_the_lung_window_with_a_score(shown: MainWindow) -> None:
    scene = shown.view.scene
    assert scene.slice is shown.session.slice
    assert shown.session.shown is not None
    assert shown.session.shown.index == 2
    assert scene.window is not None
    assert (scene.window.width, scene.window.centre) == (1500, -600)
    result = shown.analysis.shown_result
    assert result is not None
    assert result.p_covid is not None
    assert f"{round(result.p_covid * 100)}\u00a0%" in said(shown)
    assert "band" in said(shown)


def test_no_word_of_the_window_claims_a_finding(shown: MainWindow) -> None:
    words = said(shown).lower().replace("not for diagnosis", "").replace("covid-positive patients", "")
    for forbidden in ("diagnosis", "detected", "infected", "positive", "error", "!"):
        assert forbidden not in words


def test_the_wheel_goes_through_the_slices_and_stops_at_the_ends(shown: MainWindow, qtbot: QtBot) -> None:
    before = picture_of(shown)
    turn_wheel(shown, -1)
    qtbot.waitUntil(lambda: shown.session.slice is not None)
    assert shown.session.shown is not None
    assert shown.session.shown.index == 3
    assert picture_of(shown) != before
    turn_wheel(shown, -9)
    assert shown.session.shown.index == 4
    assert "slice 5/5" in said(shown)


def test_ctrl_and_wheel_zooms_and_stays_on_the_slice(shown: MainWindow) -> None:
    viewport_geometry = shown.view.viewport_geometry()
    assert viewport_geometry is not None
    before = shown.view.scene.view_transform.scale(viewport_geometry)
    turn_wheel(shown, 1, ctrl=True)
    assert shown.view.scene.view_transform.scale(viewport_geometry) == pytest.approx(before * 1.15)
    assert shown.session.shown is not None
    assert shown.session.shown.index == 2


def test_dragging_right_widens_and_up_brightens(shown: MainWindow, qtbot: QtBot) -> None:
    start = shown.view.scene.window
    assert start is not None
    drag(qtbot, shown, QPoint(40, 0))
    wider = shown.view.scene.window
    assert wider is not None
    assert wider.width > start.width
    assert wider.centre == start.centre
    before = shown.view.scene.picture
    drag(qtbot, shown, QPoint(0, -60))
    after = shown.view.scene.picture
    assert before is not None
    assert after is not None
    assert brightness(after) > brightness(before)


def test_a_window_stays_from_slice_to_slice(shown: MainWindow, qtbot: QtBot) -> None:
    shown.board["window-bone"].trigger()
    shown.board["next-slice"].trigger()
    qtbot.waitUntil(lambda: shown.session.slice is not None)
    window = shown.view.scene.window
    assert window is not None
    assert (window.width, window.centre) == (2000, 350)
    shown.board["reset"].trigger()
    assert shown.view.scene.window != window


@pytest.mark.parametrize(("key", "index"), [
    (Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 1), (Qt.Key.Key_PageDown, 4), (Qt.Key.Key_PageUp, 0), (Qt.Key.Key_Home, 0),
    (Qt.Key.Key_End, 4),
])  # fmt: skip
def test_keys_go_to_slices(shown: MainWindow, qtbot: QtBot, key: Qt.Key, index: int) -> None:
    shown.activateWindow()
    QTest.keyClick(shown.view, key)
    assert shown.session.shown is not None
    assert shown.session.shown.index == index


def test_left_and_right_change_the_series(shown: MainWindow, picture: Series, qtbot: QtBot) -> None:
    first = shown.session.shown
    show_more(shown, picture, qtbot)
    assert shown.session.shown is not first
    shown.board["previous-series"].trigger()
    assert shown.session.shown is first
    shown.board["next-series"].trigger()
    assert shown.session.shown is not first


def test_hounsfield_presets_are_off_for_pictures_and_the_view_says_why(
    window: MainWindow, picture: Series, qtbot: QtBot
) -> None:
    show(window, picture, qtbot)
    assert not window.board["window-lung"].isEnabled()
    assert window.board["window-auto"].isEnabled()
    assert "No score for this slice" in said(window)


def test_inverting_exchanges_bright_and_dark(shown: MainWindow) -> None:
    before = shown.view.scene.picture
    shown.board["invert"].trigger()
    after = shown.view.scene.picture
    assert before is not None
    assert after is not None
    assert before.pixelColor(64, 64).red() == 255 - after.pixelColor(64, 64).red()
    shown.board["invert"].trigger()
    assert shown.view.scene.picture == before


def test_heat_map_lungs_and_box_show_and_space_hides_them(shown: MainWindow, qtbot: QtBot) -> None:
    shown.board["overlay"].trigger()
    shown.board["overlay"].trigger()
    plain = picture_of(shown)
    for name in ("heat-map", "hull", "box"):
        shown.board[name].trigger()
    qtbot.waitUntil(lambda: shown.view.scene.tissue is not None)
    layered = picture_of(shown)
    assert layered != plain
    QTest.keyPress(shown.view, Qt.Key.Key_Space)
    assert picture_of(shown) == plain
    QTest.keyRelease(shown.view, Qt.Key.Key_Space)
    assert picture_of(shown) == layered


def test_moving_the_box_scores_again_and_putting_it_back_restores_the_score(
    shown: MainWindow, model: MadeUpModel, qtbot: QtBot
) -> None:
    shown.board["box"].trigger()
    first = shown.analysis.shown_result
    assert first is not None
    box, viewport_geometry = shown.view.scene.box, shown.view.viewport_geometry()
    assert box is not None
    assert viewport_geometry is not None
    edge = (
        shown.view.scene.view_transform.to_widget(viewport_geometry)
        .map(QPointF((box.left + box.right) / 2, box.top))
        .toPoint()
    )
    QTest.mousePress(shown.view, Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(shown.view, edge + QPoint(0, 80))
    QTest.mouseRelease(shown.view, Qt.MouseButton.LeftButton, pos=edge + QPoint(0, 80))
    qtbot.waitUntil(lambda: shown.analysis.shown_result is not first)
    moved = shown.analysis.shown_result
    assert moved is not None
    assert moved.p_covid != first.p_covid
    assert model.seen[-1][1] is not None
    assert model.seen[-1][1].top > box.top
    shown.board["box-reset"].trigger()
    qtbot.waitUntil(lambda: shown.analysis.shown_result is not moved)
    back = shown.analysis.shown_result
    assert back is not None
    assert back.p_covid == first.p_covid


def test_a_distance_is_drawn_undone_and_redone(shown: MainWindow, qtbot: QtBot) -> None:
    shown.board["tool-distance"].trigger()
    drag(qtbot, shown, QPoint(60, 0))
    (line,) = measured(shown)
    assert isinstance(line, Distance)
    shown.board["undo"].trigger()
    assert not measured(shown)
    shown.board["redo"].trigger()
    assert measured(shown) == (line,)
    shown.board["next-slice"].trigger()
    qtbot.waitUntil(lambda: shown.session.slice is not None)
    assert not measured(shown)
    shown.board["previous-slice"].trigger()
    assert measured(shown) == (line,)


def test_a_cobb_angle_takes_two_drags_and_escape_drops_the_first(shown: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(shown.view, Qt.Key.Key_B)
    drag(qtbot, shown, QPoint(60, 0))
    assert not measured(shown)
    shown.board["cancel"].trigger()
    drag(qtbot, shown, QPoint(60, 0))
    drag(qtbot, shown, QPoint(60, 60))
    (cobb,) = measured(shown)
    assert isinstance(cobb, Cobb)
    slice_ = shown.session.slice
    assert slice_ is not None
    assert cobb_degrees(cobb, slice_.spacing_mm) == pytest.approx(45, abs=1e-6)


def test_a_freehand_outline_follows_the_pointer(shown: MainWindow) -> None:
    QTest.keyClick(shown.view, Qt.Key.Key_F)
    centre = shown.view.rect().center()
    corners = [centre + QPoint(x, y) for x, y in ((0, 0), (60, 0), (60, 60), (0, 60))]
    QTest.mousePress(shown.view, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(shown.view, corner)
    QTest.mouseRelease(shown.view, Qt.MouseButton.LeftButton, pos=corners[-1])
    (outline,) = measured(shown)
    assert isinstance(outline, Outline)
    viewport_geometry = shown.view.viewport_geometry()
    assert viewport_geometry is not None
    scale = shown.view.scene.view_transform.scale(viewport_geometry)
    assert len(outline.points) == 4
    assert outline.points[1][0] - outline.points[0][0] == pytest.approx(60 / scale)
    QTest.mouseClick(shown.view, Qt.MouseButton.LeftButton, pos=centre)
    assert measured(shown) == (outline,)


def test_the_histogram_follows_the_region_and_says_when_there_is_none(shown: MainWindow, qtbot: QtBot) -> None:
    assert not shown.board["histogram"].isEnabled()
    shown.board["tool-rectangle"].trigger()
    drag(qtbot, shown, QPoint(60, 50))
    shown.board["histogram"].trigger()
    (dialog,) = shown.findChildren(HistogramDialog)
    first = dialog.words.text()
    assert first.startswith("Mean")
    drag(qtbot, shown, QPoint(-60, 20))
    assert dialog.words.text() != first
    shown.board["undo"].trigger()
    assert dialog.words.text() == first
    shown.board["undo"].trigger()
    assert "There is no region" in dialog.words.text()
    dialog.grab()
    dialog.close()


@pytest.mark.parametrize("turned", ["rotate-right", "flip-horizontal"])
def test_around_the_picture_all_is_black(turned: str, shown: MainWindow) -> None:
    shown.view.scene.texts = Texts.NONE
    shown.board[turned].trigger()
    viewport_geometry = shown.view.viewport_geometry()
    assert viewport_geometry is not None
    for scale in (1.0, 0.3):
        shown.view.set_view_transform(
            shown.view.scene.view_transform.zoomed(scale, QPointF(shown.view.rect().center()), viewport_geometry)
        )
        picture = shown.view.scene.view_transform.to_widget(viewport_geometry).mapRect(
            QRectF(0, 0, viewport_geometry.columns, viewport_geometry.rows)
        )
        image = picture_of(shown)
        around = [
            image.pixel(x, y)
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
            if not picture.adjusted(-2, -2, 2, 2).contains(x, y)
        ]
        assert around
        assert set(around) == {QColor("black").rgb()}


def test_the_probe_says_the_value_under_the_pointer(shown: MainWindow) -> None:
    slice_ = shown.session.slice
    assert slice_ is not None
    shown.view.probed.emit((30.5, 64.5))
    assert f"x 30  y 64   {hounsfield(int(slice_.values[64, 30]))}" in said(shown)
    shown.view.probed.emit((-1.0, 5.0))
    assert shown.status.probe.text() == ""


def test_the_probe_keeps_step_with_slice_and_pose_below_a_pointer_at_rest(shown: MainWindow, qtbot: QtBot) -> None:
    pointer = shown.view.rect().center() + QPoint(40, 30)
    QTest.mouseMove(shown.view, pointer)
    before = shown.session.slice
    turn_wheel(shown, -1)
    qtbot.waitUntil(lambda: shown.view.scene.slice not in (None, before), timeout=10_000)

    def value_below() -> str:
        slice_, point = shown.view.scene.slice, shown.view.image_point(QPointF(pointer))
        assert slice_ is not None
        assert point is not None
        column, row = int(point[0]), int(point[1])
        return f"x {column}  y {row}   {hounsfield(int(slice_.values[row, column]))}"

    assert shown.status.probe.text() == value_below()
    shown.board["rotate-right"].trigger()
    assert shown.status.probe.text() == value_below()
    shown.files.close_all()
    assert shown.status.probe.text() == ""


def test_a_series_is_analysed_with_a_bar_for_every_slice_and_its_strongest_first(
    shown: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.analysis.series_ended, timeout=20_000):
        shown.board["analyse-series"].trigger()
    one = shown.session.shown
    assert one is not None
    assert sorted(one.results) == [0, 1, 2, 3, 4]
    assert "5 of 5 slices analysed" in said(shown)
    assert not shown.status.bar.isVisible()


def test_a_score_that_comes_after_going_away_and_back_is_shown_and_not_computed_twice(
    shown: MainWindow, model: MadeUpModel, qtbot: QtBot
) -> None:
    model.hold()
    here = shown.session.shown.index + 1 if shown.session.shown else 0
    shown.session.show_slice(here)
    qtbot.waitUntil(lambda: len(model.seen) == 2)
    with qtbot.waitSignal(shown.session.slice_shown):
        shown.session.show_slice(here + 1)
    with qtbot.waitSignal(shown.session.slice_shown):
        shown.session.show_slice(here)
    with qtbot.waitSignal(shown.analysis.result_shown):
        model.resume()
    assert shown.analysis.shown_result is not None
    qtbot.wait(2 * SETTLED_MS)
    assert len(model.seen) == 2


def test_cancelling_a_series_keeps_what_was_scored(shown: MainWindow, model: MadeUpModel, qtbot: QtBot) -> None:
    model.hold()
    shown.board["analyse-series"].trigger()
    qtbot.waitUntil(lambda: len(model.seen) == 2)
    assert shown.board["cancel"].isEnabled()
    shown.board["cancel"].trigger()
    with qtbot.waitSignal(shown.analysis.series_ended):
        model.resume()
    assert shown.board["analyse-series"].isEnabled()


def test_a_slice_that_cannot_be_read_says_so_in_the_pictures_place(
    window: MainWindow, phantoms: tuple[Phantom, ...], qtbot: QtBot
) -> None:
    def read(index: int) -> Slice:
        if index == 1:
            raise UnreadableFile("The image is damaged or truncated.")
        return slice_of(phantoms[index], index)

    slices = tuple(slice_of(phantom, index) for index, phantom in enumerate(phantoms))
    show(window, series_of(slices, "damaged", read), qtbot)
    window.session.show_slice(1)
    qtbot.waitUntil(lambda: "damaged or truncated" in said(window))
    written = picture_of(window)
    assert max(written.pixelColor(x, written.height() // 2).lightness() for x in range(written.width())) > 100
    window.session.show_slice(0)
    qtbot.waitUntil(lambda: window.session.slice is not None)
    assert "damaged or truncated" not in said(window)


def test_a_series_of_no_readable_picture_has_a_mark_and_no_black_picture_and_is_listed_as_unread(
    window: MainWindow, series: Series, qtbot: QtBot
) -> None:
    def read(index: int) -> Slice:
        raise UnreadableFile("The image is damaged or truncated.")

    window.session.add([Series(series.title, series.headers, read)], [])
    qtbot.waitUntil(lambda: bool(window.session.problem))
    qtbot.waitUntil(lambda: len(window.session.unread) >= 1)
    paths = [one.path for one in window.session.unread]
    assert len(paths) == len(set(paths))
    assert {one.reason for one in window.session.unread} == {"The image is damaged or truncated."}
    assert window.board["show-unread"].isEnabled()
    seen = window.series_list.grab(window.series_list.visualRect(window.series_list.rows.index(0))).toImage()
    black = sum(
        seen.pixelColor(x, y).lightness() == 0 for x in range(0, seen.width(), 2) for y in range(0, seen.height(), 2)
    )
    assert black == 0
    assert "damaged" in window.series_list.rows.index(0).data(Qt.ItemDataRole.ToolTipRole)
    window.files.close_all()


def test_a_slice_that_cannot_be_read_is_not_called_unanalysed(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    def read(index: int) -> Slice:
        raise UnreadableFile("“{path}” is cut off.", path="chest-2.dcm")

    window.session.add([Series(series.title, series.headers, read)], [])
    qtbot.waitUntil(lambda: bool(window.session.problem))
    qtbot.waitUntil(lambda: window.analysis.card is not None)
    assert "This slice could not be read" in said(window)
    assert "“chest-2.dcm” is cut off." in said(window)
    assert not window.board["analyse-slice"].isEnabled()
    window.files.close_all()
    assert "No slice is open" in said(window)


def test_what_went_wrong_can_be_copied_without_the_patients_name(shown: MainWindow) -> None:
    banner = shown.centre.banner
    banner.tell("Opened 2 of 3 files; 1 could not be read.")
    banner.copy.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("Opened 2 of 3 files; 1 could not be read.\nCovidViewer ")
    assert "Doe" not in copied
    banner.tell_good("The image “a.png” has been saved.")
    assert not banner.copy.isVisibleTo(banner)


def test_the_reason_of_a_broken_model_can_be_copied(qtbot: QtBot, look: Look) -> None:
    def make() -> MadeUpModel:
        raise BrokenModel("The model's card is missing.")

    window = MainWindow(look, Preferences(), make)
    window.begin()
    head = window.result_panel.head
    qtbot.waitUntil(lambda: head.copy.isVisibleTo(head))
    head.copy.click()
    assert "The model's card is missing." in QApplication.clipboard().text()
    window.close()


def test_the_honest_figure_stands_first_beside_the_score(shown: MainWindow) -> None:
    words = said(shown)
    assert "AUC 0.880 (0.830 to 0.920)" in words
    assert words.index("Grouped test") < words.index("Random test")


def test_a_broken_model_is_said_and_the_viewer_works_on(qtbot: QtBot, look: Look, series: Series) -> None:
    def broken() -> MadeUpModel:
        raise BrokenModel("The model file is damaged; install CovidViewer again.")

    window = MainWindow(look, Preferences(), broken)
    window.show()
    window.begin()
    window.session.add([series], [])
    qtbot.waitUntil(lambda: "The model file is damaged" in said(window))
    qtbot.waitUntil(lambda: window.session.slice is not None)
    assert window.view.scene.picture is not None
    assert not window.board["analyse-slice"].isEnabled()
    window.close()
    assert window.stopped


def test_partly_readable_says_how_many_and_lists_the_reasons(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    class Opened:
        pass

    found = Opened()
    found.series, found.unread = (series,), (Unread(Path("bad.dcm"), "The file is empty."),)  # type: ignore[attr-defined]
    window.files.show_opened(found)  # type: ignore[arg-type]
    assert "Opened 5 of 6 files; 1 could not be read." in said(window)
    window.board["show-unread"].trigger()
    (dialog,) = window.findChildren(UnreadDialog)
    reason = dialog.table.item(0, 1)
    assert reason is not None
    assert reason.text() == "The file is empty."
    dialog.copy.click()
    assert QApplication.clipboard().text() == "bad.dcm\tThe file is empty."
    dialog.close()


@pytest.mark.parametrize(("files", "words"), [(1, "One file could not be read."), (2, "2 files could not be read.")])
def test_how_many_files_could_not_be_read_is_said_as_a_person_says_it(
    window: MainWindow, files: int, words: str
) -> None:
    dialog = UnreadDialog([Unread(Path("bad.dcm"), "The file is empty.")] * files, window)
    assert [one.text() for one in dialog.findChildren(QLabel)] == [words]


def test_a_slice_that_cannot_be_read_is_said_and_the_next_one_shown(
    window: MainWindow, series: Series, qtbot: QtBot
) -> None:
    from covidviewer.errors import UnreadableFile

    def read(index: int) -> Slice:
        if index == 2:
            raise UnreadableFile("The file ends before its pixels do.")
        return series.read_slice(index)

    window.session.add([Series("partly", series.headers, read)], [])
    qtbot.waitUntil(lambda: "The file ends before its pixels do." in said(window))
    window.board["next-slice"].trigger()
    qtbot.waitUntil(lambda: window.session.slice is not None)
    assert window.view.scene.picture is not None


def test_closing_is_quick_while_the_model_is_busy(shown: MainWindow, model: MadeUpModel, qtbot: QtBot) -> None:
    model.hold()
    shown.board["analyse-series"].trigger()
    qtbot.waitUntil(lambda: len(model.seen) == 2)
    start = time.monotonic()
    shown.close()
    assert time.monotonic() - start < 2
    model.resume()
    shown.stopped = shown.analysis.stop(5000)


@pytest.mark.parametrize("held", ["headers", "pixels"])
def test_closing_is_quick_while_a_slow_disk_is_read(
    held: str, window: MainWindow, series: Series, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, resume = Event(), Event()

    def slow(*_: object) -> Slice:
        begun.set()
        resume.wait(20)
        raise UnreadableFile("The disk was taken out.")

    if held == "headers":
        monkeypatch.setattr("covidviewer.imaging.opening.sniff", slow)
        for name in ("a.dcm", "b.dcm"):
            (tmp_path / name).write_bytes(b"x")
        window.files.open([tmp_path])
    else:
        window.session.add([Series(series.title, series.headers, slow)], [])
    qtbot.waitUntil(begun.is_set)
    start = time.monotonic()
    window.close()
    assert time.monotonic() - start < 2
    resume.set()
    window.stopped = window.files.stop(5000) and window.session.stop(5000)


def test_closing_all_gives_the_memory_back_and_shows_the_empty_state(shown: MainWindow) -> None:
    assert shown.session.store.bytes > 0
    shown.board["close-all"].trigger()
    assert shown.session.store.bytes == 0
    assert "Drop CT files or a folder here" in said(shown)
    assert not shown.board["fit"].isEnabled()


def test_dropped_files_are_opened(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window.files, "open", opened.extend)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "Schnitt äé 肺.dcm"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(10, 10), copy, mime, left, none)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(10, 10), copy, mime, left, none))
    assert opened == [tmp_path / "Schnitt äé 肺.dcm"]


def test_the_patients_name_can_be_hidden(shown: MainWindow) -> None:
    assert shown.view.scene.corners is not None
    assert "Doe Jane" in shown.view.scene.corners.top_left
    shown.board["patient-text"].trigger()
    assert "Doe Jane" not in shown.view.scene.corners.top_left


def test_a_name_of_four_thousand_characters_does_not_widen_the_window(
    window: MainWindow, series: Series, qtbot: QtBot
) -> None:
    width = window.width()
    show(window, series_of(tuple(series.read_slice(i) for i in range(2)), "x" * 4000), qtbot)
    assert window.width() == width


def test_the_theme_changes_while_the_window_is_open(shown: MainWindow) -> None:
    before = shown.grab().toImage()
    shown.look.use(Theme.LIGHT)
    after = shown.grab().toImage()
    assert before != after
    assert after.pixelColor(5, 60).lightness() > before.pixelColor(5, 60).lightness()


def measured(window: MainWindow) -> tuple[Measurement, ...]:
    return window.view.scene.measurements


def show_more(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    window.session.add([series], [])
    qtbot.waitUntil(lambda: window.session.slice is not None)


def brightness(image: QImage) -> int:
    return sum(image.pixelColor(x, y).red() for x in range(0, 128, 8) for y in range(0, 128, 8))
