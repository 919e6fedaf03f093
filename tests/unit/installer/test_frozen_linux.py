"""What the frozen program sheds on Linux: the smaller libraries load, and nothing that is needed is lost."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer.frozen import binutils, icu_data, linux, stripping
from installer.frozen.filling import filling
from installer.tools import run

HERE = sys.platform == "linux" and all(shutil.which(tool) for tool in ("as", "ld", "nm", "objdump", "readelf", "strip"))
needs_binutils = pytest.mark.skipif(not HERE, reason="only on Linux with binutils")

names = st.text("abcdefghij_.", min_size=1, max_size=12).map(lambda name: f"icudt73l/{name}")
HEADER = struct.pack("<H", 32) + icu_data.MAGIC + bytes(28)


padded = st.binary(max_size=40).map(lambda item: item.ljust(icu_data.rounded(len(item)), b"\0"))


@given(st.dictionaries(names, padded, max_size=5))
def test_an_archive_of_icu_is_packed_as_it_is_opened(items: dict[str, bytes]) -> None:
    header, held = icu_data.opened(icu_data.packed(HEADER, items))
    assert (header, held) == (HEADER, items)


def test_what_is_no_archive_of_icu_is_refused() -> None:
    with pytest.raises(ValueError, match="not an ICU data archive"):
        icu_data.smaller(b"\x20\x00PK" + bytes(60))


@pytest.fixture(scope="module")
def qt_libraries() -> Path:
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / "Qt" / "lib"


@needs_binutils
def test_icu_sorts_with_the_smaller_library_as_with_the_whole_one(qt_libraries: Path, tmp_path: Path) -> None:
    (whole,) = qt_libraries.glob("libicudata.so.*")
    smaller = linux.without_languages(whole, tmp_path)
    assert smaller.stat().st_size < whole.stat().st_size / 4
    words = "ziege Äpfel zebra apfel über 中文 日本 slice10 slice2"
    assert sorted_by_icu(words, smaller.parent, qt_libraries) == sorted_by_icu(words, qt_libraries, qt_libraries)


def sorted_by_icu(words: str, data: Path, rest: Path) -> str:
    """Qt's collation for Chinese and numbers, in a process that finds ICU's data in `data`."""
    ask = (
        "import sys\nfrom PySide6.QtCore import QCollator, QLocale\nfrom functools import cmp_to_key\n"
        "c = QCollator(QLocale('zh_CN')); c.setNumericMode(True)\n"
        "print(*sorted(sys.argv[1].split(), key=cmp_to_key(c.compare)))\n"
        "print(open('/proc/self/maps').read().count(sys.argv[2]) > 0)"
    )
    surroundings = {**os.environ, "LD_LIBRARY_PATH": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", ask, words, str(data)], env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


@needs_binutils
def test_a_stand_in_offers_the_names_and_versions_that_its_caller_takes(tmp_path: Path) -> None:
    real = binutils.assembled(
        [".text", ".globl used", "used: ret", ".globl unused", "unused: ret", ".globl plain", "plain: ret"],
        tmp_path / "real" / "libreal.so.1",
        {"used": "REAL_1", "unused": "REAL_1"},
    )
    source = tmp_path / "caller.s"
    source.write_text(".text\n.globl go\ngo: call used@plt\ncall plain@plt\nret\n")
    caller = tmp_path / "caller.so"
    subprocess.run(["as", source, "-o", tmp_path / "caller.o"], check=True)
    subprocess.run(["ld", "-shared", tmp_path / "caller.o", real, "-o", caller], check=True)
    stand_in = linux.hollow(real, caller, tmp_path / "work")
    assert binutils.symbols(run("nm", "-D", "--defined-only", stand_in)).count(("used", "REAL_1")) == 1
    assert {"used", "plain"} <= binutils.exported(stand_in)
    assert "unused" not in binutils.exported(stand_in)
    load = f"import ctypes; ctypes.CDLL({str(stand_in)!r}, ctypes.RTLD_GLOBAL); ctypes.CDLL({str(caller)!r})"
    subprocess.run([sys.executable, "-c", load], check=True, env={"LD_LIBRARY_PATH": str(stand_in.parent)})


@needs_binutils
def test_a_stripped_library_still_works(tmp_path: Path) -> None:
    library = binutils.assembled(
        [
            ".text",
            ".globl answer",
            ".type answer, @function",
            "answer: mov $42, %eax",
            "ret",
            *(f"local{n}: nop" for n in range(999)),
        ],
        tmp_path / "libanswer.so",
    )
    before = library.stat().st_size
    stripping.strip_all(tmp_path)
    assert library.stat().st_size < before
    assert ctypes.CDLL(str(library)).answer() == 42


def test_segments_that_no_loader_takes_are_seen() -> None:
    line = "  LOAD           0x{:06x} 0x0000000000002000 0x0000000000002000 0x0001 0x0001 R E 0x1000\n"
    assert stripping.loads(line.format(0x2000))
    assert stripping.loads(line.format(0x5000))
    assert not stripping.loads(line.format(0x2010))
    assert not stripping.loads("")


def test_libraries_that_nothing_is_linked_with_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    linked = {
        "module": {"liba.so"},
        "a": {"libb.so"},
        "b": set(),
        "plugin": {"libp.so"},
        "p": set(),
        "lonely": {"libb.so"},
    }
    monkeypatch.setattr(linux, "needed", lambda source: linked[str(source)])
    table = [
        ("pkg/module.so", "module", "EXTENSION"),
        ("liba.so", "a", "BINARY"),
        ("pkg.libs/libb.so", "b", "BINARY"),
        ("libb.so", "pkg.libs/libb.so", "SYMLINK"),
        ("liblonely.so", "lonely", "BINARY"),
        ("liblink.so", "liblonely.so", "SYMLINK"),
        ("PySide6/Qt/plugins/platforms/libplugin.so", "plugin", "BINARY"),
        ("libp.so", "p", "BINARY"),
        ("libstdc++.so.6", "of the desktop", "BINARY"),
        ("notes.txt", "notes", "DATA"),
    ]
    left = {place for place, _, _ in table} - {place for place, _, _ in linux.reachable(table)}
    assert left == {"liblonely.so", "liblink.so", "libstdc++.so.6"}


def test_what_fills_the_program_adds_up(tmp_path: Path) -> None:
    for place, size in {
        "covidviewer": 5,
        "_internal/cv2/a.so": 7,
        "_internal/cv2/b/c": 1,
        "_internal/base.zip": 2,
    }.items():
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    (tmp_path / "covidviewer-gui").symlink_to("covidviewer")
    assert filling(tmp_path) == [("OpenCV", 8), ("Python and its modules", 7)]
