"""What a file is, by its content."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from covidviewer.errors import UnreadableFile, UnsupportedImage
from covidviewer.imaging.slices import FileKind
from covidviewer.imaging.sniff import sniff
from tests.unit.imaging.dicom.made_dicom import ct, save


@pytest.mark.parametrize(
    ("written_as", "kind"),
    [
        ("PNG", FileKind.PNG),
        ("JPEG", FileKind.JPEG),
        ("TIFF", FileKind.TIFF),
        ("BMP", FileKind.BMP),
        ("WEBP", FileKind.WEBP),
    ],
)
def test_a_picture_is_known_whatever_its_name_says(tmp_path: Path, written_as: str, kind: FileKind) -> None:
    path = tmp_path / "scan.dcm"
    Image.new("L", (5, 4), 90).save(path, format=written_as)
    assert sniff(path) is kind


def test_a_dicom_file_is_known_by_its_mark_and_without_it(tmp_path: Path) -> None:
    path = save(ct(), tmp_path / "slice.png")
    bare = tmp_path / "bare.txt"
    bare.write_bytes(path.read_bytes()[132:])
    data_set = tmp_path / "data-set"
    data_set.write_bytes(path.read_bytes()[path.read_bytes().index(b"\x08\x00\x08\x00") :])
    assert [sniff(one) for one in (path, bare, data_set)] == [FileKind.DICOM] * 3


def test_an_archive_is_known(tmp_path: Path) -> None:
    path = tmp_path / "scans"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"b")
    assert sniff(path) is FileKind.ZIP


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7 \x00", "PDF"),
        (b"GIF89a\x00", "GIF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"name,age\nx,3\n", "text"),
        ("Müller; Größe\n".encode(), "text"),
        (bytes(range(256)), "unknown"),
        (b"BMX is a sport, and this is a text", "text"),
    ],
)
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "scan.dcm"
    path.write_bytes(content)
    with pytest.raises(UnsupportedImage, match=word) as refusal:
        sniff(path)
    assert str(refusal.value).count(".") == 1


def test_empty_missing_and_forbidden_files_are_unreadable_for_different_reasons(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    reasons = set()
    for name in ("empty", "missing", "loop"):
        with pytest.raises(UnreadableFile) as refusal:
            sniff(tmp_path / name)
        reasons.add(str(refusal.value))
    assert len(reasons) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnsupportedImage, match="pipe"):
        sniff(tmp_path / "pipe")


def test_a_folder_is_refused_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImage, match="folder"):
        sniff(tmp_path)


def test_a_tiff_with_a_dicom_header_in_its_head_is_dicom(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("L", (4, 4)).save(buffer, format="TIFF")
    dual = bytearray(save(ct(), tmp_path / "a.dcm").read_bytes())
    dual[:8] = buffer.getvalue()[:8]
    (tmp_path / "b").write_bytes(dual)
    assert sniff(tmp_path / "b") is FileKind.DICOM
