"""A PyTorch weights file is read without PyTorch, and what a pickle could do beside describing tensors is refused."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from tests.unit.training.network.torch_files import Storage, Tensor, archive, as_bfloat16, fake_torch, torch_file
from training.network.torch_zip import read_tensors

VALUES = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8 - 1
"""Whole eighths: exact in bfloat16 and float16 too."""


@pytest.fixture
def torch(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return fake_torch(monkeypatch)


def test_tensors_of_every_kind_are_read_as_float32(torch: ModuleType) -> None:
    tensors: dict[str, NDArray[Any]] = {
        "a": VALUES,
        "b": as_bfloat16(VALUES.astype(np.float32)),
        "c": VALUES,
        "count": np.array([7]),
    }
    kinds = {"b": "BFloat16Storage", "c": "HalfStorage", "count": "LongStorage"}
    found = read_tensors(torch_file(torch, tensors, kinds))
    assert sorted(found) == ["a", "b", "c"]  # counters are left out
    for values in found.values():
        assert values.dtype == np.float32
        np.testing.assert_array_equal(values, VALUES)


def test_tensors_in_a_table_of_a_checkpoint_are_found(torch: ModuleType) -> None:
    storage = Storage(torch.FloatStorage, "0", 2)
    inside = {"epoch": 3, "state_dict": {"a": Tensor(storage, 0, (2,), (1,))}}
    found = read_tensors(archive(inside, {"w/data/0": np.array([1, 2], np.float32).tobytes()}))
    assert found["a"].tolist() == [1, 2]


class Hostile:
    """Runs a command when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.mark}",)


def test_a_hostile_pickle_is_refused_and_does_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"asks for (posix|nt)\.system, which is not read\.$"):
        read_tensors(archive({"a": Hostile(tmp_path / "mark")}, {}))
    assert not (tmp_path / "mark").exists()


def test_a_file_that_is_no_archive_of_tensors_is_one_sentence() -> None:
    nothing = BytesIO()
    with zipfile.ZipFile(nothing, "w") as made:
        made.writestr("readme.txt", "no weights")
    for data in (b"no zip", nothing.getvalue(), archive([1, 2], {})):
        with pytest.raises(UnreadableFile, match=r"^The weights file is .*\.$"):
            read_tensors(data)


@pytest.mark.parametrize(
    ("shape", "strides", "offset", "words"),
    [
        ((2, 3), (1, 2), 0, "not contiguous"),
        ((2, 3), (3, 1), 1, "shorter than a tensor"),
        ((2, 3), (3, 1), -1, "shorter than a tensor"),
    ],
)
def test_a_tensor_that_its_storage_does_not_hold_is_refused(
    torch: ModuleType, shape: tuple[int, ...], strides: tuple[int, ...], offset: int, words: str
) -> None:
    storage = Storage(torch.FloatStorage, "0", 6)
    content = {"a": Tensor(storage, offset, shape, strides)}
    with pytest.raises(UnreadableFile, match=words):
        read_tensors(archive(content, {"w/data/0": np.zeros(6, np.float32).tobytes()}))


def test_a_missing_storage_is_one_sentence(torch: ModuleType) -> None:
    content = {"a": Tensor(Storage(torch.FloatStorage, "9", 6), 0, (6,), (1,))}
    with pytest.raises(UnreadableFile, match=r"^The weights file is damaged: .*\.$"):
        read_tensors(archive(content, {}))
