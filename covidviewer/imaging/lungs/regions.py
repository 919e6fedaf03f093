"""Connected regions of a mask with their areas, and how full and how plump a mask is. Knows arrays only. Any thread.

OpenCV finds regions three times as fast where it is not asked for their statistics, and NumPy counts a mask ten times
as fast as it sums it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Labels = NDArray[np.uint8] | NDArray[np.uint16]


def regions_of(mask: NDArray[np.bool_] | NDArray[np.uint8], connectivity: int = 4) -> tuple[Labels, NDArray[np.intp]]:
    """Connected regions of what is not 0.

    Parameters
    ----------
    mask
        (rows, columns), at most 256 x 256: there are no more than 65,535 regions.
    connectivity
        4 or 8 neighbours.

    Returns
    -------
    labels (rows, columns), 0 for what is 0, and the area of each label in pixels, that of 0 first.
    """
    import cv2

    pixels = np.ascontiguousarray(mask).view(np.uint8)
    count, labels = cv2.connectedComponents(pixels, connectivity=connectivity, ltype=cv2.CV_16U)
    if count > 256:
        wide = np.asarray(labels, dtype=np.uint16)
        return wide, np.bincount(wide.ravel(), minlength=count)
    narrow = labels.astype(np.uint8)  # of bytes, a histogram is four times as fast
    counts = cv2.calcHist([narrow], [0], None, [256], [0, 256])
    return narrow, np.ravel(counts)[:count].astype(np.intp)


def area(mask: NDArray[Any]) -> int:
    """Pixels of a mask that are set."""
    return int(np.count_nonzero(mask))


def share(mask: NDArray[Any]) -> float:
    """Share 0..1 of a mask that is set; 0 for an empty one."""
    return np.count_nonzero(mask) / mask.size if mask.size else 0.0


def solidity(region: Mask) -> float:
    """Area over the area of the convex hull, 0..1: lungs are plump, the gap between back and table is a thin bow."""
    return float(area(region) / max(1, area(convex_hull(region))))


def convex_hull(region: Mask) -> Mask:
    """The filled convex hull of a region, same shape."""
    import cv2

    contours, _ = cv2.findContours(region.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    points = cv2.convexHull(np.concatenate(contours))
    filled = np.zeros(region.shape, np.uint8)
    cv2.fillConvexPoly(filled, points, 1)
    return filled.astype(bool)
