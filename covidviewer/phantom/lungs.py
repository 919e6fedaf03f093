"""Fills the phantom's lungs: parenchyma with its texture and fissures, vessels, patches, airways."""

from __future__ import annotations

from typing import Final

import numpy as np

from covidviewer.phantom.anatomy import Floats, Thorax
from covidviewer.phantom.lesions import Lesion, Pattern, lesion_density
from covidviewer.phantom.painting import BLOOD, Canvas, Lungs, smooth_noise
from covidviewer.phantom.vessels import vessel_cover, vessels

SAGGING_HU_PER_MM: Final = 0.38
"""Lungs are denser at the back, where a lying patient's blood goes."""
LAYER_MM: Final = 9.0


def fill_lungs(
    canvas: Canvas, t: Thorax, z: float, lungs: Lungs, *, patches: tuple[Lesion, ...], thickness_mm: float
) -> Floats:
    """Paint the lungs, and return how fully each pixel of `lungs.place` belongs to a patch, 0..1."""
    values = canvas.values[lungs.place]
    size = len(canvas.values)
    x, y = canvas.x[:, lungs.place[1]], canvas.y[lungs.place[0], :]
    mottle = smooth_noise(t, z, size, grid=max(8, size // 6), layer_mm=LAYER_MM / 2, stream=21)[lungs.place]
    cloud = smooth_noise(t, z, size, grid=26, layer_mm=LAYER_MM, stream=22)[lungs.place]
    air = np.float32(t.lung_hu) + np.float32(SAGGING_HU_PER_MM) * y + np.float32(13) * mottle + np.float32(14) * cloud
    air += np.float32(70) * fissures(t, z, x, y)
    vessel = vessel_cover(vessels(t.seed), z, thickness_mm, x, y)
    patch = np.zeros_like(air)
    ragged = ragged_noise(t, z, size, cloud, lungs.place) if patches else cloud
    for lesion in patches:
        if abs(z - lesion.z) < 1.5 * lesion.rz:
            share = lesion_density(lesion, z, x, y, ragged)
            grain = np.float32(28 if lesion.pattern is Pattern.GROUND_GLASS else 9) * mottle
            target = np.maximum(np.float32(lesion.hu) + grain, air)
            air += share * (target - air)
            np.maximum(patch, share, out=patch)
    air += vessel * np.maximum(np.float32(BLOOD) - air, 0)
    values += canvas.cover(lungs.depth) * (air - values)
    return np.asarray(patch, dtype=np.float32)


def ragged_noise(t: Thorax, z: float, size: int, cloud: Floats, place: tuple[slice, slice]) -> Floats:
    """Noise of mean 0 and deviation 1 for the edges of patches: `cloud` with something finer added."""
    fine = smooth_noise(t, z, size, grid=70, layer_mm=LAYER_MM, stream=23)[place]
    return np.asarray(np.float32(0.83) * cloud + np.float32(0.55) * fine, dtype=np.float32)


def fissures(t: Thorax, z: float, x: Floats, y: Floats) -> Floats:
    """How much of each pixel the oblique fissures fill, 0..1: one gently curved sheet in each lung, lower in front."""
    front = (z / t.height - 0.55) * -165 * t.scale
    bow = np.float32(12) * np.cos(x * np.float32(0.035 / t.scale))
    return np.asarray(np.clip(np.float32(1.1) - np.abs(y - np.float32(front) + bow), 0, 1), dtype=np.float32)
