"""Was this very slice in the data that the model was made from? By truncated SHA-256 hashes of grey values.

A score of a slice that was trained on says nothing about new slices. Knows slices and hashes; holds no picture.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import BrokenModel
from covidviewer.imaging.slices import Units
from covidviewer.inference.training_parts import PARTS, Part

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

FILE: Final = "training_slices.npz"
"""Beside the model."""
DIGEST_BYTES: Final = 8
"""Two of 2,481 slices collide once in 6 x 10^12 lists."""
MOST_PIXELS: Final = 1 << 20
"""Of the pictures that such data sets hold; larger ones are not hashed."""


@dataclass(frozen=True, eq=False)
class TrainingSlices:
    """The data that a model was made from, as hashes.

    Attributes
    ----------
    digests
        (n,) uint64, rising.
    parts
        (n,) uint8, indices into `PARTS`.
    """

    digests: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    parts: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))

    def part(self, digest: int | None) -> Part | None:
        """What the slice with this digest served for; None where it is not known, or None was given."""
        if digest is None or not self.digests.size:
            return None
        place = int(np.searchsorted(self.digests, np.uint64(digest)))
        if place == self.digests.size or int(self.digests[place]) != digest:
            return None
        return PARTS[int(self.parts[place])]

    def part_of(self, slice_: Slice) -> Part | None:
        """What a slice served for."""
        return self.part(grey_digest(slice_)) if self.digests.size else None


def grey_digest(slice_: Slice) -> int | None:
    """The first bytes of the SHA-256 of a slice's grey values (uint8, row by row), as a number; None for what is no
    8-bit grey picture, or is larger than `MOST_PIXELS`. A quarter of a millisecond for 512 x 512 pixels.
    """
    values = slice_.values
    if slice_.units is not Units.GREY or values.dtype.kind not in "iu" or not 0 < values.size <= MOST_PIXELS:
        return None
    if values.min() < 0 or values.max() > 255:
        return None
    return digest_of(values.astype(np.uint8))


def digest_of(grey: NDArray[np.uint8]) -> int:
    """The digest of (rows, columns) grey values."""
    return int.from_bytes(hashlib.sha256(np.ascontiguousarray(grey).tobytes()).digest()[:DIGEST_BYTES], "big")


def read_training_slices(content: bytes) -> TrainingSlices:
    """From the content of `FILE`. Raises `BrokenModel`."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            digests, parts = stored["digests"].astype(np.uint64), stored["parts"].astype(np.uint8)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        raise BrokenModel("The list of training slices cannot be read; reinstall the program.") from None
    if digests.shape != parts.shape or (parts >= len(PARTS)).any() or (digests[1:] <= digests[:-1]).any():
        raise BrokenModel("The list of training slices is damaged; reinstall the program.")
    return TrainingSlices(digests, parts)
