"""Weights files as PyTorch writes them, of zipfile and pickle: a pickle of descriptions, a raw file a storage."""

from __future__ import annotations

import collections
import io
import pickle
import sys
import zipfile
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

STORED = {"FloatStorage": np.float32, "HalfStorage": np.float16, "LongStorage": np.int64, "BFloat16Storage": np.uint16}


class Storage:
    """One raw file of the archive."""

    def __init__(self, kind: type, key: str, count: int) -> None:
        self.kind, self.key, self.count = kind, key, count


class Tensor:
    """Pickled as a call of `torch._utils._rebuild_tensor_v2`."""

    def __init__(self, storage: Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> None:
        self.described: tuple[Any, ...] = (storage, offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self) -> tuple[Any, ...]:
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.described


class Pickler(pickle.Pickler):
    """Storages are named, not pickled."""

    def persistent_id(self, obj: Any) -> Any:
        """PyTorch's own form."""
        return ("storage", obj.kind, obj.key, "cpu", obj.count) if isinstance(obj, Storage) else None


def fake_torch(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of PyTorch's name with the classes that a weights file names."""
    torch, utils = ModuleType("torch"), ModuleType("torch._utils")

    def _rebuild_tensor_v2(*_: Any) -> None:
        """Only named."""

    _rebuild_tensor_v2.__module__, _rebuild_tensor_v2.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    setattr(utils, _rebuild_tensor_v2.__name__, _rebuild_tensor_v2)
    for name in STORED:
        setattr(torch, name, type(name, (), {"__module__": "torch"}))
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)
    return torch


def torch_file(
    torch: ModuleType, tensors: Mapping[str, NDArray[Any]], kinds: Mapping[str, str] | None = None, folder: str = "w"
) -> bytes:
    """A file of these tensors, each in a storage of its own behind three other numbers; "FloatStorage" unless named."""
    storages: dict[str, bytes] = {}
    described: dict[str, Any] = collections.OrderedDict()
    for key, (name, values) in enumerate(tensors.items()):
        kind = (kinds or {}).get(name, "FloatStorage")
        stored = np.concatenate([np.zeros(3, STORED[kind]), values.ravel().astype(STORED[kind])])
        storages[f"{folder}/data/{key}"] = stored.tobytes()
        strides = tuple(int(np.prod(values.shape[axis + 1 :])) for axis in range(values.ndim))
        described[name] = Tensor(Storage(getattr(torch, kind), str(key), stored.size), 3, values.shape, strides)
    return archive(described, storages, folder)


def archive(content: Any, storages: Mapping[str, bytes], folder: str = "w") -> bytes:
    """The zip of a pickled content and raw files."""
    pickled, packed = io.BytesIO(), io.BytesIO()
    Pickler(pickled, 2).dump(content)
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(f"{folder}/data.pkl", pickled.getvalue())
        for name, stored in storages.items():
            made.writestr(name, stored)
    return packed.getvalue()


def as_bfloat16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The upper halves of the numbers' bits."""
    return (values.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)
