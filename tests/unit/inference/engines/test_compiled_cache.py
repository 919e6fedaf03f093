"""Compiled networks on disk: whole or not at all, few, and gone after a crash."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from covidviewer.inference.engines.compiled_cache import KEPT, MARKER, CompiledStore


def stored(store: CompiledStore, key: str) -> NDArray[np.uint8]:
    """What lies under a key, which must be there."""
    found = store.read(key)
    assert found is not None
    return found


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    store = CompiledStore(tmp_path / "new" / "folder")
    assert store.read("a") is None
    store.write("a", b"network")
    assert bytes(stored(store, "a")) == b"network"
    assert store.read("b") is None


def test_a_changed_byte_or_a_cut_end_makes_it_as_good_as_absent(tmp_path: Path) -> None:
    store = CompiledStore(tmp_path)
    store.write("a", bytes(100))
    whole = store.file("a").read_bytes()
    for harmed in (whole[:-1], whole[:40] + b"\x01" + whole[41:], b"", whole[:10]):
        store.file("a").write_bytes(harmed)
        assert store.read("a") is None
        assert not store.file("a").exists()


def test_after_a_process_died_while_loading_everything_is_compiled_anew(tmp_path: Path) -> None:
    store = CompiledStore(tmp_path)
    store.write("a", b"network")
    (tmp_path / MARKER).touch()  # what a process leaves that dies inside `loading`
    assert store.read("a") is None
    assert list(tmp_path.iterdir()) == []


def test_an_exception_while_loading_leaves_no_marker(tmp_path: Path) -> None:
    store = CompiledStore(tmp_path)
    store.write("a", b"network")
    with contextlib.suppress(ZeroDivisionError), store.loading():
        assert (tmp_path / MARKER).exists()
        _ = 1 / 0
    assert bytes(stored(store, "a")) == b"network"


def test_the_oldest_files_go_when_there_are_too_many(tmp_path: Path) -> None:
    store = CompiledStore(tmp_path)
    for age, key in enumerate("abcdef"):
        store.write(key, key.encode())
        if store.file(key).exists():
            os.utime(store.file(key), (age, age))
    store.write("g", b"g")
    assert len(list(tmp_path.iterdir())) == KEPT
    assert bytes(stored(store, "g")) == b"g"
    assert store.read("a") is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="ascii")
    store = CompiledStore(blocked / "inside")
    store.write("a", b"network")
    with store.loading():
        pass
    assert store.read("a") is None


def test_what_was_read_stays_as_it_is_when_its_file_is_written_anew(tmp_path: Path) -> None:
    """An engine goes on reading what it was loaded from."""
    store = CompiledStore(tmp_path)
    store.write("a", b"network")
    held = stored(store, "a")
    store.write("a", b"another")
    store.discard("a")
    assert bytes(held) == b"network"
