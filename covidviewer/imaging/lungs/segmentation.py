"""The lung hull: where the lungs lie in one axial slice, found by threshold and shape alone.

Works at 256 pixels on the longer side, so that a 512 x 512 slice takes a few milliseconds. Knows arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.chest_rules import measure_context, refusal
from covidviewer.imaging.lungs.regions import area, convex_hull, regions_of, share, solidity
from covidviewer.imaging.order_statistics import median, percentiles
from covidviewer.texts import N_

WORKING_SIZE = 256
BLUR_PIXELS = 1.5
LUNG_BELOW_HU = -400.0
GAS_BELOW_HU = -975.0
"""The median of a lung lies above it, that of gas in stomach and bowel below."""
SOFT_RANGE_HU = (-1024.0, 240.0)

BORDER_SHARE = 0.35
"""A region that covers more of the picture's border than this, or a corner, is the air around the patient."""
SMALLEST_REGION = 0.006
"""Share of the body's area below which a dark region is an airway or a bubble."""
SMALLEST_LUNGS = 0.015
LEAKS_PIXELS = (3, 9)
SUSPICIOUS_LUNGS = 0.05
"""Lungs smaller than this share of the picture are looked for once more with wider leaks closed."""
TRACHEA = 0.001
LARGEST_AIRWAY = 0.02
"""Share of the picture; what lies alone in the middle and is larger is a lung."""
EDGE_PIXELS = 2
LARGEST_CORNERS = 0.1
LEAST_TIGHT_LUNGS, LEAST_TIGHT_SOLIDITY = 0.15, 0.6
LEAST_SOLIDITY = 0.3
LEAST_ENCLOSED = 0.5
LEAST_CONTRAST = 0.15
LARGEST_SPREAD = 0.4
"""Tissue around lungs is even: its standard deviation against the distance from lung air to tissue."""
LUNG_LEVEL = 0.3
"""Lung air lies near the air around the patient: at most this far on the way to soft tissue (a brain lies at 0.4)."""
GAS_LEVEL, LUNG_ABOVE_GAS = 6.0, 14.0
"""Of 255 grey levels above the air around: gas in the bowel stays below the first where lungs pass the second."""

NO_CONTRAST = N_("The image has no contrast.")
TOO_SMALL = N_("The image is too small to find lungs in it.")
NO_LUNGS = N_("No lungs were found in this slice.")
ONLY_TRACHEA = N_("Only a trachea was found in this slice, no lungs.")
CUT_OFF = N_("The lungs are cut off at the edge of the image.")

Mask = NDArray[np.bool_]
Image = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Lungs:
    """What `find_lungs` found.

    Attributes
    ----------
    labels
        (rows, columns) uint8: 0 outside the hull, 1 the lung on the picture's left, 2 the one on its right.
    air, tissue
        20th percentile inside the dark regions, and median of the body around the hull, in the picture's values.
    """

    labels: NDArray[np.uint8]
    air: float
    tissue: float


