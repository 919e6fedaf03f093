"""What is laid over a slice is its own, from whichever side it was come to, and while another is on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import FileKind, Series, Slice, Source
from covidviewer.phantom.slices import phantom_slice
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.view import painting
from covidviewer.ui.view.heat_colours import COLOURS
from covidviewer.ui.view.heat_map import heat_image
from covidviewer.ui.view.measurements import Distance
from covidviewer.ui.view.scene import Scene
from covidviewer.ui.view.tissue import tissue_image
from tests.gui.conftest import series_of, slice_of
from tests.gui.made_up_model import MadeUpModel

LEVELS = (0.35, 0.45, 0.55, 0.65)
SIZES = {"large": 160, "small": 112}


class Disk:
    """Where slices are read from, each time anew; closed, a read waits until it is open again."""

    def __init__(self) -> None:
        self.open = Event()
        self.open.set()

    def series(self, title: str) -> Series:
        """Four levels of a chest, as large as `SIZES` says."""
        chests = (phantom_slice(len(title), level, lesions=3, size=SIZES[title]) for level in LEVELS)
        slices = tuple(self._named(slice_of(chest, place), title, place) for place, chest in enumerate(chests))

        def read(index: int) -> Slice:
            assert self.open.wait(20)
            return replace(slices[index])

        return series_of(slices, title, read)

    def _named(self, slice_: Slice, title: str, place: int) -> Slice:
        path = Path(f"{title}-{place}.dcm")
        return replace(slice_, source=Source(path, FileKind.DICOM, identity=str(path)))


class Painted:
    """The scene of every paint, held against what the slice in it has by itself."""

    def __init__(self) -> None:
        self.own: dict[Path, tuple[QImage, QImage]] = {}
        self.wrong: list[str] = []
        self.whole = 0

    def learn(self, series: Series) -> None:
        """Bands and heat map of each slice, made here from it alone."""
        model = MadeUpModel()
        for index in range(len(series)):
            slice_ = series.read_slice(index)
            result = model.analyse(slice_)
            assert result.framing is not None
            assert result.heat_map is not None
            heat, _ = heat_image(result.heat_map, result.framing, COLOURS["orange-blue"])
            self.own[slice_.source.path] = (tissue_image(slice_, result.framing), heat)

    def look(self, scene: Scene) -> None:
        """At one paint."""
        assert scene.slice is not None
        path = scene.slice.source.path
        tissue, heat = self.own[path]
        for name, shown, own in (("bands", scene.tissue, tissue), ("heat map", scene.heat, heat)):
            if shown is not None and shown != own:
                self.wrong.append(f"{path}: {name} of another slice")
        self.whole += scene.tissue is not None and scene.heat is not None


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    made.open.set()


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Painted:
    """Asked before each paint."""
    made, paint = Painted(), painting.paint_scene

    def look_and_paint(painter: Any, scene: Scene, viewport_geometry: Any, viewport: Any) -> None:
        made.look(scene)
        paint(painter, scene, viewport_geometry, viewport)

    monkeypatch.setattr(painting, "paint_scene", look_and_paint)
    return made


@pytest.fixture
def scored(window: MainWindow, disk: Disk, painted: Painted, qtbot: QtBot) -> MainWindow:
    """Two series of slices of different sizes, every slice scored, its bands and heat map shown."""
    both = [disk.series(title) for title in SIZES]
    for one in both:
        painted.learn(one)
    open_scored(window, both, qtbot)
    for name in ("heat-map", "hull"):
        window.board[name].trigger()
    arrived(window, "large-2", qtbot)
    return window


def open_scored(window: MainWindow, both: list[Series], qtbot: QtBot) -> None:
    window.session.add(both, [])
    for one in reversed(window.session.opened):
        window.session.show_series(one)
        qtbot.waitUntil(lambda: window.analysis.shown_result is not None, timeout=20_000)
        with qtbot.waitSignal(window.analysis.series_ended, timeout=20_000):
            window.analysis.score_series()
        assert len(one.results) == len(LEVELS)


def arrived(window: MainWindow, name: str, qtbot: QtBot) -> None:
    """The slice is in the scene with all that lies over it."""

    def is_there() -> bool:
        scene = window.view.scene
        here = scene.slice is not None and scene.slice.source.path.stem == name
        return here and scene.tissue is not None and scene.heat is not None

    qtbot.waitUntil(is_there, timeout=20_000)
    window.view.repaint()


def scroll(window: MainWindow) -> str:
    window.view.stepped.emit(1)
    return "large-3"


def jump(window: MainWindow) -> str:
    window.centre.slider.setValue(0)
    return "large-0"


def switch_series(window: MainWindow) -> str:
    window.session.show_series(window.session.opened[1])
    return "small-2"


@pytest.mark.parametrize("on_its_way", [False, True], ids=["in memory", "read again"])
@pytest.mark.parametrize("go", [scroll, jump, switch_series])
def test_a_slice_has_its_own_overlays_from_whichever_side_it_is_come_to(
    scored: MainWindow, disk: Disk, painted: Painted, go: Callable[[MainWindow], str], on_its_way: bool, qtbot: QtBot
) -> None:
    if on_its_way:
        disk.open.clear()
        for one in scored.session.opened:
            scored.session.store.forget_series(one.key)
    name = go(scored)
    if on_its_way:
        scored.view.repaint()
        scored.board["hull"].trigger()
        scored.board["hull"].trigger()
        qtbot.waitUntil(lambda: scored.view.scene.slice is None or scored.view.scene.tissue is not None)
        scored.view.repaint()
        disk.open.set()
    before = painted.whole
    arrived(scored, name, qtbot)
    assert painted.wrong == []
    assert painted.whole > before


def test_a_slice_has_its_own_overlays_when_its_series_is_opened_again(
    scored: MainWindow, disk: Disk, painted: Painted, qtbot: QtBot
) -> None:
    scored.board["close-all"].trigger()
    open_scored(scored, [disk.series(title) for title in reversed(SIZES)], qtbot)
    before = painted.whole
    arrived(scored, "small-2", qtbot)
    assert painted.wrong == []
    assert painted.whole > before


def test_a_slice_that_is_left_keeps_its_overlays_until_the_next_one_is_there(
    scored: MainWindow, disk: Disk, painted: Painted, qtbot: QtBot
) -> None:
    disk.open.clear()
    scored.session.store.forget_series(scored.session.opened[0].key)
    scroll(scored)
    before = painted.whole
    scored.view.repaint()
    assert scored.view.scene.slice is not None
    assert scored.view.scene.slice.source.path.stem == "large-2"
    assert (painted.wrong, painted.whole) == ([], before + 1)


def test_measurements_wait_for_their_slice(scored: MainWindow, disk: Disk, qtbot: QtBot) -> None:
    line = Distance((20.0, 20.0), (60.0, 30.0))
    scored.view.measured.emit(line)
    scored.board["undo"].trigger()
    scored.session.show_slice(0)
    disk.open.clear()
    scored.session.store.forget_series(scored.session.opened[0].key)
    scored.board["redo"].trigger()
    scene = scored.view.scene
    assert scene.slice is not None
    assert (scene.slice.source.path.stem, scene.measurements) == ("large-0", ())
    disk.open.set()
    qtbot.waitUntil(lambda: scene.measurements == (line,))
    assert scene.slice.source.path.stem == "large-2"


def test_a_result_of_a_closed_series_is_shown_nowhere(
    window: MainWindow, model: MadeUpModel, disk: Disk, qtbot: QtBot
) -> None:
    model.hold()
    window.session.add([disk.series("small")], [])
    qtbot.waitUntil(lambda: len(model.seen) == 1, timeout=20_000)
    shown: list[object] = []
    window.analysis.result_shown.connect(shown.append)
    window.board["close-all"].trigger()
    with qtbot.waitSignal(window.analysis.busy_changed, timeout=20_000):
        model.resume()
    assert set(shown) <= {None}
