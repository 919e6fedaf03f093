"""One ground-glass opacity painted into a clear slice, to ask a finished network whether it sees it.

Made otherwise than what training draws (`training.batches.synthetic_opacities`): a sum of Gaussian blobs instead of an
ellipse with a ragged edge, density added in Hounsfield units instead of drawn towards a target, a grain of fine blobs
instead of smooth noise, and always the same share of the lungs. Training never imports this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import AIR_HU, TISSUE_HU, Framing, calibrate, readable_values
from covidviewer.imaging.slices import Slice, Units

SHARE = 0.05
AERATED = 0.35
"""Calibrated density below which a pixel of the hull is aerated: -580 HU."""
FEWEST_AERATED = 400
BLOBS = (3, 6)
ADDED_HU = (300.0, 450.0)
"""Ground glass: aerated lung of -860 HU becomes -560 to -410."""
DENSEST_HU = -100.0
"""Nothing is painted denser, so vessels stay visible."""
FADES_OVER = 0.35
"""Of the opacity's pixels, the outermost share over which it fades."""
GRAIN, GRAIN_PIXELS = 0.15, 1.2

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Painted:
    """A slice with an opacity, and the (rows, columns) mask of its pixels."""

    slice: Slice
    mask: Mask


def paint_opacity(slice_: Slice, framing: Framing, rng: np.random.Generator, share: float = SHARE) -> Painted | None:
    """Paint one opacity into one lung.

    Parameters
    ----------
    slice_
        A clear slice, not inverted.
    framing
        Found on it.
    rng
        Decides lung, place, shape and density.
    share
        Of the aerated pixels of the hull that the opacity takes, exactly (rounded to a pixel).

    Returns
    -------
    A slice with the same values elsewhere, of the same type; None where neither lung has room for the opacity.
    """
    values = readable_values(slice_)
    aerated = (framing.lungs > 0) & (calibrate(values, framing) < AERATED)
    pixels = round(share * int(aerated.sum()))
    sides = [side for side in (1, 2) if (aerated & (framing.lungs == side)).sum() >= 2 * pixels]
    if aerated.sum() < FEWEST_AERATED or not sides:
        return None
    room = aerated & (framing.lungs == sides[int(rng.integers(len(sides)))])
    field = blob_field(room, pixels, rng)
    places = np.flatnonzero(room)
    chosen = places[np.argsort(-field.ravel()[places], kind="stable")[:pixels]]
    mask = np.zeros(room.shape, bool)
    mask.ravel()[chosen] = True
    depth = np.zeros(room.shape, np.float32)
    depth.ravel()[chosen] = np.clip(np.linspace(1, 0, pixels, endpoint=False) / FADES_OVER, 0.15, 1)
    unit = (framing.tissue - framing.air) / (TISSUE_HU - AIR_HU)
    added = rng.uniform(*ADDED_HU) * depth * (1 + GRAIN * grain(room.shape, rng))
    densest = framing.air + (DENSEST_HU - AIR_HU) * unit
    painted = np.where(mask, np.maximum(values, np.minimum(values + added * unit, densest)), values)
    return Painted(replace(slice_, values=as_stored(painted, slice_)), mask)


def blob_field(room: Mask, pixels: int, rng: np.random.Generator) -> Values:
    """(rows, columns) sum of some Gaussian blobs around a place in `room`, for an opacity of `pixels` pixels."""
    radius = float(np.sqrt(pixels / np.pi))
    inner = cv2.distanceTransform(room.astype(np.uint8), cv2.DIST_L2, 3)
    places = np.flatnonzero(inner >= min(radius / 2, float(inner.max())))
    y, x = divmod(int(rng.choice(places)), room.shape[1])
    rows, columns = np.mgrid[: room.shape[0], : room.shape[1]].astype(np.float32)
    field = np.zeros(room.shape, np.float32)
    for _ in range(int(rng.integers(BLOBS[0], BLOBS[1] + 1))):
        centre_y, centre_x = np.array((y, x)) + rng.normal(0, 0.45 * radius, 2)
        spread_y, spread_x = radius * rng.uniform(0.3, 0.8, 2)
        field += np.exp(-(((rows - centre_y) / spread_y) ** 2 + ((columns - centre_x) / spread_x) ** 2) / 2)
    far = np.hypot(rows - y, columns - x)
    return np.asarray(field - 1e-3 * far / radius, np.float32)


def grain(shape: tuple[int, ...], rng: np.random.Generator) -> Values:
    """(rows, columns) fine blobs at random places: mean 0, standard deviation 1."""
    points = (rng.random(shape) < 0.15).astype(np.float32)
    blobs = cv2.GaussianBlur(points, (0, 0), GRAIN_PIXELS)
    return np.asarray((blobs - blobs.mean()) / (blobs.std() + 1e-6), np.float32)


def as_stored(values: Values, slice_: Slice) -> NDArray[np.int16] | NDArray[np.int32] | NDArray[np.float32]:
    """Values in the slice's own type; grey levels stay within the slice's own range."""
    if slice_.units is Units.GREY:
        values = np.minimum(values, np.float32(max(255, slice_.values.max())))
    kept = slice_.values.dtype
    stored: NDArray[Any] = (np.rint(values) if kept.kind in "iu" else values).astype(kept)
    return stored
