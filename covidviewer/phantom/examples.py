"""Three synthetic chests that explain the score: clear lungs, opacities like those of COVID-19, another disease."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from covidviewer.phantom.anatomy import thorax
from covidviewer.phantom.lesions import Lesion, Pattern
from covidviewer.phantom.slices import Phantom, cut_thorax

SEED: Final = 12
LEVEL: Final = 0.45
DEPTH_MM: Final = 30.0


class Example(StrEnum):
    """What the lungs show. The chest is the same one."""

    CLEAR = "clear"
    OPACITIES = "opacities"
    """Ground glass in patches, in both lungs, near the pleura."""
    OTHER_DISEASE = "other disease"
    """One lobe filled, as a bacterial pneumonia does."""


PATCHES: Final[dict[Example, tuple[tuple[Pattern, float, float, float, float, float], ...]]] = {
    Example.CLEAR: (),
    Example.OPACITIES: (
        (Pattern.GROUND_GLASS, -95, 35, 26, 34, -560),
        (Pattern.GROUND_GLASS, -70, 62, 34, 18, -600),
        (Pattern.GROUND_GLASS, 92, 42, 28, 30, -540),
        (Pattern.GROUND_GLASS, 75, -30, 22, 18, -620),
        (Pattern.GROUND_GLASS, -88, -30, 20, 24, -600),
    ),
    Example.OTHER_DISEASE: (
        (Pattern.CONSOLIDATION, 80, 40, 48, 42, 20),
        (Pattern.GROUND_GLASS, 60, -5, 30, 22, -500),
    ),
}
"""Pattern, centre x and y and half axes in mm (axes as in `anatomy`, for a chest of scale 1), density in HU."""


def example_slice(example: Example, size: int = 512) -> Phantom:
    """One axial slice of the example, `size` rows and columns."""
    t = thorax(SEED)
    z = LEVEL * t.height
    lesions = tuple(
        Lesion(pattern, x * t.scale, y * t.scale, z, rx * t.scale, ry * t.scale, DEPTH_MM, hu)
        for pattern, x, y, rx, ry, hu in PATCHES[example]
    )
    return cut_thorax(t, z, lesions, size, thickness_mm=2.5)
