"""Synthetic opacities: ground glass and consolidation drawn inside the hull of clear slices.

They give every source both classes, so that the network cannot learn the source instead of the opacity.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]


def render_opacities(density: Image, hull: Image, rng: np.random.Generator) -> Image:
    """Draw one to six lesions into a clear slice.

    Parameters
    ----------
    density
        (rows, columns) float32, calibrated: lung air 0, soft tissue 1.
    hull
        (rows, columns) float32, 0..1: the lung hull.
    rng
        Decides number, place, shape, density and texture.

    Returns
    -------
    A new array. Only aerated pixels inside the hull change and they only get denser, so vessels and walls stay visible.
    """
    size = density.shape[0]
    lung = hull * np.clip((0.6 - density) / 0.2, 0, 1)
    candidates = np.flatnonzero(lung > 0.5)
    if candidates.size < 50:
        return density.copy()
    rim = 1 - np.clip(cv2.distanceTransform((hull > 0.5).astype(np.uint8), cv2.DIST_L2, 3) / (0.12 * size), 0, 1)
    rows = candidates // density.shape[1]
    weight = 0.15 + rim.ravel()[candidates] + 0.5 * (rows - rows.min()) / max(1, np.ptp(rows))  # peripheral and dorsal
    weight /= weight.sum()
    coverage = np.zeros_like(density)
    for _ in range(int(rng.integers(1, 7))):
        centre = divmod(int(rng.choice(candidates, p=weight)), density.shape[1])
        coverage = np.maximum(coverage, lesion(density.shape, centre, rng))
    coverage *= lung
    consolidated = rng.random() < 0.35
    target = rng.uniform(0.6, 0.95) if consolidated else rng.uniform(0.22, 0.6)
    texture = target + rng.uniform(0.02, 0.12) * smooth_noise(density.shape, rng.uniform(0.8, 4.0), rng)
    if rng.random() < 0.25:  # crazy paving and reversed halo: a net of denser lines
        texture += 0.15 * np.exp(-((smooth_noise(density.shape, rng.uniform(2, 5), rng) / 0.3) ** 2))
    denser = np.maximum(density, density * rng.uniform(0.15, 0.6) + texture)
    return (density + (denser - density) * coverage).astype(np.float32)


def lesion(shape: tuple[int, ...], centre: tuple[int, int], rng: np.random.Generator) -> Image:
    """Coverage 0..1 of one lesion: an ellipse with an irregular, soft edge, of (rows, columns) `shape`."""
    rows, columns = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    y, x = rows - centre[0], columns - centre[1]
    angle = rng.uniform(0, np.pi)
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    radius = shape[0] * np.exp(rng.uniform(np.log(0.02), np.log(0.13)))
    stretch = rng.uniform(1.0, 2.2)
    distance = np.sqrt((along / (radius * stretch)) ** 2 + (across / radius) ** 2)
    edge = 1 + rng.uniform(0.1, 0.45) * smooth_noise(shape, rng.uniform(0.2, 0.6) * radius + 1, rng)
    softness = rng.uniform(0.08, 0.5)
    return np.asarray(np.clip((edge - distance) / softness + 0.5, 0, 1), np.float32)


def smooth_noise(shape: tuple[int, ...], sigma: float, rng: np.random.Generator) -> Image:
    """Gaussian noise blurred to `sigma` pixels, mean 0, standard deviation 1; made small and enlarged where that is
    enough.
    """
    step = max(1, int(sigma / 2))
    small = rng.standard_normal((-(-shape[0] // step), -(-shape[1] // step))).astype(np.float32)
    blurred = cv2.GaussianBlur(small, (0, 0), max(0.5, sigma / step))
    noise = cv2.resize(blurred, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR) if step > 1 else blurred
    return np.asarray((noise - noise.mean()) / (noise.std() + 1e-6), dtype=np.float32)
