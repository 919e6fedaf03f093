"""Files of the program's own: private, written through links, read within bounds, and set aside once when damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from covidviewer.cli.console import printable
from covidviewer.errors import BrokenModel
from covidviewer.files import atomic_write, make_folder, read_bounded, set_aside
from covidviewer.imaging.unpacked_folder import MARK, UnpackedFolder, remove_abandoned_folders
from covidviewer.inference.card import read_card
from covidviewer.services.user_files.last_session import read_session
from covidviewer.services.user_files.log import LARGEST_LOG, LogFileHandler
from covidviewer.services.user_files.measurements import read_notes
from covidviewer.services.user_files.settings import Settings, load_settings

POSIX = pytest.mark.skipif(os.name != "posix", reason="only on POSIX systems")
MARKS = {"kind": "distance", "points": [[0, 0], [1, 1]]}


@POSIX
def test_what_is_written_is_private_to_the_user(tmp_path: Path) -> None:
    make_folder(tmp_path / "made")
    atomic_write(tmp_path / "made" / "a.csv", b"x")
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "made" / "a.csv").stat().st_mode & 0o777 == 0o600


@POSIX
def test_an_output_that_is_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "there" / "real.csv")
    atomic_write(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.csv").read_bytes() == b"new"


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_device_in_the_place_of_a_file_is_not_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert len(loaded.notes) == 1
    assert read_session(path).paths == ()
    assert read_notes(path).marks == ()
    with pytest.raises(BrokenModel):
        read_card(path)


@pytest.mark.parametrize("size", [900_000, 50_000_000])
def test_brackets_without_end_are_no_settings_and_no_card(size: int, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"[" * size)
    with pytest.raises(BrokenModel):
        read_card(path)
    assert read_session(path.with_name("none.json")).paths == ()
    assert load_settings(path).settings == Settings()
    assert not path.exists()
    assert path.with_name("settings.broken-1.json").stat().st_size == size


def test_no_more_than_the_bound_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bounded(tmp_path / "a", 5) == b"12345"
    with pytest.raises(ValueError, match="larger"):
        read_bounded(tmp_path / "a", 4)


def test_a_damaged_measurement_costs_itself_and_is_kept_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    damaged = {"measurements": [MARKS, {"kind": "distance", "points": [[0, "nan"]]}, MARKS], "key_image": True}
    path.write_text(json.dumps(damaged), encoding="utf-8")
    for _ in range(3):
        notes = read_notes(path)
        assert (len(notes.marks), notes.key_image) == (2, True)
    assert [one.name for one in tmp_path.glob("*broken*")] == ["a.broken-1.json"]


def test_a_damaged_series_of_a_session_costs_itself_alone(tmp_path: Path) -> None:
    good = {"key": "k", "index": 3, "window": None, "inverted": False, "shown": True}
    path = tmp_path / "session.json"
    path.write_text(json.dumps({"paths": ["/a"], "series": [good, {"key": 1}, good]}), encoding="utf-8")
    session = read_session(path)
    assert (session.paths, [one.index for one in session.series]) == (("/a",), [3, 3])


def test_two_damages_are_set_aside_under_two_names(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / "a.json").write_text(f"damage {number}", encoding="utf-8")
        assert set_aside(tmp_path / "a.json") == tmp_path / f"a.broken-{number}.json"


def test_unpacked_archives_of_a_dead_program_are_removed_and_those_of_a_living_one_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dying = "import os, pathlib; from covidviewer.imaging.unpacked_folder import UnpackedFolder as F"
    dying += "; kept = F(pathlib.Path('dead.zip')); os._exit(1)"
    subprocess.run([sys.executable, "-c", dying], env=os.environ | {"TMPDIR": str(tmp_path)}, check=False, timeout=60)
    living = UnpackedFolder(Path("living.zip"))
    (tmp_path / "covidviewer-of-somebody-else").mkdir()
    (tmp_path / "covidviewer-of-somebody-else" / "file").touch()
    assert len(list(tmp_path.glob(f"*/{MARK}"))) == 2
    remove_abandoned_folders()
    assert living.path.is_dir()
    assert len(list(tmp_path.glob(f"*/{MARK}"))) == 1
    assert (tmp_path / "covidviewer-of-somebody-else" / "file").exists()
    living.remove()


def test_the_log_is_rotated_while_the_program_runs(tmp_path: Path) -> None:
    import logging

    book = LogFileHandler(tmp_path / "a.log")
    for _ in range(3):
        book.emit(logging.LogRecord("a", logging.WARNING, "a", 1, "x" * (LARGEST_LOG // 2), (), None))
    book.emit(logging.LogRecord("a", logging.WARNING, "a", 1, "last", (), None))
    book.close()
    assert (tmp_path / "a.log.old").stat().st_size > LARGEST_LOG
    assert (tmp_path / "a.log").read_text(encoding="utf-8").endswith("last\n")


def test_control_characters_in_names_do_not_rule_the_terminal() -> None:
    assert printable("a\x1b[2J\r\u202egnp.exe\x9b") == "a\\x1b[2J\\x0d\\u202egnp.exe\\x9b"
    assert printable("Zoë – 胸部 CT.dcm") == "Zoë – 胸部 CT.dcm"
