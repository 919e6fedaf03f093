"""Reading and scoring behind the window: order, memory budget, latest wins, chunks, cancel."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Timer

import numpy as np
from pytestqt.qtbot import QtBot

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.slices import FileKind, Series, Slice, SliceHeader, Source, Units
from covidviewer.ui.workers.inference import InferenceThread, SeriesRequest, SliceRequest
from covidviewer.ui.workers.reading import Reader, outwards
from covidviewer.ui.workers.slice_store import SliceStore, size_of
from covidviewer.ui.workers.thread_pool import StoppableThreadPool
from tests.gui.made_up_model import MadeUpModel


def grey(value: int) -> Slice:
    return Slice(np.full((64, 64), value, np.int16), Units.GREY, Source(Path(f"{value}.png"), FileKind.PNG))


SLICE_BYTES = size_of(grey(0))


class Shelf:
    """A series that notes what is read, and can be made to wait."""

    def __init__(self, count: int, broken: int | None = None) -> None:
        self.read: list[int] = []
        self.ood_detector = Event()
        self.ood_detector.set()
        self._broken = broken
        headers = tuple(SliceHeader(grey(i).source, 64, 64) for i in range(count))
        self.series = Series("shelf", headers, self._read)

    def _read(self, index: int) -> Slice:
        self.ood_detector.wait(5)
        self.read.append(index)
        if index == self._broken:
            raise UnreadableFile("The file is empty.")
        return grey(index)


def test_reading_goes_outwards_from_the_shown_slice() -> None:
    assert list(outwards(2, 5)) == [2, 3, 1, 4, 0]
    assert list(outwards(0, 3)) == [0, 1, 2]
    assert sorted(outwards(7, 20)) == list(range(20))


def test_the_store_drops_the_least_recently_used() -> None:
    store = SliceStore(3 * SLICE_BYTES)
    for index in range(3):
        store.put((1, index), grey(index))
    store.get((1, 0))
    store.put((1, 3), grey(3))
    assert [index for index in range(4) if (1, index) in store] == [0, 2, 3]
    assert store.bytes == 3 * SLICE_BYTES


def test_one_slice_larger_than_the_budget_is_kept() -> None:
    store = SliceStore(10)
    store.put((1, 0), grey(0))
    assert (1, 0) in store
    store.put((1, 1), grey(1))
    assert (1, 0) not in store


def test_the_shown_slice_is_read_first_and_the_rest_outwards(qtbot: QtBot) -> None:
    shelf = Shelf(7)
    reader = Reader(SliceStore(10**9), threads=1)
    reader.want(1, shelf.series, 3)
    qtbot.waitUntil(lambda: len(shelf.read) == 7)
    assert shelf.read == [3, 4, 2, 5, 1, 6, 0]
    assert reader.stop(2000)


def test_scrolling_on_reads_the_new_slice_next(qtbot: QtBot) -> None:
    shelf = Shelf(50)
    shelf.ood_detector.clear()
    reader = Reader(SliceStore(10**9), threads=1)
    reader.want(1, shelf.series, 10)
    reader.want(1, shelf.series, 40)
    shelf.ood_detector.set()
    qtbot.waitUntil(lambda: len(shelf.read) > 2)
    assert shelf.read[:2] in ([10, 40], [40, 41])
    assert reader.stop(2000)


def test_memory_stays_within_the_budget_while_reading_ahead(qtbot: QtBot) -> None:
    shelf = Shelf(100)
    store = SliceStore(10 * SLICE_BYTES)
    reader = Reader(store, threads=2)
    for shown in (0, 30, 60, 99):
        reader.want(1, shelf.series, shown)
        qtbot.waitUntil(lambda shown=shown: (1, shown) in store)  # type: ignore[misc]
        assert store.bytes <= 10 * SLICE_BYTES
    assert reader.stop(2000)
    assert len(shelf.read) < 60


def test_neighbours_are_read_ahead_when_the_memory_is_full_too(qtbot: QtBot) -> None:
    shelf = Shelf(100)
    store = SliceStore(10 * SLICE_BYTES)
    reader = Reader(store, threads=1)
    for shown in (20, 21, 22, 23):
        reader.want(1, shelf.series, shown)
        qtbot.waitUntil(lambda shown=shown: all((1, shown + ahead) in store for ahead in (0, 1, 2, 3)))  # type: ignore[misc]
    assert reader.stop(2000)
    assert store.bytes <= 10 * SLICE_BYTES


def test_another_series_slice_is_read_though_the_shown_one_fills_the_memory(qtbot: QtBot) -> None:
    shelf, other = Shelf(50), Shelf(3)
    shelf.ood_detector.clear()
    reader = Reader(SliceStore(2 * SLICE_BYTES), threads=1)
    reader.want(1, shelf.series, 20)
    for index in range(3):
        reader.want_aside(2, other.series, index)
    shelf.ood_detector.set()
    qtbot.waitUntil(lambda: sorted(other.read) == [0, 1, 2])
    assert reader.stop(2000)


def test_a_slice_that_is_there_already_is_told_when_it_is_asked_for_aside(qtbot: QtBot) -> None:
    shelf, store = Shelf(3), SliceStore(10**9)
    store.put((1, 2), grey(2))
    reader = Reader(store, threads=1)
    with qtbot.waitSignal(reader.read) as told:
        reader.want_aside(1, shelf.series, 2)
    assert told.args[:2] == [1, 2]
    assert shelf.read == []
    assert reader.stop(2000)


def test_a_slice_that_cannot_be_read_says_why_and_the_others_are_read(qtbot: QtBot) -> None:
    shelf = Shelf(3, broken=1)
    reader = Reader(SliceStore(10**9), threads=1)
    with qtbot.waitSignal(reader.failed) as failed:
        reader.want(4, shelf.series, 1)
    assert failed.args == [4, 1, "The file is empty."]
    qtbot.waitUntil(lambda: sorted(shelf.read) == [0, 1, 2])
    assert reader.stop(2000)


def test_of_many_clicks_only_the_first_and_the_last_are_scored(qtbot: QtBot) -> None:
    model, thread = begun()
    model.hold()
    answers: list[int] = []
    thread.scored.connect(lambda asked, _: answers.append(asked.token))
    thread.score(request(1))
    qtbot.waitUntil(lambda: len(model.seen) == 1)
    for token in range(2, 40):
        thread.score(request(token))
    model.resume()
    qtbot.waitUntil(lambda: 39 in answers)
    assert answers == [1, 39]
    assert thread.stop(2000)


def test_a_click_waits_for_one_chunk_of_a_series_at_most(qtbot: QtBot) -> None:
    model, thread = begun()
    model.hold()
    shelf = Shelf(40)
    answers: list[object] = []
    thread.scored_some.connect(lambda _, indices, __: answers.append(indices))
    thread.scored.connect(lambda _, __: answers.append("click"))
    thread.score_series(SeriesRequest(1, 1, shelf.series, tuple(range(40))))
    qtbot.waitUntil(lambda: len(model.seen) == 1)
    thread.score(request(2))
    model.resume()
    qtbot.waitUntil(lambda: len(answers) == 11, timeout=10_000)
    assert answers[:2] == [(0, 1, 2, 3), "click"]
    assert thread.stop(2000)


def test_a_cancelled_series_ends_with_what_was_done(qtbot: QtBot) -> None:
    model, thread = begun()
    model.hold()
    shelf = Shelf(40)
    done: list[int] = []
    thread.scored_some.connect(lambda _, indices, __: done.extend(indices))
    thread.score_series(SeriesRequest(1, 1, shelf.series, tuple(range(40))))
    qtbot.waitUntil(lambda: len(model.seen) == 1)
    thread.cancel_series()
    with qtbot.waitSignal(thread.series_ended) as ended:
        model.resume()
    assert ended.args is not None
    assert ended.args[1] is False
    assert done == [0, 1, 2, 3]
    assert thread.stop(2000)


def test_a_slice_of_a_series_that_cannot_be_read_fails_alone(qtbot: QtBot) -> None:
    _, thread = begun()
    shelf = Shelf(3, broken=1)
    outcomes: list[str] = []
    thread.scored_some.connect(lambda _, __, results: outcomes.extend(r.outcome.value for r in results))
    with qtbot.waitSignal(thread.series_ended):
        thread.score_series(SeriesRequest(1, 1, shelf.series, (0, 1, 2)))
    assert outcomes[1] == "failed"
    assert "failed" not in (outcomes[0], outcomes[2])
    assert thread.stop(2000)


def test_the_model_is_released_on_its_own_thread(qtbot: QtBot) -> None:
    model, thread = begun()
    thread.score(request(1))
    qtbot.waitUntil(lambda: bool(model.seen))
    assert thread.stop(2000)
    assert model.closed


def begun() -> tuple[MadeUpModel, InferenceThread]:
    model = MadeUpModel()
    thread = InferenceThread(SliceStore(10**9), lambda: model)
    thread.start()
    return model, thread


def request(token: int) -> SliceRequest:
    return SliceRequest(token, 1, 0, grey(token))


def test_a_crew_that_is_stopped_takes_no_more_work_and_drops_what_waits() -> None:
    pool, ood_detector = StoppableThreadPool("test", 1), Event()
    done: list[int] = []

    def wait_first() -> None:
        ood_detector.wait(5)
        done.append(1)

    pool.begin(wait_first)
    pool.begin(lambda: done.append(2))
    assert not pool.stop(10)
    ood_detector.set()
    assert pool.stop(5000)
    pool.begin(lambda: done.append(3))
    assert done == [1]


def test_a_crew_has_stopped_when_what_it_began_is_done_though_more_was_waiting() -> None:
    pool, ood_detector, begun = StoppableThreadPool("test", 1), Event(), Event()

    def work() -> None:
        begun.set()
        ood_detector.wait(5)

    pool.begin(work)
    pool.begin(lambda: None)
    assert begun.wait(5)
    Timer(0.05, ood_detector.set).start()
    assert pool.stop(5000)
