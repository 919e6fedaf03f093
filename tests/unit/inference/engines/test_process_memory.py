"""Memory given back: what a library has mapped and read leaves the process, and nothing is lost by it."""

from __future__ import annotations

import mmap
import os
import sys
from pathlib import Path

import pytest

from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.engines.litert import LiteRtProcessor
from covidviewer.inference.engines.process_memory import read_only_mappings, release_mapped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux, which lists what a process has mapped")

CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A megabyte, its name with a space."""
    made = tmp_path / "a model.tflite"
    made.write_bytes(CONTENT)
    return made


def resident_kb(file: Path) -> int:
    """What the system says this process holds of a file."""
    blocks = Path("/proc/self/smaps").read_text(encoding="utf-8").split("VmFlags:")
    lines = [line for block in blocks if str(file.resolve()) in block for line in block.splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Rss:"))


def test_a_file_that_was_read_leaves_the_process_and_can_be_read_again(file: Path) -> None:
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert mapped[:] == CONTENT
        assert resident_kb(file) >= 1024
        release_mapped(file)
        assert resident_kb(file) == 0
        assert mapped[:] == CONTENT


def test_a_mapping_that_was_written_to_keeps_its_changes(file: Path) -> None:
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        mapped[:7] = b"changed"
        release_mapped(file)
        assert mapped[:7] == b"changed"


@pytest.mark.parametrize("name", [b"a\xe2\x80\xa8b", b"a\x0cb", b"\xff.tflite", b"a (deleted)"])
def test_any_name_of_any_mapped_file_will_do(tmp_path: Path, name: bytes) -> None:
    odd = tmp_path / os.fsdecode(name)
    odd.write_bytes(CONTENT)
    with odd.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ):
        assert [end - start for start, end in read_only_mappings(odd)] == [len(CONTENT)]


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    release_mapped(tmp_path / "none")


def test_litert_keeps_less_than_a_tenth_of_the_model_file() -> None:
    file = load_bundle().model_file
    engine = LiteRtProcessor(file, threads=1)
    try:
        assert resident_kb(file) < file.stat().st_size / 1024 / 10
    finally:
        engine.close()
