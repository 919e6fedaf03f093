"""What inside the lung hull is no lung, told by shape: heart, mediastinum, diaphragm, vessels, shared pixels.

Works on smoothed density at working size, about 1.3 mm a pixel: lung air near 0, soft tissue near 1. Knows arrays only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.regions import area, regions_of, solidity
from covidviewer.imaging.order_statistics import median

Image = NDArray[np.float32]
Labels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

THINNEST_OPACITY = 5
THINNEST_ANATOMY = 9
"""What hangs on the heart by a thinner neck is an opacity or a vessel."""
NECKS, LEAST_CORE = (11, 15, 19, 23, 27), 40
WIDEST_VESSEL, VESSEL_RIM_PIXELS, VESSEL_DENSITY = 11, 3, 0.5
SMALLEST_OPACITY = 0.0015
"""Share of the hull's area; smaller spots are vessels seen end on."""
HULL_RIM_PIXELS, ANATOMY_RIM_PIXELS = 2, 4
FACING_RIM_PIXELS = 14
"""As far as the smoothed slope of a hull reaches."""
DENSE = 0.622
"""-300 HU in calibrated density."""
DOME_SHARE, DOME_SOLIDITY, DOME_DENSITY = 0.1, 0.85, 0.97


def edges_corrected(smooth: Image, hull: Labels, left_out: Mask) -> Image:
    """Density without the rim where lung and soft tissue share pixels: there, the least dense neighbour counts."""
    import cv2

    at_hull = cv2.erode(hull, ellipse(2 * HULL_RIM_PIXELS + 1), borderType=cv2.BORDER_CONSTANT, borderValue=0) == 0
    at_anatomy = cv2.dilate(left_out.astype(np.uint8), ellipse(2 * ANATOMY_RIM_PIXELS + 1)) > 0
    airy = np.minimum(smooth, np.float32(0))
    corrected = np.where(at_hull, np.maximum(cv2.erode(smooth, ellipse(2 * HULL_RIM_PIXELS + 1)), airy), smooth)
    lowest = np.maximum(cv2.erode(smooth, ellipse(2 * ANATOMY_RIM_PIXELS + 1)), airy)
    return np.asarray(np.where(at_anatomy, lowest, corrected), dtype=np.float32)


def without_vessels(smooth: Image) -> Image:
    """Density with dense strands narrower than `WIDEST_VESSEL`, and their hazy edges, at the level around them."""
    import cv2

    around = cv2.morphologyEx(smooth, cv2.MORPH_OPEN, ellipse(WIDEST_VESSEL))
    vessels = (smooth > VESSEL_DENSITY) & (around < VESSEL_DENSITY)
    reach = cv2.dilate(vessels.astype(np.uint8), ellipse(2 * VESSEL_RIM_PIXELS + 1)) > 0
    return np.asarray(np.where(reach, around, smooth), dtype=np.float32)


def plump(opacified: Mask, smallest: float) -> Mask:
    """An opacity mask without vessels: no part thinner than `THINNEST_OPACITY`, no region below `smallest` pixels."""
    import cv2

    opened = cv2.morphologyEx(opacified.astype(np.uint8), cv2.MORPH_OPEN, ellipse(THINNEST_OPACITY))
    labels, pixels = regions_of(np.asarray(opened, dtype=np.uint8), connectivity=8)
    kept = pixels >= smallest
    kept[0] = False
    return np.asarray(kept[labels])


def anatomy(smooth: Image, hull: Labels, centre: tuple[float, float]) -> Mask:
    """What lies within the convex hull and is no lung: mediastinum, heart, diaphragm and what is under its dome.

    Dense regions that reach the part of the hull's edge that faces the body's centre, and large round ones (a dome).
    An opacity at the ribs does not reach that part; one that is broadly grown together with the heart is left out.
    """
    import cv2

    dense = cv2.morphologyEx((smooth > DENSE).astype(np.uint8), cv2.MORPH_OPEN, ellipse(THINNEST_ANATOMY))
    dense[hull == 0] = 0
    labels, pixels = regions_of(np.asarray(dense, dtype=np.uint8))
    facing = facing_edge(hull, centre)
    touching = np.bincount(labels[facing], minlength=len(pixels))
    left_out = touching >= 3
    smallest_dome = DOME_SHARE * area(hull)
    for label in range(1, len(pixels)):
        if not left_out[label] and pixels[label] > smallest_dome:
            left_out[label] = is_dome(labels == label, smooth)
    left_out[0] = False
    kept = left_out[labels] & ~grown_on(smooth, hull, facing)
    return cv2.dilate(kept.astype(np.uint8), ellipse(3)).astype(bool)


def grown_on(smooth: Image, hull: Labels, facing: Mask) -> Mask:
    """Opacities that hang on heart or mediastinum by a neck, of whatever width; (rows, columns) bool."""
    import cv2

    dense = (smooth > DENSE).astype(np.uint8)
    found = np.zeros(hull.shape, bool)
    outside = hull == 0
    for neck in NECKS:
        cores = cv2.erode(dense, ellipse(neck))
        cores[outside] = 0
        if not cores.any():  # nor is anything left by a wider one
            break
        labels, pixels = regions_of(np.asarray(cores, dtype=np.uint8))
        own = np.bincount(labels[facing], minlength=len(pixels)) == 0
        own &= pixels >= LEAST_CORE
        own[0] = False
        if own.any():
            found |= nearer_to(own[labels], ((labels > 0) & ~own[labels]) | facing)
    return found


def nearer_to(these: Mask, those: Mask) -> Mask:
    """Pixels that lie nearer to `these` than to `those`; same shape."""
    import cv2

    to_these, to_those = (cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5) for mask in (these, those))
    return np.asarray(to_these < to_those)


def facing_edge(hull: Labels, centre: tuple[float, float]) -> Mask:
    """The inner edge of each lung's hull, seen from the body's centre or the other lung: (rows, columns) bool."""
    import cv2

    facing = np.zeros(hull.shape, bool)
    for side in (1, 2):
        whole = hull == side
        if not whole.any():
            continue
        top, left, bottom, right = rectangle(whole, FACING_RIM_PIXELS)
        lung = whole[top:bottom, left:right].astype(np.uint8)
        soft = cv2.GaussianBlur(lung.astype(np.float32), (0, 0), 3)
        down, across = cv2.Sobel(soft, cv2.CV_32F, 0, 1), cv2.Sobel(soft, cv2.CV_32F, 1, 0)
        core = cv2.erode(lung, ellipse(9), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        edge = lung > core
        rows, columns = np.nonzero(edge)
        other = np.nonzero(hull == 3 - side)
        for row, column in (centre, *((axis.mean() for axis in other),) * bool(other[0].size)):
            towards = -down[edge] * (row - top - rows) - across[edge] * (column - left - columns)
            facing[top + rows[towards > 0], left + columns[towards > 0]] = True
    return facing


def rectangle(mask: Mask, rim: int) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) around what is set, so many pixels wider where there are any."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    bottom, right = min(mask.shape[0], int(rows[-1]) + 1 + rim), min(mask.shape[1], int(columns[-1]) + 1 + rim)
    return max(0, int(rows[0]) - rim), max(0, int(columns[0]) - rim), bottom, right


def is_dome(region: Mask, smooth: Image) -> bool:
    """True for a large island as round and dense as the diaphragm's dome."""
    return bool(median(smooth[region]) > DOME_DENSITY and solidity(region) > DOME_SOLIDITY)


def ellipse(pixels: int) -> NDArray[np.uint8]:
    """A round structuring element of odd diameter."""
    import cv2

    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (pixels, pixels)), dtype=np.uint8)
