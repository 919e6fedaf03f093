"""The list by which the program knows the slices that a model was made from: hashes of grey values, and their part."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from covidviewer.files import atomic_write
from covidviewer.inference.card import CARD_FILE
from covidviewer.inference.training_parts import PARTS, Part
from covidviewer.inference.training_slices import FILE, grey_digest
from training.data.framed import read_sample
from training.data.samples import Sample
from training.data.split import Split
from training.export.package_model import refill_fields

PART_NAMES: Mapping[str, Part] = {
    "train": Part.TRAINING,
    "validation": Part.VALIDATION,
    "test": Part.TEST,
}
"""By the split's names; of slices that are equal to the pixel, the first named part is kept."""


def training_slices(samples: Sequence[Sample], split: Split) -> bytes:
    """The content of the file: every slice of the split that is an 8-bit grey picture.

    Raises `UnreadableFile` for a picture that cannot be read, KeyError for a split that names another.
    """
    found: dict[int, int] = {}
    for name, part in PART_NAMES.items():
        for sample in split.part(samples, name):
            digest = grey_digest(read_sample(sample))
            if digest is not None:
                found.setdefault(digest, PARTS.index(part))
    digests = np.array(sorted(found), np.uint64)
    parts = np.array([found[int(digest)] for digest in digests], np.uint8)
    packed = io.BytesIO()
    np.savez(packed, digests=digests, parts=parts)
    return packed.getvalue()


def write_training_slices(samples: Sequence[Sample], split: Split, folder: Path) -> Path:
    """Write the list beside an exported model, and its hash into the card; the file.

    Raises as `training_slices`, and `BrokenModel` for a folder without a readable card.
    """
    file, content = folder / FILE, training_slices(samples, split)
    atomic_write(file, content, private=False)
    refill_fields(
        folder / CARD_FILE, {"training_slices": {"file": FILE, "sha256": hashlib.sha256(content).hexdigest()}}
    )
    return file
