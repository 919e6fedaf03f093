"""Grouping, ordering, spacing and notes of series, and the walk over folders that finds their files."""

from __future__ import annotations

import itertools
import os
import random
import threading
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from covidviewer.imaging.opening import Opened, open_paths, read_headers
from covidviewer.imaging.series import build_series, group_headers, natural, ordered
from covidviewer.imaging.slices import FileKind, Geometry, Series, Slice, SliceHeader, Source
from tests.unit.imaging.dicom.made_dicom import ct, ramp, save

OBLIQUE = ((0.8, 0.6, 0.0), (0.0, 0.0, -1.0))


def header(
    number: int,
    position: tuple[float, float, float] | None = None,
    directions: Any = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    **attributes: Any,
) -> SliceHeader:
    path = attributes.pop("path", Path(f"/scan/{number}.dcm"))
    geometry = None if position is None else Geometry(position, directions[0], directions[1], (0.7, 0.7))
    kind = attributes.pop("kind", FileKind.DICOM)
    frame = attributes.pop("frame", 0)
    source = Source(path, kind, frame, attributes.pop("identity", str(path)))
    known: dict[str, Any] = {"series_uid": "1.2", "modality": "CT", "instance_number": number, **attributes}
    return SliceHeader(source, 512, 512, geometry, **known)


def refuse(header: SliceHeader) -> Slice:
    raise AssertionError("no slice is decoded while series are built")


def built(headers: list[SliceHeader]) -> tuple[Series, ...]:
    return build_series(headers, refuse)


def shuffled(headers: list[SliceHeader]) -> list[SliceHeader]:
    mixed = list(headers)
    random.Random(11).shuffle(mixed)
    return mixed


def test_a_series_without_a_description_is_called_after_its_file_or_its_folder() -> None:
    one, other = (header(number, (0, 0, number)) for number in (1, 2))
    assert [series.title for series in built([one])] == ["1.dcm"]
    assert [series.title for series in built([one, other])] == ["scan"]


@pytest.mark.parametrize("numbers", ["ascending", "descending", "random"])
def test_slices_are_ordered_by_position_whatever_their_numbers(numbers: str) -> None:
    order = {"ascending": range(20), "descending": range(19, -1, -1), "random": random.Random(2).sample(range(20), 20)}
    headers = [header(number, (0, 0, 2.5 * index)) for index, number in enumerate(order[numbers])]
    (series,) = built(shuffled(headers))
    assert series.headers == tuple(headers)
    assert series.spacing_mm == pytest.approx(2.5)
    assert series.notes == ()


@given(st.permutations(range(12)), st.floats(-0.4, 0.4), st.floats(0.3, 20))
@settings(max_examples=40, deadline=None)
def test_oblique_and_tilted_slices_are_ordered_along_their_normal(order: list[int], shift: float, step: float) -> None:
    row, column = (np.array(direction) for direction in OBLIQUE)
    normal = np.cross(row, column)
    places = [index * step * (normal + shift * column) for index in range(12)]
    headers = [header(index, (float(p[0]), float(p[1]), float(p[2])), OBLIQUE) for index, p in enumerate(places)]
    (series,) = built([headers[index] for index in order])
    assert [one.instance_number for one in series.headers] == list(range(12))
    assert series.spacing_mm == pytest.approx(step, rel=1e-6)
    tilt = float(np.degrees(np.arctan(abs(shift))))
    noted = [note for note in series.notes if "tilted" in note]
    assert len(noted) == (1 if tilt >= 0.5 else 0)


def test_without_positions_the_instance_number_orders_and_without_numbers_the_name() -> None:
    (numbered,) = built(shuffled([header(number) for number in range(1, 13)]))
    assert [one.instance_number for one in numbered.headers] == list(range(1, 13))
    assert "instance number" in numbered.notes[0]
    named = [header(number, instance_number=None) for number in range(1, 13)]
    (series,) = built(shuffled(named))
    assert [one.source.path.stem for one in series.headers] == [str(number) for number in range(1, 13)]
    assert "file name" in series.notes[0]


def test_a_gap_is_counted_and_uneven_steps_are_named() -> None:
    gap = [header(index, (0, 0, 3.0 * index)) for index in range(12) if index not in (4, 5, 9)]
    (series,) = built(gap)
    assert series.spacing_mm is None
    assert series.notes == ("3 slices are missing in 2 gaps.",)
    (uneven,) = built([header(index, (0, 0, z)) for index, z in enumerate((0, 1, 2.5, 3, 4.2, 5.5))])
    assert uneven.notes == ("The slices are unevenly spaced (0.5 to 1.5 mm).",)


