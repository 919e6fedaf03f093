"""What is remembered of the engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from covidviewer.inference.engines.measurements import KEPT, EngineMemory, Measured
from covidviewer.inference.selfcheck import CheckOutcome

MEASURED = Measured(CheckOutcome(0.001, 0.01, True), 63.0, 11.5, None)


def test_what_was_remembered_is_recalled_under_its_key_alone(tmp_path: Path) -> None:
    memory = EngineMemory(tmp_path / "new" / "engines.json")
    memory.remember("a", MEASURED)
    assert memory.recall("a") == MEASURED
    assert memory.recall("b") is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"form": 9, "engines": {}}', b'{"form": 1, "engines": {"a": 3}}', b"\xff"]
)
def test_a_damaged_or_foreign_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    memory = EngineMemory(tmp_path / "engines.json")
    memory.file.write_bytes(content)
    assert memory.recall("a") is None
    memory.remember("a", MEASURED)
    assert memory.recall("a") == MEASURED


def test_a_check_that_is_not_plainly_true_did_not_pass(tmp_path: Path) -> None:
    memory = EngineMemory(tmp_path / "engines.json")
    memory.remember("a", MEASURED)
    memory.file.write_text(memory.file.read_text(encoding="utf-8").replace("true", '"yes"'), encoding="utf-8")
    recalled = memory.recall("a")
    assert recalled is not None
    assert not recalled.check.passed


def test_old_measurements_make_room(tmp_path: Path) -> None:
    memory = EngineMemory(tmp_path / "engines.json")
    for number in range(KEPT + 3):
        memory.remember(str(number), MEASURED)
    assert memory.recall("2") is None
    assert memory.recall(str(KEPT + 2)) == MEASURED


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    memory = EngineMemory(tmp_path / "file" / "engines.json")
    memory.remember("a", MEASURED)
    assert memory.recall("a") is None
