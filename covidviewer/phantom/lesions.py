"""Patches in the phantom's lungs: ground glass and consolidation, of known place, extent and density."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from covidviewer.phantom.anatomy import ANGLES, Dice, Floats, Thorax, cage_outline, lung_depth

ROUGHNESS: Final = 0.55
TRIES: Final = 60


class Pattern(StrEnum):
    """The two kinds of patch: haze through which vessels are seen, and filled lung."""

    GROUND_GLASS = "ground glass"
    CONSOLIDATION = "consolidation"


@dataclass(frozen=True)
class Lesion:
    """A patch: centre and half axes in mm (axes as in `anatomy`), and the density that its middle reaches."""

    pattern: Pattern
    x: float
    y: float
    z: float
    rx: float
    ry: float
    rz: float
    hu: float


def scatter_lesions(t: Thorax, count: int, focus_mm: float | None) -> tuple[Lesion, ...]:
    """`count` patches near the pleura, mostly at the back; around height `focus_mm`, or all over the lungs for None."""
    dice = Dice(t.seed, 5)
    return tuple(place(t, dice, k, focus_mm) for k in range(count))


def place(t: Thorax, dice: Dice, number: int, focus_mm: float | None) -> Lesion:
    """The next patch; every third is a consolidation. The best-lying of many tries, so that it is in a lung."""
    size = dice.uniform(13, 34) * t.scale
    centre, best = (0.0, 0.0, 0.0), -np.inf
    for _ in range(TRIES):
        z = focus_mm + dice.uniform(-4, 4) if focus_mm is not None else dice.uniform(0.12, 0.9) * t.height
        angle = dice.uniform(-0.15, 1.25)
        angle = angle if dice.uniform(0, 1) < 0.5 else np.pi - angle
        table = cage_outline(t, z)
        reach = dice.uniform(0.62, 0.97)
        radius = reach * float(table[int((angle + np.pi) / (2 * np.pi) * ANGLES) % ANGLES])
        x, y = radius * float(np.cos(angle)), radius * float(np.sin(angle))
        point = np.array([[x]], np.float32), np.array([[y]], np.float32)
        depth = float(lung_depth(t, z, *point, np.array([[radius / reach - radius]], np.float32))[0, 0])
        if min(depth, 6.0) > best:
            centre, best = (x, y, z), min(depth, 6.0)
        if best >= 6.0:
            break
    consolidation = number % 3 == 2
    return Lesion(
        pattern=Pattern.CONSOLIDATION if consolidation else Pattern.GROUND_GLASS,
        x=centre[0],
        y=centre[1],
        z=centre[2],
        rx=size * dice.uniform(0.7, 1.1) * (0.75 if consolidation else 1),
        ry=size * dice.uniform(0.7, 1.1) * (0.75 if consolidation else 1),
        rz=size * dice.uniform(0.7, 1.1),
        hu=dice.uniform(-60, 35) if consolidation else dice.uniform(-660, -480),
    )


def lesion_density(lesion: Lesion, z: float, x: Floats, y: Floats, texture: Floats) -> Floats:
    """How fully points belong to a patch at height z, 0..1. `texture` (mean 0, deviation 1) roughens its edge."""
    dx, dy = (x - np.float32(lesion.x)) / np.float32(lesion.rx), (y - np.float32(lesion.y)) / np.float32(lesion.ry)
    dz = (z - lesion.z) / lesion.rz
    inside = np.float32(1 - dz * dz) - dx * dx - dy * dy + np.float32(ROUGHNESS) * texture
    soft = 3.0 if lesion.pattern is Pattern.GROUND_GLASS else 6.0
    return np.asarray(np.clip(np.float32(soft) * inside + np.float32(0.5), 0, 1), dtype=np.float32)
