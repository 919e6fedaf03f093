"""Tensors of a PyTorch weights file, without PyTorch and without running a pickle.

Such a file is a zip of one pickle that describes the tensors and one raw file for each storage. The pickle's opcodes
are read by Python's unpickler with a `find_class` that knows three names and refuses every other; what it calls are
functions of this module.
"""

from __future__ import annotations

import collections
import io
import math
import pickle
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile

STORAGES: Mapping[str, np.dtype[Any]] = {
    "BFloat16Storage": np.dtype("<u2"),
    "FloatStorage": np.dtype("<f4"),
    "HalfStorage": np.dtype("<f2"),
    "LongStorage": np.dtype("<i8"),
}
LARGEST = 1 << 31
"""Bytes of the pickle and of a storage that are read at most."""


@dataclass(frozen=True)
class Storage:
    """A raw file of the archive and the type of its numbers."""

    kind: str
    key: str


@dataclass(frozen=True)
class Described:
    """A tensor as the pickle describes it: `offset` and `strides` in numbers of its storage."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def described(storage: Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: Any) -> Described:
    """In place of `torch._utils._rebuild_tensor_v2`."""
    return Described(storage, offset, tuple(shape), tuple(strides))


class Reader(pickle.Unpickler):
    """Reads descriptions of tensors, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        """The three names that a weights file needs. Raises `UnreadableFile` for any other."""
        known: Mapping[tuple[str, str], Any] = {
            ("collections", "OrderedDict"): collections.OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): described,
        }
        if module == "torch" and name in STORAGES:
            return name
        if (module, name) not in known:
            raise UnreadableFile("The weights file asks for {name}, which is not read.", name=f"{module}.{name}")
        return known[module, name]

    def persistent_load(self, pid: Any) -> Storage:
        """A storage: ("storage", type, key, device, count)."""
        if not (isinstance(pid, tuple) and len(pid) >= 3 and pid[0] == "storage" and pid[1] in STORAGES):
            raise UnreadableFile("The weights file names a storage in an unknown way.")
        return Storage(str(pid[1]), str(pid[2]))


def read_tensors(data: bytes) -> dict[str, NDArray[np.float32]]:
    """The file's tensors by name, as float32; whole numbers (counters of batches) are left out.

    Raises `UnreadableFile` for a file of another kind, a class that has no place in it, a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = next(name for name in archive.namelist() if name.endswith("data.pkl"))
            content = Reader(io.BytesIO(member(archive, inside))).load()
            while isinstance(content, Mapping) and not any(isinstance(one, Described) for one in content.values()):
                content = next(one for one in content.values() if isinstance(one, Mapping))
            folder = inside.removesuffix("data.pkl")
            load = loader(archive, f"{folder}data/")
            return {
                str(name): load(one)
                for name, one in content.items()
                if isinstance(one, Described) and one.storage.kind != "LongStorage"
            }
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, StopIteration) as error:
        raise UnreadableFile("The weights file is not a PyTorch archive of tensors by name.") from error
    except Exception as error:
        raise UnreadableFile("The weights file is damaged: {reason}.", reason=str(error).rstrip(".")) from error


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of the archive. Raises `UnreadableFile` for one that claims more than `LARGEST`."""
    if archive.getinfo(name).file_size > LARGEST:
        raise UnreadableFile("The weights file claims a part of over 2 GB.")
    return archive.read(name)


def loader(archive: zipfile.ZipFile, folder: str) -> Callable[[Described], NDArray[np.float32]]:
    """What reads a described tensor out of its storage's file."""

    def load(one: Described) -> NDArray[np.float32]:
        numbers = np.frombuffer(member(archive, folder + one.storage.key), STORAGES[one.storage.kind])
        count = math.prod(one.shape)
        contiguous = tuple(math.prod(one.shape[axis + 1 :]) for axis in range(len(one.shape)))
        if one.strides != contiguous and count > 1:
            raise UnreadableFile("The weights file holds a tensor that is not contiguous.")
        if one.offset < 0 or one.offset + count > numbers.size:
            raise UnreadableFile("The weights file is shorter than a tensor in it.")
        values = numbers[one.offset : one.offset + count].reshape(one.shape)
        if one.storage.kind == "BFloat16Storage":  # the upper half of a float32
            return np.asarray((values.astype(np.uint32) << 16).view(np.float32), np.float32)
        return np.array(values, np.float32)

    return load
