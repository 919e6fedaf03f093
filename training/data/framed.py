"""Framed canvases: every training picture once through `imaging.lungs.framing`, kept small: augmentation is cheap then.

A canvas is the framing's box grown by a quarter: room for shift, scale and rotation. Pixels are calibrated already.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from covidviewer.errors import CovidViewerError, UnreadableFile
from covidviewer.files import atomic_file, make_folder
from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import (
    CALIBRATED_RANGE,
    FRAMING_VERSION,
    INPUT_SIZE,
    Framing,
    Unframed,
    calibrate,
    cut,
    frame_lungs,
    readable_values,
)
from covidviewer.imaging.opening import read_slice
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from training.data.samples import IMAGE_SUFFIXES, Sample

LUNG_WINDOW = (-1350.0, 150.0)
CANVAS_SIZE = 320
CANVAS_GROWTH = 1.25
"""A canvas covers so many times the framing's box, so the box is the middle 256 of 320 pixels."""


@dataclass(frozen=True, eq=False)
class Canvases:
    """n framed pictures.

    Attributes
    ----------
    names
        The samples' names; `labels` (n,) int64 their classes, -1 where unlabelled.
    density
        (n, 320, 320) uint8: 0..255 for the calibrated -0.3..1.3.
    hull
        (n, 320, 320) uint8: 0..255, the lung hull's coverage.
    unframed
        (name, reason) of the pictures in which no lungs were found.
    lesion
        (n, 320, 320) uint8: 0..255, what people outlined as lesions; None where nobody did.
    """

    names: tuple[str, ...]
    labels: NDArray[np.int64]
    density: NDArray[np.uint8]
    hull: NDArray[np.uint8]
    unframed: tuple[tuple[str, str], ...]
    lesion: NDArray[np.uint8] | None = None

    def __len__(self) -> int:
        return len(self.names)


