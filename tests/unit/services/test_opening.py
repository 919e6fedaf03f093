"""Finding pictures: each file answers for itself, in the order in which it was named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from covidviewer.imaging import opening
from covidviewer.imaging.opening import NESTED
from covidviewer.imaging.slices import FileKind, Unread
from covidviewer.imaging.sniff import sniff
from covidviewer.phantom.files import write_phantom_pngs, write_phantom_series
from covidviewer.phantom.slices import phantom_series
from covidviewer.services.opening import FoundFile, empty_folders, find_files


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_phantom_series(tmp_path_factory.mktemp("scan"), seed=2, slices=3, size=64)


def test_files_come_in_their_order_and_give_their_values(scan: list[Path]) -> None:
    found = list(find_files([scan[2], scan[0]]))
    assert [one.path for one in found] == [scan[2], scan[0]]
    truth = [phantom.values for phantom in phantom_series(2, slices=3, size=64)]
    for one, values in zip(found, (truth[2], truth[0]), strict=True):
        assert isinstance(one, FoundFile)
        assert np.array_equal(one.read(0).values, values)


def test_two_copies_of_one_slice_have_two_answers(scan: list[Path], tmp_path: Path) -> None:
    for name in ("a.dcm", "b.dcm"):
        (tmp_path / name).write_bytes(scan[0].read_bytes())
    assert [one.path.name for one in find_files([tmp_path])] == ["a.dcm", "b.dcm"]


def test_a_file_named_twice_has_one_answer(scan: list[Path]) -> None:
    assert len(list(find_files([scan[0], scan[0].parent, scan[0]]))) == 3


def test_pictures_in_an_archive_are_named_by_the_archive(scan: list[Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "scan.zip", "w") as archive:
        for path in scan:
            archive.write(path, f"inner/{path.name}")
        archive.writestr("inner/note.txt", "not an image")
    found = list(find_files([tmp_path / "scan.zip"]))
    inner = tmp_path / "scan.zip" / "inner"
    assert [one.path for one in found] == [inner / "note.txt", *(inner / path.name for path in scan)]
    assert isinstance(found[0], Unread)
    assert isinstance(found[1], FoundFile)
    assert found[1].read(0).rows == 64


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (PermissionError(13, "Permission denied"), "Permission to read the folder was denied."),
        (FileNotFoundError(2, "No such file or directory"), "The folder does not exist."),
        (OSError(5, "Input/output error"), "The folder cannot be read: input/output error."),
    ],
)
def test_a_folder_that_cannot_be_listed_has_a_sentence_of_its_own(
    fault: OSError, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scandir(_folder: Path) -> None:
        raise fault

    monkeypatch.setattr("covidviewer.imaging.opening.os.scandir", scandir)
    (unread,) = find_files([tmp_path])
    assert isinstance(unread, Unread)
    assert (unread.path, unread.reason) == (tmp_path, sentence)


def test_an_archive_in_an_archive_is_refused_by_its_own_name(scan: list[Path], tmp_path: Path) -> None:
    for name, inside in (("inner.zip", scan[0]), ("outer.zip", tmp_path / "inner.zip")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.write(inside, inside.name)
    (found,) = find_files([tmp_path / "outer.zip"])
    assert isinstance(found, Unread)
    assert (found.path, found.reason) == (tmp_path / "outer.zip" / "inner.zip", NESTED)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_is_looked_at_once(
    packed: bool, scan: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan[0]
    if packed:
        path = tmp_path / "scan.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(scan[0], "a.dcm")
    looked: list[str] = []

    def counted(file: Path) -> FileKind:
        looked.append(file.name)
        return sniff(file)

    monkeypatch.setattr(opening, "sniff", counted)
    (found,) = find_files([path])
    assert isinstance(found, FoundFile)
    found.read(0)
    assert looked == (["scan.zip", "a.dcm"] if packed else [path.name])


def test_each_page_of_a_tiff_is_a_frame(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.full((70, 80), 40 * k, np.uint8)) for k in range(1, 4)]
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])
    (found,) = find_files([tmp_path / "pages.tif"])
    assert isinstance(found, FoundFile)
    assert [found.read(k).values[0, 0] for k in range(3)] == [40, 80, 120]


def test_the_first_file_is_there_before_the_last_is_looked_at(tmp_path: Path) -> None:
    paths = write_phantom_pngs(tmp_path / "pictures", phantom_series(1, slices=2, size=64))
    files = find_files(paths)
    assert isinstance(next(files), FoundFile)
    paths[1].unlink()
    assert isinstance(next(files), Unread)


def test_a_missing_path_is_a_sentence(tmp_path: Path) -> None:
    (found,) = find_files([tmp_path / "gone.png"])
    assert isinstance(found, Unread)
    assert found.reason.endswith(".")


def test_an_empty_folder_holds_nothing_and_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").touch()
    assert list(find_files([tmp_path])) == []
    assert [str(sentence) for sentence in empty_folders([tmp_path])] == [f"“{tmp_path}” contains no files."]
    (tmp_path / "deep" / "er" / "note.txt").touch()
    assert empty_folders([tmp_path, tmp_path / "gone.png"]) == []