def find_lungs(values: Image, in_hu: bool) -> Lungs | str:
    """Lungs of one axial slice, or the sentence that says why there are none.

    Parameters
    ----------
    values
        (rows, columns) float32, finite, air dark.
    in_hu
        True when values are Hounsfield units: the threshold between lung and tissue is then fixed at -400.
    """
    import cv2

    if min(values.shape) < 48:
        return TOO_SMALL
    scale = min(1.0, WORKING_SIZE / max(values.shape))
    small = values
    if scale < 1:
        small = np.asarray(cv2.resize(values, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.float32)
    low, high = SOFT_RANGE_HU if in_hu else percentiles(small, 0.5, 99.5)
    if np.ptp(small) == 0 or high - low < 1e-6:
        return NO_CONTRAST
    level = np.clip((small - np.float32(low)) * np.float32(255 / (high - low)), 0, 255).astype(np.float32)
    top, bottom, left, right = inside_margins(level)
    inner = level[top:bottom, left:right]
    if min(inner.shape) < 40:
        return NO_CONTRAST
    smooth = cv2.GaussianBlur(inner, (0, 0), BLUR_PIXELS)
    threshold = (LUNG_BELOW_HU - low) * 255 / (high - low) if in_hu else otsu(smooth)
    bright = smooth >= threshold
    body = largest_region(bright)
    regions = lung_regions(body, smooth)
    if isinstance(regions, str) or is_airway(regions):
        tight = tight_regions(bright)
        if tight is not None and (isinstance(regions, str) or area(tight) > 4 * area(regions)):
            regions, body = tight, bright
    if isinstance(regions, str):
        return regions
    source = small[top:bottom, left:right]
    if in_hu and median(source[regions.any(axis=0)]) < GAS_BELOW_HU:
        return NO_LUNGS
    hull = hulls(regions, body)
    points = calibration_points(source, regions, hull, body, smooth < threshold)
    if points is None or points[1] - points[0] < LEAST_CONTRAST * (high - low):
        return NO_LUNGS
    reason = not_lungs(source, regions, hull, body, points)
    return reason or Lungs(full_size(hull, (top, left), small.shape, values.shape), *points)


def calibration_points(
    source: Image, regions: NDArray[np.bool_], hull: NDArray[np.bool_], body: Mask, dark: Mask
) -> tuple[float, float] | None:
    """Lung air and soft tissue in the picture's values; None where the regions are not enclosed by a body."""
    import cv2

    everything = np.asarray(hull.any(axis=0))
    ring = cv2.dilate(everything.astype(np.uint8), np.ones((13, 13), np.uint8)).astype(bool) & ~everything
    around = ring & body
    if area(around) < LEAST_ENCLOSED * area(ring):
        return None
    [air] = percentiles(source[regions.any(axis=0) & dark], 20)
    ring_values = source[around]
    tissue = median(ring_values)
    return (air, tissue) if ring_values.std() <= LARGEST_SPREAD * (tissue - air) else None


def not_lungs(
    source: Image, regions: NDArray[np.bool_], hull: NDArray[np.bool_], body: Mask, points: tuple[float, float]
) -> str | None:
    """The sentence that says why dark regions in a body are no lungs, or None where they may be."""
    air, tissue = points
    outside = surroundings(~body)
    if share(outside) > 0.05:
        around = median(source[outside])
        if air > around + LUNG_LEVEL * (tissue - around):
            return NO_LUNGS
    density = (source - np.float32(air)) * np.float32(1 / (tissue - air))
    return refusal(measure_context(density, regions, np.asarray(hull.any(axis=0)), body, outside))


def is_airway(regions: NDArray[np.bool_]) -> bool:
    """True for small regions near the middle alone: trachea and bronchi, taken for lungs."""
    columns = np.flatnonzero(regions.any(axis=(0, 1)))
    centre = columns.mean() / regions.shape[2]
    return bool(share(np.asarray(regions.any(axis=0))) < LARGEST_AIRWAY and 0.25 < centre < 0.75)


def tight_regions(bright: Mask) -> NDArray[np.bool_] | None:
    """Lungs along the edge of a tight crop, where they would pass for air around: (1..4, rows, columns) bool.

    The picture's edge is taken for chest wall; air around the patient then lies in the corners alone. None where
    there is too much of it, or too little lung.
    """
    import cv2

    hollow = (~bright).astype(np.uint8)
    hollow[:EDGE_PIXELS] = hollow[-EDGE_PIXELS:] = hollow[:, :EDGE_PIXELS] = hollow[:, -EDGE_PIXELS:] = 0
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (LEAKS_PIXELS[0], LEAKS_PIXELS[0]))
    hollow = np.asarray(cv2.morphologyEx(hollow, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    labels, pixels = regions_of(hollow)
    shares = pixels / bright.size
    shares[0] = 0
    inset = EDGE_PIXELS + 2
    corners = np.unique(labels[[inset, inset, -inset, -inset], [inset, -inset, inset, -inset]])
    if shares[corners].sum() > LARGEST_CORNERS:
        return None
    shares[corners] = 0
    kept = [int(label) for label in np.argsort(-shares)[:4] if shares[label] > 0.06 * shares.max()]
    kept = [label for label in kept if solidity(labels == label) >= LEAST_TIGHT_SOLIDITY]
    if sum(shares[label] for label in kept) < LEAST_TIGHT_LUNGS:
        return None
    return np.stack([labels == label for label in kept])


def otsu(image: Image) -> float:
    """Otsu's threshold of a 0..255 image."""
    import cv2

    threshold, _ = cv2.threshold(image.astype(np.uint8), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return float(threshold) + 1.0


def inside_margins(level: Image) -> tuple[int, int, int, int]:
    """The rectangle (top, bottom, left, right) inside plain page margins: edge rows and columns of one grey value."""

    def first_and_last(flat: Mask) -> tuple[int, int]:
        busy = np.flatnonzero(~flat)
        return (int(busy[0]), int(busy[-1]) + 1) if busy.size else (0, flat.size)

    top, bottom = first_and_last(np.ptp(level, axis=1) < 12)
    left, right = first_and_last(np.ptp(level[top:bottom], axis=0) < 12)
    return top, bottom, left, right


def largest_region(mask: Mask) -> Mask:
    """The largest connected region of a mask, same shape; of bright pixels it is the body without table and clothes."""
    labels, pixels = regions_of(mask)
    largest = 1 + int(np.argmax(pixels[1:])) if len(pixels) > 1 else 0
    return np.asarray(labels == largest)


def surroundings(hollow: Mask) -> Mask:
    """The air around the patient: regions that hold a corner of the picture or much of its border; same shape."""
    labels, pixels = regions_of(hollow)
    edge = np.concatenate([labels[0], labels[-1], labels[1:-1, 0], labels[1:-1, -1]])
    contact = np.bincount(edge, minlength=len(pixels)) / edge.size
    outside = contact > BORDER_SHARE
    outside[labels[[0, 0, -1, -1], [0, -1, 0, -1]]] = True
    outside[0] = False
    return np.asarray(outside[labels])


def lung_regions(body: Mask, level: Image) -> NDArray[np.bool_] | str:
    """The holes in the body that are lungs: (1..4, rows, columns) bool, largest first, or why there are none.

    Vessels inside a lung are no part of the body's region, so they belong to the hole. `level` is the smoothed picture,
    0..255. Where the chest wall is thin, a lung may leak into the air outside: then a wider opening closes the leak.
    """
    found = [opened_regions(body, level, leak) for leak in LEAKS_PIXELS[:1]]
    if isinstance(found[0], str) or area(found[0]) < SUSPICIOUS_LUNGS * body.size:
        found.append(opened_regions(body, level, LEAKS_PIXELS[1]))
    shown = [regions for regions in found if not isinstance(regions, str)]
    return max(shown, key=area) if shown else found[0]


def opened_regions(body: Mask, level: Image, leak_pixels: int) -> NDArray[np.bool_] | str:
    """`lung_regions` with every passage narrower than `leak_pixels` closed."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (leak_pixels, leak_pixels))
    hollow = cv2.morphologyEx((~body).astype(np.uint8), cv2.MORPH_OPEN, kernel).astype(bool)
    outside = surroundings(hollow)
    inner = (hollow & ~outside).astype(np.uint8)
    labels, pixels = regions_of(inner)
    shares = pixels / max(1, body.size - area(outside))
    kept = [label for label in range(1, len(pixels)) if shares[label] >= SMALLEST_REGION]
    kept = [label for label in kept if solidity(labels == label) >= LEAST_SOLIDITY]
    kept.sort(key=lambda label: -shares[label])
    if share(outside) > 0.05:
        levels = {label: median(level[labels == label]) for label in kept}
        kept = without_gas(kept, levels, median(level[outside]))
    if sum(shares[label] for label in kept) >= SMALLEST_LUNGS:
        return np.stack([labels == label for label in kept[:4] if shares[label] >= 0.06 * shares[kept[0]]])
    middle = level.shape[1] / 2
    airways = [label for label in range(1, len(pixels)) if shares[label] >= TRACHEA]
    if any(abs(np.nonzero(labels == label)[1].mean() - middle) < 0.25 * middle for label in airways):
        return ONLY_TRACHEA
    return CUT_OFF if touches_sides(outside) else NO_LUNGS


def without_gas(regions: list[int], level: dict[int, float], air: float) -> list[int]:
    """Leave out gas in stomach and bowel, which is as dark as the air around the patient where lungs are not."""
    if any(level[region] > air + LUNG_ABOVE_GAS for region in regions):
        return [region for region in regions if level[region] > air + GAS_LEVEL]
    return regions


def touches_sides(outside: Mask) -> bool:
    """True when dark regions run off the picture at the middle of its left or right edge, and not all around it."""
    half = outside.shape[0] // 2
    return bool(outside[half, [0, -1]].any() and not outside[[0, -1]].all())


def hulls(regions: NDArray[np.bool_], body: Mask) -> NDArray[np.bool_]:
    """The convex hull of each side's lung: (2, rows, columns) bool, picture's left first; a side may be empty."""
    columns = np.flatnonzero(body.any(axis=0))
    middle = (columns[0] + columns[-1]) / 2
    x = np.arange(body.shape[1])
    halves = np.zeros((2, *body.shape), bool)
    for region in regions:
        on_left = region & (x < middle)
        left = area(on_left) / area(region)
        if 0.2 < left < 0.8:  # the lungs touch in front of the heart
            halves |= np.stack([on_left, region & ~on_left])
        else:
            halves[int(left <= 0.5)] |= region
    sides = np.stack([convex_hull(half) if half.any() else half for half in halves])
    sides[1] &= ~sides[0]
    return np.asarray(sides)


def full_size(
    hull: NDArray[np.bool_], offset: tuple[int, int], small: tuple[int, ...], full: tuple[int, ...]
) -> NDArray[np.uint8]:
    """The two hulls as labels 0, 1, 2 at the slice's own size (rows, columns)."""
    import cv2

    labels = np.zeros(full, np.uint8)
    for value, side in enumerate(hull, start=1):
        canvas = np.zeros(small, np.float32)
        canvas[offset[0] : offset[0] + side.shape[0], offset[1] : offset[1] + side.shape[1]] = side
        grown = cv2.resize(canvas, (full[1], full[0]), interpolation=cv2.INTER_LINEAR)
        labels[grown >= 0.5] = value
    return labels