def shrunk(canvases: Canvases, size: int) -> Canvases:
    """The same canvases at the resolution that inputs of `size` pixels need; 320 pixels serve up to 256."""
    edge = min(CANVAS_SIZE, round(size * CANVAS_SIZE / INPUT_SIZE))
    if edge == CANVAS_SIZE:
        return canvases

    def smaller(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
        shape = (0, edge, edge)
        resized = [cv2.resize(picture, (edge, edge), interpolation=cv2.INTER_AREA) for picture in pictures]
        return np.stack(resized) if resized else np.zeros(shape, np.uint8)

    lesion = None if canvases.lesion is None else smaller(canvases.lesion)
    return replace(canvases, density=smaller(canvases.density), hull=smaller(canvases.hull), lesion=lesion)


def read_image(path: Path) -> Slice:
    """An 8-bit picture as a grey Slice; colour leaks the class in this data set, so it is never used.

    Raises `UnreadableFile`.
    """
    try:
        with Image.open(path) as picture:
            values = np.asarray(picture.convert("L")).astype(np.int16)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile("The picture {file} is damaged or cannot be read.", file=str(path)) from error
    return Slice(values, Units.GREY, Source(path, FileKind.PNG))


def read_sample(sample: Sample) -> Slice:
    """A sample's slice: pictures in grey, everything else as the program reads it. Raises `UnreadableFile`."""
    if sample.path.suffix.lower() in IMAGE_SUFFIXES:
        return read_image(sample.path)
    try:
        return read_slice(sample.path, sample.frame)
    except CovidViewerError as error:
        raise UnreadableFile("{file}: {reason}", file=sample.name, reason=str(error)) from error


def as_grey(slice_: Slice) -> Slice:
    """The slice as an 8-bit picture, int16 0..255: Hounsfield units in the lung window, -1350 to 150."""
    if slice_.units is not Units.HU:
        return slice_
    grey = (slice_.values.astype(np.float32) - LUNG_WINDOW[0]) * (255 / (LUNG_WINDOW[1] - LUNG_WINDOW[0]))
    values = np.clip(np.round(np.nan_to_num(grey)), 0, 255).astype(np.int16)
    return Slice(values, Units.GREY, slice_.source)


def grown(box: Box, factor: float) -> Box:
    """The box with its edges `factor` times as far from its centre."""
    y, x = (box.top + box.bottom) / 2, (box.left + box.right) / 2
    half_y, half_x = (box.bottom - box.top) * factor / 2, (box.right - box.left) * factor / 2
    return Box(y - half_y, x - half_x, y + half_y, x + half_x)


def framed_canvases(samples: Sequence[Sample], cache: Path) -> Canvases:
    """Frame every sample, or read the same from the cache file written by an earlier call.

    `cache` is a folder; its files are keyed by the framing's version and the list of names, labels and sizes, and may
    be deleted at any time. Raises `UnreadableFile`, and `OutputUnwritable` for the folder.
    """
    listed = [(sample.name, sample.label, sample.frame, sample.path.stat().st_size) for sample in samples]
    key = hashlib.sha256(repr((FRAMING_VERSION, CANVAS_SIZE, listed)).encode()).hexdigest()[:16]
    file = cache / f"framed-{key}.npz"
    if file.exists() and (kept := read_canvases(file)):
        return kept
    canvases = frame_all(samples)
    make_folder(cache)
    with atomic_file(file) as stream:
        np.savez(
            stream,
            names=np.array(canvases.names),
            labels=canvases.labels,
            density=canvases.density,
            hull=canvases.hull,
            unframed=np.array(canvases.unframed, dtype=str).reshape(-1, 2),
        )
    return canvases


def read_canvases(file: Path) -> Canvases | None:
    """What `framed_canvases` kept; None when the file is damaged."""
    try:
        with file.open("rb") as stream, np.load(stream) as stored:
            return Canvases(
                tuple(stored["names"].tolist()),
                stored["labels"],
                stored["density"],
                stored["hull"],
                tuple((name, reason) for name, reason in stored["unframed"].tolist()),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def frame_all(samples: Sequence[Sample]) -> Canvases:
    """`framed_canvases` without the cache."""
    parts, unframed = [], []
    for sample in samples:
        slice_ = read_sample(sample)
        framing = frame_lungs(slice_)
        if isinstance(framing, Unframed):
            unframed.append((sample.name, framing.reason))
        else:
            parts.append(canvas_of(sample.name, -1 if sample.label is None else sample.label, slice_, framing))
    return replace(stacked(parts) if parts else empty_canvases(), unframed=tuple(unframed))


def canvas_of(
    name: str, label: int, slice_: Slice, framing: Framing, lesion: NDArray[np.bool_] | None = None
) -> Canvases:
    """One slice as canvases of length one; `lesion` (rows, columns) is what people outlined on it."""
    low, high = CALIBRATED_RANGE
    box = grown(framing.box, CANVAS_GROWTH)
    crop = cut(calibrate(readable_values(slice_), framing), box, fill=1.0, size=CANVAS_SIZE)

    def coverage(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
        inside = cut(mask.astype(np.float32), box, fill=0.0, size=CANVAS_SIZE)
        return np.round(inside * 255).astype(np.uint8)[None]

    density = np.round((crop - low) * (255 / (high - low))).astype(np.uint8)[None]
    outlined = None if lesion is None else coverage(lesion)
    return Canvases((name,), np.array([label], np.int64), density, coverage(framing.lungs > 0), (), outlined)


def stacked(parts: Sequence[Canvases]) -> Canvases:
    """At least one set of canvases, one after the other; lesions where all have them."""
    lesions = [part.lesion for part in parts if part.lesion is not None]
    return Canvases(
        tuple(name for part in parts for name in part.names),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.density for part in parts]),
        np.concatenate([part.hull for part in parts]),
        tuple(entry for part in parts for entry in part.unframed),
        np.concatenate(lesions) if len(lesions) == len(parts) else None,
    )


def empty_canvases() -> Canvases:
    """No canvases."""
    nothing = np.zeros((0, CANVAS_SIZE, CANVAS_SIZE), np.uint8)
    return Canvases((), np.zeros(0, np.int64), nothing, nothing, ())
