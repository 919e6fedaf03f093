"""Measurements on the disk: what was written is read, nonsense is set aside, and no file names a patient."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from covidviewer.errors import OutputUnwritable
from covidviewer.imaging.slices import FileKind, SliceHeader, Source
from covidviewer.services.user_files.measurements import (
    POINTS,
    Mark,
    SliceNotes,
    file_names,
    measurement_folder,
    read_notes,
    write_notes,
)

LINE = Mark("distance", ((1.5, 2.0), (30.25, 40.0)))


def header(identity: str, path: str = "a.dcm", frame: int = 0) -> SliceHeader:
    return SliceHeader(Source(Path(path), FileKind.DICOM, frame, identity), 10, 10)


@given(
    st.lists(
        st.sampled_from(sorted(POINTS)).flatmap(
            lambda kind: st.tuples(
                st.just(kind),
                st.lists(
                    st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False)] * 2),
                    min_size=POINTS[kind][0],
                    max_size=min(9, POINTS[kind][1]),
                ),
            )
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, list]]) -> None:  # type: ignore[type-arg]
    file = tmp_path_factory.mktemp("kept") / "m" / "a.json"
    for key_image in (False, True):
        notes = SliceNotes(tuple(Mark(kind, tuple(points)) for kind, points in drawn), key_image)
        write_notes(file, notes)
        assert read_notes(file) == notes
        assert file.exists() == (bool(drawn) or key_image)


def test_a_slice_is_known_by_its_identity_and_frame_wherever_its_file_lies() -> None:
    first, second = file_names([header("1.2.3", "here/a.dcm")]), file_names([header("1.2.3", "there/b.dcm")])
    assert first == second
    assert len({*first, *file_names([header("1.2.3", frame=1)]), *file_names([header("1.2.4")])}) == 3


def test_slices_that_share_one_uid_are_told_apart_by_their_files() -> None:
    one, other = file_names([header("1.2.3", "a.dcm"), header("1.2.3", "b.dcm")])
    assert one != other


def test_the_file_name_does_not_hold_the_identity() -> None:
    assert "1.2.840.777" not in file_names([header("1.2.840.777")])[0]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"measurements": [{"kind": "distance", "points": [[1, 2]]}]}',
        '{"measurements": [{"kind": "star", "points": []}]}',
        '{"measurements": [{"kind": "distance", "points": [[1, 2], [NaN, 3]]}]}',
        '{"measurements": 7}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_set_aside_and_not_lost(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(content)
    assert read_notes(file) == SliceNotes()
    assert (tmp_path / "a.broken-1.json").read_text() == content


def test_a_file_of_measurements_alone_is_no_key_image(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"version": 1, "measurements": [{"kind": "distance", "points": [[1.5, 2], [30.25, 40]]}]}')
    assert read_notes(file) == SliceNotes((LINE,))


def test_no_measurements_leave_no_file(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_notes(file, SliceNotes((LINE,)))
    write_notes(file, SliceNotes())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputUnwritable, match=r"cannot be created: .+\.$"):
        write_notes(tmp_path / "taken" / "a.json", SliceNotes((LINE,)))


def test_the_folder_lies_beside_the_settings(tmp_path: Path) -> None:
    assert measurement_folder(tmp_path / "settings.json") == tmp_path / "measurements"
