"""The archive's two scripts, run on a program that is a few files: everything comes, and everything goes again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from installer.metadata import metadata
from installer.packages.share import write_share
from installer.packages.tarball import build_tar, folders
from installer.recipes import recipe, write

META = metadata()

pytestmark = pytest.mark.skipif(os.name == "nt", reason="only on Linux: the archive is for Linux")


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """The archive's folder with a program that says its own place."""
    tree = tmp_path / "covidviewer 1"
    write(tree / "program" / "covidviewer", '#!/bin/sh\nreadlink -f "$0"\n', 0o755)
    write(tree / "program" / "_internal" / "PySide6" / "Qt" / "plugins" / "platforms" / "libqxcb.so", "")
    (tree / "program" / "covidviewer-gui").symlink_to("covidviewer")
    shared = write_share(tree / "share", "covidviewer-gui")
    write(tree / "install.sh", recipe("install.sh.j2"), 0o755)
    write(tree / "uninstall.sh", recipe("uninstall.sh.j2", shared=shared, folders=folders(shared)), 0o755)
    return tree


def run(script: Path, *words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": os.environ["PATH"], "HOME": str(home)}
    return subprocess.run([script, *words], env=surroundings, capture_output=True, text=True, timeout=60, check=False)


def files(folder: Path) -> list[str]:
    return sorted(place.relative_to(folder).as_posix() for place in folder.rglob("*"))


def test_what_is_installed_starts_and_is_gone_again_without_a_trace(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "my & programs"
    (prefix / "share" / "applications").mkdir(parents=True)
    (prefix / "share" / "applications" / "other.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=O\nExec=o\n"
    )
    before = files(prefix)
    done = run(unpacked / "install.sh", "--prefix", prefix, home=tmp_path)
    assert done.returncode == 0, done.stderr
    program = prefix / "lib" / "covidviewer"
    for name in ("covidviewer", "covidviewer-gui"):
        assert run(prefix / "bin" / name, home=tmp_path).stdout.strip() == str(program / "covidviewer")
    entry = (prefix / "share" / "applications" / f"{META.id}.desktop").read_text()
    assert f'Exec="{program}/covidviewer-gui" %F\n' in entry
    gone = run(program / "uninstall.sh", home=tmp_path)
    assert gone.returncode == 0, gone.stderr
    assert [file for file in files(prefix) if not file.endswith("mimeinfo.cache")] == before


@pytest.mark.skipif(shutil.which("xz") is None, reason="only on computers with xz")
def test_the_archive_holds_program_scripts_and_shared_files_and_is_the_same_each_time(tmp_path: Path) -> None:
    frozen = tmp_path / "covidviewer"
    write(frozen / "covidviewer", "#!/bin/sh\n", 0o755)
    (frozen / "covidviewer-gui").symlink_to("covidviewer")
    first = build_tar(frozen, tmp_path / "work", tmp_path / "out")
    before = first.read_bytes()
    assert build_tar(frozen, tmp_path / "other", tmp_path / "out").read_bytes() == before
    with tarfile.open(first) as archive:
        held = {name.partition("/")[2]: archive.getmember(name) for name in archive.getnames()}
    assert held["install.sh"].mode & 0o111
    assert held["program/covidviewer"].mode & 0o111
    assert held["program/covidviewer-gui"].linkname == "covidviewer"
    assert f"share/applications/{META.id}.desktop" in held
    assert {member.uid for member in held.values()} == {0}


def test_without_a_prefix_it_goes_into_the_persons_own_folder(unpacked: Path, tmp_path: Path) -> None:
    assert run(unpacked / "install.sh", home=tmp_path / "home").returncode == 0
    own = tmp_path / "home" / ".local"
    assert (own / "bin" / "covidviewer").is_file()
    assert run(own / "lib" / "covidviewer" / "uninstall.sh", home=tmp_path).returncode == 0
    assert files(own) == []


def test_an_update_leaves_nothing_of_the_older_version(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "prefix"
    run(unpacked / "install.sh", "--prefix", prefix, home=tmp_path)
    old = prefix / "lib" / "covidviewer" / "_internal" / "old.so"
    old.touch()
    assert run(unpacked / "install.sh", "--prefix", prefix, home=tmp_path).returncode == 0
    assert not old.exists()


def test_a_folder_of_somebody_else_is_left_alone(unpacked: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "prefix" / "lib" / "covidviewer" / "theirs"
    theirs.parent.mkdir(parents=True)
    theirs.touch()
    done = run(unpacked / "install.sh", "--prefix", tmp_path / "prefix", home=tmp_path)
    assert done.returncode == 1
    assert "nothing was done" in done.stderr
    assert theirs.exists()


def test_wrong_usage_is_answered_with_the_usage(unpacked: Path, tmp_path: Path) -> None:
    done = run(unpacked / "install.sh", "--help", home=tmp_path)
    assert (done.returncode, done.stderr.split(":")[0]) == (2, "usage")
