"""Archives and DICOMDIRs: what is unpacked, what is refused, and that nothing leaves its folder."""

from __future__ import annotations

import gc
import io
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from covidviewer.errors import UnreadableFile, UnsupportedImage
from covidviewer.imaging import archive
from covidviewer.imaging.archive import read_dicomdir, unpack_zip
from covidviewer.imaging.opening import open_paths
from covidviewer.imaging.unpacked_folder import MARK
from tests.unit.imaging.dicom.made_dicom import ct, ramp, save


def zip_of(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return path


def test_files_come_out_as_they_went_in_and_the_folder_goes_when_nobody_needs_it(tmp_path: Path) -> None:
    content = {"one/a.dcm": b"first", "one/b": b"", "ü/c": bytes(100_000)}
    unpacked = unpack_zip(zip_of(tmp_path / "scan.zip", content))
    folder = unpacked.folder.path
    assert {str(file.relative_to(folder)): file.read_bytes() for file in unpacked.files} == content
    assert folder.name == "scan"
    assert unpacked.unread == ()
    del unpacked
    gc.collect()
    assert not folder.exists()


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/evil", "..\\evil", "C:\\evil", "C:evil"])
def test_an_entry_that_points_outside_is_refused_and_the_others_are_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(zipfile.ZipInfo(name), b"evil")
        made.writestr("good", b"good")
    unpacked = unpack_zip(path)
    assert [file.name for file in unpacked.files] == ["good"]
    assert len(unpacked.unread) == 1
    assert "escapes" in unpacked.unread[0].reason
    inside = [file for file in unpacked.folder.path.parent.rglob("*") if file.is_file() and file.name != MARK]
    assert inside == list(unpacked.files)


def test_one_name_twice_or_in_another_case_keeps_all_under_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as made:
        warnings.simplefilter("ignore")
        for number, name in enumerate(["s/IM.dcm", "s/IM.dcm", "s/im.DCM", "S/IM.dcm", "s/IM (2).dcm", "other"]):
            made.writestr(name, bytes([number]))
    unpacked = unpack_zip(path)
    assert [file.read_bytes() for file in unpacked.files] == [bytes([number]) for number in range(6)]
    names = [str(file.relative_to(unpacked.folder.path)).casefold() for file in unpacked.files]
    assert names[:2] == ["s/im.dcm", "s/im (2).dcm"]
    assert len(set(names)) == 6
    assert unpacked.unread == ()


def test_a_colon_is_a_letter_of_a_name(tmp_path: Path) -> None:
    unpacked = unpack_zip(zip_of(tmp_path / "a.zip", {"CT 10:30:22/IM1.dcm": b"first"}))
    assert [file.read_bytes() for file in unpacked.files] == [b"first"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_stored_and_deflated_entries_are_unpacked(tmp_path: Path, method: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("bomb", bytes(2**20), method)
        made.writestr("good", b"good")
    unpacked = unpack_zip(path)
    assert [file.name for file in unpacked.files] == ["good"]
    assert [one.reason for one in unpacked.unread] == [
        "This archive entry is compressed by a method that is not supported; skipped."
    ]


def test_too_little_memory_for_an_entry_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zip_of(tmp_path / "a.zip", {"large": b"large", "good": b"good"})
    opened = zipfile.ZipFile.open

    def too_large(self: zipfile.ZipFile, name: zipfile.ZipInfo) -> Any:
        if name.filename == "large":
            raise MemoryError
        return opened(self, name)

    monkeypatch.setattr(zipfile.ZipFile, "open", too_large)
    unpacked = unpack_zip(path)
    assert [file.name for file in unpacked.files] == ["good"]
    assert "memory" in unpacked.unread[0].reason


def test_cancelling_stops_within_an_entry(tmp_path: Path) -> None:
    asked = iter([False, False, True])
    unpacked = unpack_zip(zip_of(tmp_path / "a.zip", {"large": bytes(8 * 2**20)}), lambda: next(asked))
    assert unpacked.files == ()
    assert not any(unpacked.folder.path.iterdir())


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    unpacked = unpack_zip(tmp_path / "a.zip")
    assert unpacked.files == ()
    assert "link" in unpacked.unread[0].reason


def test_a_bomb_is_stopped_while_it_unpacks_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "RATIO_FREE_BYTES", 2**20)
    unpacked = unpack_zip(zip_of(tmp_path / "a.zip", {"bomb": bytes(20 * 2**20), "good": b"good"}))
    assert [file.name for file in unpacked.files] == ["good"]
    assert "far more" in unpacked.unread[0].reason
    assert not (unpacked.folder.path / "bomb").exists()


def test_the_whole_of_an_archive_is_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    unpacked = unpack_zip(zip_of(tmp_path / "a.zip", {"a": bytes(600), "b": bytes(600), "c": bytes(300)}))
    assert [file.name for file in unpacked.files] == ["a", "c"]
    monkeypatch.setattr(archive, "MAX_ENTRIES", 2)
    with pytest.raises(UnsupportedImage, match="3 files"):
        unpack_zip(tmp_path / "a.zip")


def test_a_damaged_entry_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("bad", b"x" * 100)
        made.writestr("good", b"good")
    path.write_bytes(path.read_bytes().replace(b"x" * 100, b"y" * 100, 1))
    unpacked = unpack_zip(path)
    assert [file.name for file in unpacked.files] == ["good"]
    assert "damaged" in unpacked.unread[0].reason


def test_an_archive_without_its_end_is_damaged(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", {"a": b"b" * 500})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(UnreadableFile, match="damaged"):
        unpack_zip(path)


def test_a_series_in_an_archive_opens_and_stays_readable_while_it_is_held(tmp_path: Path) -> None:
    files = {}
    for number in (1, 2, 3):
        saved = save(ct(ramp() + number, ImagePositionPatient=[0, 0, number]), tmp_path / f"{number}.dcm")
        files[f"scan/{number}.dcm"] = saved.read_bytes()
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as inner:
        inner.writestr("more.dcm", b"")
    opened = open_paths([zip_of(tmp_path / "a.zip", {**files, "notes.txt": b"hello", "more.zip": nested.getvalue()})])
    gc.collect()
    assert len(opened.series) == 1
    np.testing.assert_array_equal(opened.series[0].read_slice(2).values, ramp() + 3)
    assert sorted(unread.path.name for unread in opened.unread) == ["more.zip", "notes.txt"]


def dicomdir(path: Path, *references: list[str], kind: str = "IMAGE") -> Path:
    directory = Dataset()
    directory.SOPClassUID, directory.SOPInstanceUID = "1.2.840.10008.1.3.10", "1.2.3"
    records = []
    for parts in references:
        record = Dataset()
        record.DirectoryRecordType, record.ReferencedFileID = kind, parts
        records.append(record)
    directory.DirectoryRecordSequence = Sequence(records)
    return save(directory, path)


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom.*")
def test_a_dicomdir_leads_to_its_pictures_in_its_order_and_in_any_case(tmp_path: Path) -> None:
    for name in ("disc/im/b", "disc/im/a"):
        save(ct(SeriesDescription=name), tmp_path / name)
    path = dicomdir(tmp_path / "disc" / "DICOMDIR", ["IM", "B"], ["IM", "A"], ["IM", "GONE"])
    listed = read_dicomdir(path)
    assert [file.name for file in listed.files] == ["b", "a"]
    assert [unread.reason for unread in listed.unread] == ["The DICOMDIR references this file, but it does not exist."]


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom.*")
def test_a_dicomdir_never_leads_outside_of_its_folder(tmp_path: Path) -> None:
    secret = save(ct(), tmp_path / "secret.dcm")
    (tmp_path / "disc").mkdir()
    (tmp_path / "disc" / "LINK").symlink_to(secret)
    ways: list[list[str]] = [["..", "secret.dcm"], [str(secret)], ["LINK"], ["../secret.dcm"]]
    listed = read_dicomdir(dicomdir(tmp_path / "disc" / "DICOMDIR", *ways))
    assert listed.files == ()
    assert {unread.reason for unread in listed.unread} == {
        "The DICOMDIR references a file outside its folder; skipped."
    }


def test_a_dicomdir_without_pictures_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImage, match="no images"):
        read_dicomdir(dicomdir(tmp_path / "DICOMDIR", ["REPORT"], kind="SR DOCUMENT"))


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom.*")
@pytest.mark.parametrize("reference", [["im/a"], ["IM/A"], ["im ", "a "], ["im/a "], ["im\x00", "a\x00"]])
def test_a_dicomdir_with_joined_or_padded_parts_leads_to_its_pictures(tmp_path: Path, reference: list[str]) -> None:
    picture = save(ct(), tmp_path / "disc/im/a")
    listed = read_dicomdir(dicomdir(tmp_path / "disc" / "DICOMDIR", reference))
    assert (listed.files, listed.unread) == ((picture,), ())
