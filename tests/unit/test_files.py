"""Whole or not at all, only where it may be, and with the reason in a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from covidviewer.errors import OutputUnwritable, UnreadableFile, UnsupportedImage
from covidviewer.files import (
    atomic_write,
    begins_with,
    ensure_replaceable,
    first_line,
    make_folder,
    translate_errors,
)

REFUSAL = "“{path}” is not ours."


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    atomic_write(tmp_path / "a.bin", b"one")
    atomic_write(tmp_path / "a.bin", b"two")
    assert (tmp_path / "a.bin").read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_failure_keeps_the_old_file_and_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atomic_write(tmp_path / "a.bin", b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputUnwritable, match="no space left on device"):
        atomic_write(tmp_path / "a.bin", b"new")
    assert (tmp_path / "a.bin").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable, match=r"cannot be written: .+\.$"):
        atomic_write(tmp_path / "no" / "a.bin", b"x")


def test_a_folder_is_made_with_those_above_it_and_stays_empty(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "a" / "b")
        assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="only on systems with permission bits")
def test_a_private_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        make_folder(tmp_path / "private")
        make_folder(tmp_path / "public", private=False)
    finally:
        os.umask(mask)
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "public").stat().st_mode & 0o777 == 0o755


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
    atomic_write(tmp_path / "a.bin", b"x", private=True)
    assert (tmp_path / "a.bin").stat().st_mode & 0o077 == 0


def test_a_file_may_be_replaced_when_nothing_or_one_of_ours_is_there(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    ensure_replaceable(path, begins_with(b"path,"), REFUSAL)
    path.write_bytes(b"path,frame\n")
    ensure_replaceable(path, begins_with(b"other,", b"path,"), REFUSAL)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("thesis.csv", "is not ours"),
        ("empty.csv", "is not ours"),
        ("folder", "is a folder"),
        ("no/t.csv", "does not exist"),
    ],
)
def test_any_other_place_is_one_sentence(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.csv").write_bytes(b"my,path,\n")
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputUnwritable, match=said):
        ensure_replaceable(tmp_path / name, begins_with(b"path,"), REFUSAL)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("\n Wrong shape.\nTraceback"), "Wrong shape"),
        (ValueError("x" * 300), "x" * 160),
        (RuntimeError(""), "RuntimeError"),
    ],
)
def test_a_foreign_error_is_its_first_line_or_its_type(error: Exception, said: str) -> None:
    assert first_line(error) == said
    assert first_line(RuntimeError("  "), "no answer") == "no answer"


def test_foreign_errors_are_translated_without_their_text_and_ours_pass() -> None:
    def refuse(fault: Exception) -> UnreadableFile | None:
        return UnreadableFile("It is damaged.") if isinstance(fault, ValueError) else None

    with pytest.raises(UnreadableFile, match="damaged") as caught, translate_errors(refuse):
        raise ValueError("Doe^Jane")
    assert caught.value.__suppress_context__
    with pytest.raises(UnsupportedImage), translate_errors(refuse):
        raise UnsupportedImage("This is a video.")
    with pytest.raises(KeyError), translate_errors(refuse):
        raise KeyError
