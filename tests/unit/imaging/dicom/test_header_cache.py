"""Parsed headers are used again for the pixels, within a budget, and never for a file that has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.imaging.dicom.file import DicomFile, open_dicom
from covidviewer.imaging.dicom.header_cache import RecentFiles, size_of
from tests.unit.imaging.dicom.made_dicom import ct, enhanced, ramp, save


class Opener:
    """Notes what is parsed."""

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def __call__(self, path: Path) -> DicomFile:
        self.parsed.append(path.name)
        return open_dicom(path)


@pytest.fixture
def opener() -> Opener:
    return Opener()


def test_a_file_is_parsed_once_for_its_header_and_its_pixels(tmp_path: Path, opener: Opener) -> None:
    recent = RecentFiles(opener)
    path = save(ct(), tmp_path / "a.dcm")
    assert recent.taken(path) is not recent.opened(path)
    assert recent.taken(path).rows == 6
    assert opener.parsed == ["a.dcm", "a.dcm"]
    assert recent.bytes == 0


def test_a_file_of_several_frames_stays(tmp_path: Path, opener: Opener) -> None:
    recent = RecentFiles(opener)
    path = save(enhanced(), tmp_path / "a.dcm")
    first = recent.opened(path)
    assert all(recent.taken(path) is first for _ in range(3))
    assert opener.parsed == ["a.dcm"]


def test_a_file_that_was_rewritten_is_parsed_anew(tmp_path: Path, opener: Opener) -> None:
    recent = RecentFiles(opener)
    path = save(ct(), tmp_path / "a.dcm")
    recent.opened(path)
    save(ct(ramp(4, 4)), path)
    assert recent.taken(path).rows == 4


def test_the_least_recent_headers_go_when_the_budget_is_passed(tmp_path: Path, opener: Opener) -> None:
    paths = [save(ct(InstanceNumber=number), tmp_path / f"{number}.dcm") for number in range(5)]
    one = size_of(open_dicom(paths[0]))
    recent = RecentFiles(opener, budget_bytes=3 * one)
    for path in paths:
        recent.opened(path)
    assert recent.bytes <= 3 * one
    opener.parsed.clear()
    for path in paths:
        recent.taken(path)
    assert opener.parsed == ["0.dcm", "1.dcm"]
