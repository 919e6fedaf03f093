"""Does what was taken for lungs lie in an axial chest CT slice? One table of rules, each with its reason in words.

Abdomen, head, X-ray, photograph and text have dark regions too; what surrounds them gives them away. The limits were
set so that no framed slice of LUNA's even scans or of the CT series is refused. Knows arrays only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.regions import share, solidity
from covidviewer.imaging.order_statistics import median
from covidviewer.texts import N_

Image = NDArray[np.float32]
Mask = NDArray[np.bool_]

LARGE_HOLE = 0.04
NOT_CHEST = N_("This does not look like an axial chest CT slice.")
SOFT_WINDOW = N_("Lungs cannot be distinguished from fat in this image; its window may be a soft-tissue window.")
BRAIN = N_("This looks like a head, not a chest.")
AMONG_BONES = N_("The dark regions are surrounded by bone, as in a head, and contain only air.")
INVERTED = N_("The image seems to be inverted: bright lungs in a dark body.")
DARKER = N_("The dark regions are darker than the surrounding air, so they are not lungs.")


@dataclass(frozen=True)
class ContextFeatures:
    """What the rules look at; densities are on the scale lung air 0, soft tissue 1.

    Attributes
    ----------
    regions, largest_solidity
        Number of dark regions taken for lungs, and area over convex area of the largest.
    air_level
        How far lung air lies on the way from the air around the patient to soft tissue; None without air around.
    aerated
        Share of the regions' area below 0.6.
    texture_inside, texture_outside
        Mean gradient per pixel in the regions, and in the soft tissue outside the hull.
    even
        Share of that soft tissue within 0.25 of 1.
    bone
        Share of the body above 1.3.
    two_levels
        Share of the picture's variance that two grey levels explain (Otsu's criterion).
    body_solidity
        Area over convex area of the body.
    bright_holes
        Number of large bright areas that the dark regions enclose.
    """

    regions: int
    largest_solidity: float
    air_level: float | None
    aerated: float
    texture_inside: float
    texture_outside: float
    even: float
    bone: float
    two_levels: float
    body_solidity: float
    bright_holes: int = 0


@dataclass(frozen=True)
class Rule:
    """Refuse with `reason` where `applies`."""

    reason: str
    applies: Callable[[ContextFeatures], bool]


def has_open_air(s: ContextFeatures) -> bool:
    """Whether the dark regions are as dark as the air around the patient; lungs are not where a window shows both."""
    return s.air_level is not None and s.air_level < 0.03


RULES = (
    Rule(INVERTED, lambda s: s.bright_holes >= 2 or (s.aerated < 0.7 and s.regions == 1 and s.largest_solidity > 0.9)),
    Rule(BRAIN, lambda s: s.regions == 1 and s.largest_solidity > 0.93 and (s.air_level or 0.0) > 0.2),
    Rule(SOFT_WINDOW, lambda s: s.texture_outside > 0.1 and s.even < 0.73),
    Rule(DARKER, lambda s: s.air_level is not None and s.air_level < -0.2),
    Rule(AMONG_BONES, lambda s: s.bone > 0.09 and s.texture_outside > 0.07 and has_open_air(s)),
    Rule(NOT_CHEST, lambda s: s.even < 0.5),
    Rule(NOT_CHEST, lambda s: s.two_levels < 0.75 and s.even < 0.72 and s.bone > 0.15),
    Rule(NOT_CHEST, lambda s: s.body_solidity < 0.75 and s.texture_outside > 0.085),
    Rule(NOT_CHEST, lambda s: s.texture_inside > 0.205),
    Rule(NOT_CHEST, lambda s: s.texture_outside > 0.145),
    Rule(NOT_CHEST, lambda s: s.aerated < 0.78 and s.texture_inside > 0.15),
    Rule(NOT_CHEST, lambda s: s.two_levels < 0.66 and s.even < 0.9),
    Rule(NOT_CHEST, lambda s: s.bone > 0.27),
    Rule(NOT_CHEST, lambda s: s.bone > 0.1 and s.texture_outside < 0.02),
    Rule(NOT_CHEST, lambda s: s.largest_solidity > 0.993),
)


def refusal(context: ContextFeatures) -> str | None:
    """The first rule's reason, or None where none applies."""
    return next((rule.reason for rule in RULES if rule.applies(context)), None)


def measure_context(
    density: Image, regions: NDArray[np.bool_], hull: Mask, body: Mask, outside: Mask
) -> ContextFeatures:
    """Measure the `ContextFeatures`.

    Parameters
    ----------
    density
        (rows, columns) float32: lung air 0, soft tissue 1, not clipped.
    regions
        (n, rows, columns) bool: the dark regions, largest first.
    hull, body, outside
        (rows, columns) bool: the lung hull, the bright body, and the air around the patient.
    """
    import cv2

    inside = regions.any(axis=0)
    soft = body & ~hull
    across, down = cv2.Sobel(density, cv2.CV_32F, 1, 0), cv2.Sobel(density, cv2.CV_32F, 0, 1)
    steepness = np.asarray(cv2.magnitude(across, down), dtype=np.float32) / np.float32(8)
    around = median(density[outside]) if share(outside) > 0.02 else None
    body_tissue = density[soft]
    return ContextFeatures(
        regions=len(regions),
        largest_solidity=solidity(regions[0]),
        air_level=None if around is None or around >= 1 else -around / (1 - around),
        aerated=share(density[inside] < 0.6),
        texture_inside=mean(steepness[inside]),
        texture_outside=mean(steepness[soft]),
        even=share(np.abs(body_tissue - 1) < 0.25),
        bone=share(density[body] > 1.3),
        two_levels=two_levels(density),
        body_solidity=solidity(~outside),
        bright_holes=sum(large_holes(region) for region in regions),
    )


def large_holes(region: Mask) -> int:
    """Number of holes in a region that each take more than 4 % of the picture."""
    import cv2

    outlines, nesting = cv2.findContours(region.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    holes = [line for line, place in zip(outlines, nesting[0], strict=True) if place[3] >= 0]
    return sum(cv2.contourArea(hole) > LARGE_HOLE * region.size for hole in holes)


def mean(values: Image) -> float:
    """The mean, 0 for nothing."""
    return float(values.mean()) if values.size else 0.0


def two_levels(density: Image) -> float:
    """Share of the variance that lies between the pixels below and above 0.5, smoothed over 1.5 pixels; 0..1."""
    import cv2

    smooth = cv2.GaussianBlur(density, (0, 0), 1.5)
    bright = smooth >= 0.5
    filled, variance = share(bright), float(smooth.var())
    if not 0 < filled < 1 or variance == 0:
        return 0.0
    between = filled * (1 - filled) * float(smooth[bright].mean() - smooth[~bright].mean()) ** 2
    return between / variance