def test_two_series_two_orientations_two_sizes_and_localisers_are_kept_apart() -> None:
    headers = [header(index, (0, 0, index)) for index in range(3)]
    headers += [header(10 + index, (0, 0, index), series_uid="1.3") for index in range(3)]
    headers += [header(20 + index, (index, 0, 0), OBLIQUE) for index in range(3)]
    headers += [header(30, (0, 0, 0), image_type=("ORIGINAL", "PRIMARY", "LOCALIZER"), description="Scout")]
    series = built(shuffled(headers))
    assert sorted(len(one) for one in series) == [1, 3, 3, 3]
    assert "Scout (localiser)" in {one.title for one in series}


def test_time_points_become_series_by_acquisition_number_or_by_their_order() -> None:
    numbered = [
        header(10 * point + index, (0, 0, index), acquisition_number=point) for point in (1, 2) for index in range(5)
    ]
    timed = [
        header(10 * point + index, (0, 0, index), acquisition_time=f"10{point}{index}00")
        for point in (1, 2, 3)
        for index in range(5)
    ]
    for headers, points in ((numbered, 2), (timed, 3)):
        series = built(shuffled(headers))
        assert [len(one) for one in series] == [5] * points
        for one in series:
            assert len({(head.instance_number or 0) // 10 for head in one.headers}) == 1
            assert one.spacing_mm == pytest.approx(1)


def test_the_parts_of_a_series_are_listed_by_their_numbers_whatever_their_files_are_called() -> None:
    parts = [
        header(10 * (4 - point) + index, (0, 0, index), acquisition_number=point, description="Chest")
        for point in (1, 2, 3)
        for index in range(5)
    ]
    between = header(25, (0, 0, 0), series_uid="1.3", description="Head")
    titles = [series.title for series in built(shuffled([*parts, between]))]
    assert titles == ["Chest (1 of 3)", "Chest (2 of 3)", "Chest (3 of 3)", "Head"]


def test_a_cine_loop_at_one_place_stays_one_series_in_the_order_of_its_frames() -> None:
    frames = [header(1, (0, 0, 0), frame=frame, path=Path("/scan/loop.dcm")) for frame in range(8)]
    (series,) = built(shuffled(frames))
    assert [one.source.frame for one in series.headers] == list(range(8))


def test_a_few_repeated_places_stay_together_and_are_noted() -> None:
    headers = [header(index, (0, 0, min(index, 5))) for index in range(7)]
    (series,) = built(headers)
    assert len(series) == 7
    assert "1 slice has the same position as another." in series.notes


def test_copies_of_an_instance_are_left_out_but_a_shared_uid_alone_makes_no_copy() -> None:
    twice = [
        header(index, (0, 0, index), path=Path(f"/{folder}/{index}"), identity=f"1.{index}")
        for folder in "ab"
        for index in range(4)
    ]
    (series,) = built(shuffled(twice))
    assert [one.source.path.parent.name for one in series.headers] == ["a"] * 4
    assert series.notes == ("4 duplicate slices were left out.",)
    (careless,) = built([header(index, (0, 0, index), identity="1.9") for index in range(4)])
    assert len(careless) == 4


def test_a_folder_of_pictures_is_one_series_in_natural_order(tmp_path: Path) -> None:
    folder = tmp_path / "COVID"
    folder.mkdir()
    for number in (10, 2, 1, 33):
        Image.new("L", (4 + number, 5), number).save(folder / f"Covid ({number}).png")
    opened = open_paths([folder])
    (series,) = opened.series
    assert series.title == "COVID"
    assert [one.source.path.name for one in series.headers] == [f"Covid ({number}).png" for number in (1, 2, 10, 33)]
    assert [int(series.read_slice(index).values[0, 0]) for index in range(4)] == [1, 2, 10, 33]


def test_the_pages_of_a_tiff_are_a_series_of_their_own(tmp_path: Path) -> None:
    pages = [Image.new("L", (4, 4), page) for page in range(3)]
    pages[0].save(tmp_path / "stack.tif", save_all=True, append_images=pages[1:])
    pages[0].save(tmp_path / "single.tif")
    assert {one.title: len(one) for one in open_paths([tmp_path]).series} == {"single.tif": 1, "stack.tif": 3}


@given(st.lists(st.text(max_size=12), max_size=8), st.randoms())
def test_natural_order_compares_any_names_whatever_order_they_came_in(names: list[str], chance: random.Random) -> None:
    mixed = list(names)
    chance.shuffle(mixed)
    assert [natural(name) for name in sorted(names, key=natural)] == [
        natural(name) for name in sorted(mixed, key=natural)
    ]


def test_grouping_keeps_every_header_once() -> None:
    headers = [header(index, (0, 0, index % 4)) for index in range(9)] + [header(20)]
    grouped = [one for group in group_headers(headers) for one in group.headers]
    assert sorted(grouped, key=str) == sorted(headers, key=str)
    assert ordered([headers[3]]) == (headers[3],)


def scan(folder: Path) -> Path:
    for number in range(1, 6):
        save(ct(ramp() + number, InstanceNumber=number, ImagePositionPatient=[0, 0, number]), folder / f"{number}.dcm")
    return folder


def names(opened: Opened) -> list[str]:
    return [one.source.path.name for series in opened.series for one in series.headers]


def test_one_broken_file_never_loses_the_others(tmp_path: Path) -> None:
    folder = scan(tmp_path / "scan")
    (folder / "6.dcm").write_bytes((folder / "1.dcm").read_bytes()[:300])
    (folder / "empty.dcm").touch()
    (folder / "notes.txt").write_text("hello")
    (folder / ".hidden").write_text("hello")
    opened = open_paths([folder, tmp_path / "gone"])
    assert names(opened) == [f"{number}.dcm" for number in range(1, 6)]
    assert [unread.path.name for unread in opened.unread] == ["gone", "6.dcm", "empty.dcm", "notes.txt"]
    assert len({unread.reason for unread in opened.unread}) == 4
    assert opened.complete


def test_folders_that_link_to_each_other_are_walked_once(tmp_path: Path) -> None:
    folder = scan(tmp_path / "scan")
    (folder / "again").symlink_to(folder)
    (folder / "deep").mkdir()
    (folder / "deep" / "up").symlink_to(tmp_path)
    opened = open_paths([folder])
    assert len(names(opened)) == 5
    assert opened.unread == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="only on POSIX systems and not as root")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    folder = scan(tmp_path / "scan")
    closed = folder / "closed"
    closed.mkdir(mode=0o000)
    opened = open_paths([folder])
    assert len(names(opened)) == 5
    assert [unread.path for unread in opened.unread] == [closed]


def test_a_file_that_vanishes_later_fails_alone(tmp_path: Path) -> None:
    folder = scan(tmp_path / "scan")
    (series,) = open_paths([folder]).series
    (folder / "3.dcm").unlink()
    np.testing.assert_array_equal(series.read_slice(3).values, ramp() + 4)
    with pytest.raises(Exception, match="does not exist"):
        series.read_slice(2)


def test_progress_counts_to_the_end_and_cancelling_keeps_what_there_is(tmp_path: Path) -> None:
    folder = scan(tmp_path / "scan")
    told: list[tuple[int, int]] = []
    open_paths([folder], progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 5) for done in range(1, 6)]
    counted: list[int] = []
    opened = open_paths([folder], progress=lambda *done: counted.append(done[0]), cancelled=lambda: len(counted) >= 2)
    assert not opened.complete
    assert len(names(opened)) == 2


@pytest.mark.parametrize(("waiting", "threaded"), [(1.5, False), (10.0, True)])
def test_files_are_read_by_threads_where_the_disk_is_waited_for_and_in_order_either_way(
    waiting: float, threaded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`waiting` is the clock's time for a second of the processor."""
    for number in range(1, 41):
        save(ct(InstanceNumber=number, ImagePositionPatient=[0, 0, number]), tmp_path / f"{number:02d}.dcm")
    threads: set[str] = set()

    def watched(path: Path, kind: FileKind, _cancelled: object) -> tuple[SliceHeader, ...]:
        threads.add(threading.current_thread().name)
        return read_headers(path, kind)

    monkeypatch.setattr("covidviewer.imaging.opening.read_headers", watched)
    for clock, second in (("perf_counter", waiting), ("thread_time", 1.0)):
        monkeypatch.setattr(f"covidviewer.imaging.opening.{clock}", partial(next, itertools.count(0.0, second)))
    (series,) = open_paths([tmp_path]).series
    assert [header.instance_number for header in series.headers] == list(range(1, 41))
    assert any(name.startswith("header") for name in threads) == threaded
