"""The launchers that a double click starts, each run as the desktop runs it with a Python that only notes its words."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

INSTALLER = Path(__file__).resolve().parents[3] / "installer"
FILES = ["a scan.dcm", "it's $HOME.png"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="only on Linux and macOS: the launchers are shell scripts")


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(INSTALLER / "CovidViewer.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def desktop_words(place: Path) -> list[str]:
    """The Exec line unescaped and split as the Desktop Entry Specification says, its field codes filled in."""
    words: list[str] = []
    for word in shlex.split(entry()["Exec"].replace("\\\\", "\\")):
        words += {"%k": [str(place)], "%F": FILES}.get(word, [word.replace("\\$", "$")])
    return words


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the launchers in a folder with a space, beside a bootstrap.py that notes what it was given."""
    place = tmp_path / "my programs" / "installer"
    place.mkdir(parents=True)
    for name in ("CovidViewer.desktop", "CovidViewer.command"):
        shutil.copy(INSTALLER / name, place)
    (place / "bootstrap.py").write_text(
        "import pathlib, sys\npathlib.Path(__file__).with_name('noted').write_text('\\n'.join(sys.argv[1:]))\n"
        "sys.exit(int(sys.argv[-1] == 'fail'))\n"
    )
    return place


def test_the_desktop_entry_starts_the_window_with_the_files(checkout: Path) -> None:
    subprocess.run(desktop_words(checkout / "CovidViewer.desktop"), check=True, timeout=30)
    assert (checkout / "noted").read_text().splitlines() == ["launch", *FILES]


def test_the_command_file_starts_the_window_with_the_files(checkout: Path) -> None:
    subprocess.run([checkout / "CovidViewer.command", *FILES], check=True, timeout=30)
    assert (checkout / "noted").read_text().splitlines() == ["launch", *FILES]


def test_a_failure_stays_on_the_screen_until_it_is_read(checkout: Path) -> None:
    command = [str(checkout / "CovidViewer.command"), "fail"]
    seen = subprocess.run(command, input="\n", capture_output=True, text=True, timeout=30, check=False)
    assert "Press Enter" in seen.stdout


def test_the_windows_launcher_has_its_line_ends_and_starts_bootstrap() -> None:
    content = (INSTALLER / "CovidViewer.bat").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 2
    assert content.count(b'"%~dp0bootstrap.py" launch %*') == 2


def test_the_desktop_entry_is_valid() -> None:
    checker = shutil.which("desktop-file-validate")
    if checker is None:
        pytest.skip("desktop-file-validate is missing: apt-get install desktop-file-utils")
    seen = subprocess.run([checker, INSTALLER / "CovidViewer.desktop"], capture_output=True, text=True, check=False)
    assert (seen.returncode, seen.stdout) == (0, "")


def test_double_click_can_start_them() -> None:
    assert all(os.access(INSTALLER / name, os.X_OK) for name in ("CovidViewer.desktop", "CovidViewer.command"))
