"""Whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from covidviewer.errors import OutputUnwritable
from covidviewer.services.writing import make_folder, write_whole


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.bin", b"one")
    write_whole(tmp_path / "a.bin", b"two")
    assert (tmp_path / "a.bin").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_failure_keeps_the_old_file_and_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a.bin", b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputUnwritable, match="no space left on device"):
        write_whole(tmp_path / "a.bin", b"new")
    assert (tmp_path / "a.bin").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match=r"cannot be written: .+\.$"):
        write_whole(tmp_path / "no" / "a.bin", b"x")


def test_a_folder_is_made_with_those_above_it_and_stays_empty(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "a" / "b")
        assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_in_the_place_of_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputUnwritable, match=r"cannot be created: .+\.$"):
        make_folder(tmp_path / "a")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="only on POSIX systems and not as root")
def test_a_folder_without_permission_to_write_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputUnwritable, match=r"cannot be written: .+\.$"):
        make_folder(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="only on systems with permission bits")
def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.bin", b"x", private=True)
    assert (tmp_path / "a.bin").stat().st_mode & 0o077 == 0
