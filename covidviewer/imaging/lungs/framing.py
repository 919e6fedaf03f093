"""Framing: from a Slice to what the network sees. THE one preprocessing, used by training and by the program.

Three steps, each checkable by eye: the lung hull, two calibration points (lung air and soft tissue), a square crop.
All are done in the standard view (`standard_view`); boxes and labels are told in the slice's own pixels.
Knows nothing of files, networks or Qt. OpenCV is imported late, inside the functions. Any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.segmentation import find_lungs
from covidviewer.imaging.lungs.standard_view import AS_STORED, StandardView, Turn
from covidviewer.imaging.slices import Slice, Units

FRAMING_VERSION = 2
INPUT_SIZE = 224
CALIBRATED_RANGE = (-0.3, 1.3)
AIR_HU = -905.0
TISSUE_HU = 25.0
"""What is estimated on 8-bit pictures of scans and phantoms in the median (-896 to -911, +14 to +50).

With these a slice scores alike in HU and in any window: over 43 slices of two scans the score moved by 0.02 in the
median, with -860 and +40 by 0.06.
"""
MARGIN = 0.04
OUTSIDE = 1.0
"""Calibrated value outside the hull: soft tissue, as if the lungs lay in a plain chest."""


class Calibration(StrEnum):
    """Where the two points come from: fixed Hounsfield values, or estimated from the picture."""

    HU = "HU"
    ESTIMATED = "estimated"


@dataclass(frozen=True, eq=False)
class Framing:
    """Where the lungs are and how grey becomes density.

    Attributes
    ----------
    box
        What is cut out for the network: a square of the patient, so of the pixels where these are square.
    lungs
        (rows, columns) uint8: 0 outside the lung hull, 1 the lung on the left of the standard view, 2 the one on its
        right: the patient's right and left where the orientation is known, else the picture's left and right.
    air, tissue
        The slice's values that become 0 (lung air) and 1 (soft tissue).
    calibration
        Where `air` and `tissue` come from.
    turn
        How the slice was turned to the standard view, in which the model sees it.
    """

    box: Box
    lungs: NDArray[np.uint8]
    air: float
    tissue: float
    calibration: Calibration
    turn: Turn = AS_STORED


@dataclass(frozen=True)
class Unframed:
    """No lungs to frame; `reason` is one sentence."""

    reason: str


def frame_lungs(slice_: Slice) -> Framing | Unframed:
    """Find the lung hull, the two calibration points and the box of one slice.

    Never raises for a picture's content: constant, NaN, inverted or cut-off pictures give an `Unframed` with its
    reason.
    """
    values = readable_values(slice_)
    view = StandardView.of(slice_)
    found = find_lungs(view.to_standard(values), in_hu=slice_.units is Units.HU)
    if isinstance(found, str):
        return Unframed(found)
    if slice_.units is Units.HU:
        air, tissue, calibration = AIR_HU, TISSUE_HU, Calibration.HU
    else:
        air, tissue, calibration = found.air, found.tissue, Calibration.ESTIMATED
    box, lungs = view.box_from_standard(hull_box(found.labels)), view.from_standard(found.labels)
    return Framing(box, lungs, air, tissue, calibration, view.turn)


def readable_values(slice_: Slice) -> NDArray[np.float32]:
    """The slice as (rows, columns) float32 with low values dark, and padding, NaN and infinities set to the lowest
    value.
    """
    values = slice_.values.astype(np.float32)
    if slice_.inverted and slice_.units is Units.GREY:
        values = -values
    if slice_.padding is None and slice_.values.dtype.kind == "i":
        return values
    good = np.isfinite(values)
    if slice_.padding is not None:
        good &= ~slice_.padding
    if not good.all():
        lowest = values[good].min() if good.any() else 0.0
        values = np.where(good, values, np.float32(lowest))
    return values


def hull_box(lungs: NDArray[np.uint8]) -> Box:
    """The square around the hull, 4 % wider on each side than the hull's longer edge."""
    rows = np.flatnonzero(lungs.any(axis=1))
    columns = np.flatnonzero(lungs.any(axis=0))
    top, bottom = float(rows[0]), float(rows[-1] + 1)
    left, right = float(columns[0]), float(columns[-1] + 1)
    half = max(bottom - top, right - left) * (0.5 + MARGIN)
    y, x = (top + bottom) / 2, (left + right) / 2
    return Box(y - half, x - half, y + half, x + half)


def model_input(slice_: Slice, framing: Framing, box: Box | None = None) -> NDArray[np.float32]:
    """Calibrate, mask and cut.

    Parameters
    ----------
    slice_
        The slice that `framing` was found on.
    framing
        Hull and calibration.
    box
        Another box than `framing.box`, when a person moved it; in the slice's pixels as well.

    Returns
    -------
    (224, 224, 2) float32, in the standard view: the crop, calibrated to -0.3..1.3 and set to soft tissue outside the
    hull; and the hull, 0..1.
    """
    view = StandardView.of(slice_)
    calibrated = calibrate(view.to_standard(readable_values(slice_)), framing)
    box = view.box_to_standard(box or framing.box)
    crop = cut(calibrated, box, fill=OUTSIDE)
    hull = cut(view.to_standard((framing.lungs > 0).astype(np.float32)), box, fill=0.0)
    return np.stack([mask_outside(crop, hull), hull], axis=-1)


def calibrate(values: NDArray[np.float32], framing: Framing) -> NDArray[np.float32]:
    """Values to lung air = 0, soft tissue = 1, clipped to -0.3..1.3; same shape, float32."""
    scale = np.float32(1.0 / (framing.tissue - framing.air))
    return np.asarray(np.clip((values - np.float32(framing.air)) * scale, *CALIBRATED_RANGE), dtype=np.float32)


def mask_outside(crop: NDArray[np.float32], hull: NDArray[np.float32]) -> NDArray[np.float32]:
    """The calibrated crop with everything outside the hull set to `OUTSIDE`; soft at the hull's edge."""
    return crop * hull + np.float32(OUTSIDE) * (1 - hull)


def cut(values: NDArray[np.float32], box: Box, fill: float, size: int = INPUT_SIZE) -> NDArray[np.float32]:
    """Resample a box of (rows, columns) to (size, size): area-averaged when it shrinks, linear when it grows."""
    import cv2

    scale_y, scale_x = size / (box.bottom - box.top), size / (box.right - box.left)
    shrink = min(scale_y, scale_x)
    if shrink < 0.7:  # warpAffine samples four pixels: average first, so that none is skipped
        resized = cv2.resize(values, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        values = np.asarray(resized, dtype=np.float32)
        box = Box(*(edge * shrink for edge in (box.top, box.left, box.bottom, box.right)))
        scale_y, scale_x = size / (box.bottom - box.top), size / (box.right - box.left)
    matrix = np.array(
        [
            [scale_x, 0.0, (0.5 - box.left) * scale_x - 0.5],
            [0.0, scale_y, (0.5 - box.top) * scale_y - 0.5],
        ]
    )
    out = cv2.warpAffine(
        values, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=fill
    )
    return np.asarray(out, dtype=np.float32)
