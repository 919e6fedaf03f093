"""The Debian package of a program that is a few files: what it holds, what it depends on, what lintian says."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import covidviewer
from installer.packages import deb

TOOLS = ("dpkg-deb", "dpkg-shlibdeps", "objdump")
pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="only on Debian with dpkg-dev and binutils"
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made of a program that is the system's `true`."""
    frozen = tmp_path_factory.mktemp("frozen") / "covidviewer"
    (frozen / "_internal" / "licences").mkdir(parents=True)
    shutil.copy("/bin/true", frozen / "covidviewer")
    (frozen / "covidviewer-gui").symlink_to("covidviewer")
    (frozen / "_internal" / "licences" / "words").write_text("words\n")
    shutil.copy(next(Path("/lib").glob("*-linux-gnu/libz.so.1")), frozen / "_internal" / "libz.so.1")
    return deb.build_deb(frozen, tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("out"))


def said(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_it_is_named_for_the_version_and_the_processor(package: Path) -> None:
    architecture = said("dpkg", "--print-architecture").strip()
    assert package.name == f"covidviewer_{covidviewer.__version__}_{architecture}.deb"


def test_it_depends_on_the_packages_of_the_libraries_that_it_takes_from_the_system(package: Path) -> None:
    assert "libc6 (>= 2." in said("dpkg-deb", "--field", package, "Depends")


def test_a_library_that_debian_has_is_left_to_debian(package: Path) -> None:
    assert "libz.so.1" not in said("dpkg-deb", "--contents", package)


def test_all_belongs_to_root_programs_can_be_run_and_nobody_else_writes(package: Path) -> None:
    rows = [line.split(maxsplit=5) for line in said("dpkg-deb", "--contents", package).splitlines()]
    modes = {row[5].partition(" -> ")[0]: row[0] for row in rows}
    assert {row[1] for row in rows} == {"root/root"}
    assert modes["./usr/lib/covidviewer/covidviewer"] == "-rwxr-xr-x"
    assert modes["./usr/lib/covidviewer/_internal/licences/words"] == "-rw-r--r--"
    assert {"./usr/bin/covidviewer", "./usr/bin/covidviewer-gui"} <= modes.keys()


def test_both_commands_lead_to_the_program(package: Path, tmp_path: Path) -> None:
    said("dpkg-deb", "--extract", package, tmp_path)
    for name in ("covidviewer", "covidviewer-gui"):
        assert (tmp_path / "usr" / "bin" / name).resolve() == tmp_path / "usr" / "lib" / "covidviewer" / "covidviewer"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("lintian") is None, reason="only on computers with lintian: apt-get install lintian")
def test_lintian_finds_no_error(package: Path) -> None:
    words = ["lintian", "--fail-on", "error", str(package)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stdout
