"""Slices on which people outlined lungs and lesions: `index.csv` beside {images,lesions,lungs} folders by set.

They teach where opacities are. Both classes come from the same patients and scanners there, so that neither can be told
by its source. Only the patients of the training part are read here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from covidviewer.imaging.lungs.framing import (
    Calibration,
    Framing,
    Unframed,
    frame_lungs,
    hull_box,
    readable_values,
)
from covidviewer.imaging.lungs.regions import area, regions_of
from covidviewer.imaging.lungs.segmentation import BLUR_PIXELS, hulls
from covidviewer.imaging.slices import Slice
from training.data.framed import Canvases, canvas_of, empty_canvases, read_image, stacked
from training.data.samples import CLEAR, COVID

INDEX = "index.csv"
TRAINING = "train"
LESIONS, LUNGS = "lesions", "lungs"
LEAST_LESION = 0.005
"""Share of the hull from which a slice is one with lesions; smaller ones are left out, since either label is wrong."""
LEAST_LUNG, LEAST_REGION = 0.015, 0.01
"""Shares of the image below which the outlined lungs are too small to frame, and of the lungs for a region of them."""
LEAST_OVERLAP = 0.8
"""Where the lungs found by rules overlap the outlined ones less (intersection over union), the outlined ones frame."""
RING_PIXELS = 13
LEAST_RANGE = 10.0
"""Grey levels between lung air and soft tissue below which nothing can be calibrated."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Outlined:
    """One row of the index: the image's file, its patient, and the masks that exist, by kind."""

    file: Path
    patient: str
    masks: frozenset[str]

    def mask(self, kind: str, image: Slice) -> Mask | None:
        """The (rows, columns) mask of one kind for the image; None where nobody drew it.

        Raises `UnreadableFile`, also for a mask of another size than its image.
        """
        if kind not in self.masks:
            return None
        file = self.file.parent.parent / kind / self.file.name
        mask = read_image(file)
        if (mask.rows, mask.columns) != (image.rows, image.columns):
            raise UnreadableFile(
                "The mask {file} has {rows} x {columns} pixels, its image {wanted_rows} x {wanted_columns}.",
                file=str(file),
                rows=mask.rows,
                columns=mask.columns,
                wanted_rows=image.rows,
                wanted_columns=image.columns,
            )
        return mask.values > 0


def outlined_slices(folder: Path, part: str = TRAINING) -> tuple[Outlined, ...]:
    """The index's rows of one part that have outlined lesions.

    Raises `UnreadableFile` for a folder without a readable index.
    """
    try:
        with (folder / INDEX).open(encoding="utf-8", newline="") as stream:
            rows = [
                Outlined(
                    folder / row["set"] / "images" / row["file"],
                    f"{row['set']}/{row['patient']}",
                    frozenset(row["masks"].split()),
                )
                for row in csv.DictReader(stream)
                if row["split"] == part
            ]
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise UnreadableFile("{folder} has no readable index.csv of outlined slices.", folder=str(folder)) from error
    return tuple(row for row in rows if LESIONS in row.masks)


def outlined_canvases(folder: Path) -> Canvases:
    """The training part's slices, framed, with their lesions; label `COVID` with lesions, `CLEAR` without any.

    Slices with traces of lesions are left out. Raises `UnreadableFile`.
    """
    parts = list(_framed(outlined_slices(folder)))
    return stacked(parts) if parts else empty_canvases()


def _framed(slices: tuple[Outlined, ...]) -> Iterator[Canvases]:
    for one in slices:
        slice_ = read_image(one.file)
        lesion = one.mask(LESIONS, slice_)
        framing = framing_of(slice_, one.mask(LUNGS, slice_))
        if lesion is None or framing is None:
            continue
        share = area(lesion & (framing.lungs > 0)) / area(framing.lungs > 0)
        if 0 < share < LEAST_LESION:
            continue
        name = f"{one.patient}/{one.file.stem}"
        yield canvas_of(name, COVID if share else CLEAR, slice_, framing, lesion)


def framing_of(slice_: Slice, lungs: Mask | None) -> Framing | None:
    """The program's framing where it agrees with the outlined `lungs` or there are none; else that of the outlined."""
    found = frame_lungs(slice_)
    drawn = None if lungs is None else framing_of_lungs(slice_, lungs)
    if isinstance(found, Unframed):
        return drawn
    if drawn is None:
        return found if lungs is None else None
    both, either = area((found.lungs > 0) & (drawn.lungs > 0)), area((found.lungs > 0) | (drawn.lungs > 0))
    return found if both >= LEAST_OVERLAP * either else drawn


def framing_of_lungs(slice_: Slice, lungs: Mask) -> Framing | None:
    """Hull, box and calibration from lungs that a person outlined; None where they are too small or without contrast.

    Lung air is the 20th percentile of the dark part of the lungs, soft tissue the median of what is bright around them.
    """
    if lungs.mean() < LEAST_LUNG:
        return None
    labels, pixels = regions_of(lungs)
    regions = [labels == at for at in range(1, len(pixels)) if pixels[at] > LEAST_REGION * area(lungs)]
    if not regions:  # specks alone
        return None
    sides = hulls(np.stack(regions), lungs)
    hull = np.asarray(sides[0] + 2 * sides[1], np.uint8)
    values = readable_values(slice_)
    kernel = np.ones((RING_PIXELS, RING_PIXELS), np.uint8)
    ring = cv2.dilate((hull > 0).astype(np.uint8), kernel).astype(bool) & (hull == 0)
    if not ring.any():
        return None
    air, around = float(np.percentile(values[lungs], 20)), np.percentile(values[ring], (60, 75))
    dark = lungs & (cv2.GaussianBlur(values, (0, 0), BLUR_PIXELS) < (air + around[0]) / 2)
    air = float(np.percentile(values[dark], 20)) if dark.any() else air
    bright = values[ring][values[ring] > air + 0.3 * (around[1] - air)]
    tissue = float(np.median(bright)) if bright.size else air
    if tissue - air < LEAST_RANGE:
        return None
    return Framing(hull_box(hull), hull, air, tissue, Calibration.ESTIMATED)
