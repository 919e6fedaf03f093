"""Augmentation: what may differ between two pictures of the same lungs, and must not change the answer.

Geometry (box, rotation, flip), the two calibration points and gamma, texture (blur, resolution, noise, clipping), the
hull's edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import CALIBRATED_RANGE, mask_outside
from training.data.framed import CANVAS_GROWTH

Image = NDArray[np.float32]


@dataclass(frozen=True)
class Augmentation:
    """How far each property is jittered; uniform unless said otherwise. `NONE` leaves every picture as framed.

    `rotation_degrees`, `shift` (of the box's edge), `aspect`, `level` (both calibration points), `gamma` and
    `hull_pixels` (at 224) are half ranges about nothing; `scale` is (smallest, largest); `texture` is the chance of
    each texture step.
    """

    rotation_degrees: float = 10.0
    scale: tuple[float, float] = (0.88, 1.12)
    shift: float = 0.06
    aspect: float = 0.08
    flip: bool = True
    level: float = 0.08
    gamma: float = 0.2
    texture: float = 0.4
    hull_pixels: float = 3.0

    def scaled(self, strength: float) -> Augmentation:
        """The same kinds of change, each `strength` times as far."""
        smallest, largest = (1 + strength * (edge - 1) for edge in self.scale)
        return Augmentation(
            rotation_degrees=self.rotation_degrees * strength,
            scale=(smallest, largest),
            shift=self.shift * strength,
            aspect=self.aspect * strength,
            flip=self.flip,
            level=self.level * strength,
            gamma=self.gamma * strength,
            texture=self.texture * strength,
            hull_pixels=self.hull_pixels * strength,
        )


NONE = Augmentation(0.0, (1.0, 1.0), 0.0, 0.0, False, 0.0, 0.0, 0.0, 0.0)


def augmented(density: Image, hull: Image, size: int, how: Augmentation, rng: np.random.Generator) -> Image:
    """`augmented_with`, without lesions."""
    return augmented_with(density, hull, None, size, how, rng)[0]


def augmented_with(
    density: Image, hull: Image, lesion: Image | None, size: int, how: Augmentation, rng: np.random.Generator
) -> tuple[Image, Image]:
    """One training input from one canvas, and its lesions in the same place.

    Parameters
    ----------
    density, hull
        (320, 320) float32 canvas: calibrated density, and hull coverage 0..1.
    lesion
        (320, 320) float32, 0..1: lesion coverage; None for none.
    size
        Edge of the result in pixels.

    Returns
    -------
    (size, size, 2) float32 as `imaging.lungs.framing.model_input` gives: masked crop in -0.3..1.3, hull in 0..1; and
    (size, size) float32 lesion coverage, zeros for None.
    """
    matrix = placement(density.shape[0], size, how, rng)
    crop = warp(density, matrix, size, 1.0)
    inside = warp(hull, matrix, size, 0.0)
    where = np.zeros((size, size), np.float32) if lesion is None else warp(lesion, matrix, size, 0.0)
    if how.level or how.gamma:
        crop = recalibrated(crop, how, rng)
    if how.texture:
        crop = textured(crop, how.texture, rng)
    if how.hull_pixels:
        inside = moved_edge(inside, how.hull_pixels * size / 224, rng)
    crop = np.clip(crop, *CALIBRATED_RANGE)
    return np.stack([mask_outside(crop, inside), inside], axis=-1), where


def placement(canvas: int, size: int, how: Augmentation, rng: np.random.Generator) -> NDArray[np.float64]:
    """The 2 x 3 matrix from canvas to result: rotation, scale, aspect, shift and flip about the box's centre."""
    angle = np.deg2rad(rng.uniform(-how.rotation_degrees, how.rotation_degrees))
    zoom = rng.uniform(*how.scale) * size * CANVAS_GROWTH / canvas
    aspect = np.exp(rng.uniform(-how.aspect, how.aspect) / 2)
    sign = -1.0 if how.flip and rng.random() < 0.5 else 1.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = turn @ np.diag([sign * zoom * aspect, zoom / aspect])
    shift = rng.uniform(-how.shift, how.shift, 2) * size
    centre = np.full(2, (canvas - 1) / 2)
    offset = np.full(2, (size - 1) / 2) + shift - linear @ centre
    return np.hstack([linear, offset[:, None]])


def warp(image: Image, matrix: NDArray[np.float64], size: int, fill: float) -> Image:
    """Apply `placement`, averaging first when the picture shrinks below half so that no pixel is skipped."""
    shrink = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if shrink < 0.7:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), 0.45 / shrink), np.float32)
    return np.asarray(
        cv2.warpAffine(image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderValue=fill), dtype=np.float32
    )


def recalibrated(crop: Image, how: Augmentation, rng: np.random.Generator) -> Image:
    """Other calibration points and another gamma between them."""
    air, tissue = rng.uniform(-how.level, how.level, 2)
    crop = (crop - np.float32(air)) / np.float32(1 + tissue - air)
    gamma = np.exp(rng.uniform(-how.gamma, how.gamma))
    low, high = CALIBRATED_RANGE
    unit = np.clip((crop - low) / (high - low), 0, 1)
    return np.asarray(unit**gamma * (high - low) + low, dtype=np.float32)


def textured(crop: Image, chance: float, rng: np.random.Generator) -> Image:
    """Blur, half resolution and back, noise, sharpening, clipping at either end: each with its own chance."""
    size = crop.shape[0]
    if rng.random() < chance:
        sigma = rng.uniform(0.3, 1.3) * size / 224 + 0.2
        crop = np.asarray(cv2.GaussianBlur(crop, (0, 0), sigma), np.float32)
    if rng.random() < chance / 2:
        part = int(size * rng.uniform(0.45, 0.9))
        coarse = cv2.resize(crop, (part, part), interpolation=cv2.INTER_AREA)
        crop = np.asarray(cv2.resize(coarse, (size, size)), np.float32)
    if rng.random() < chance / 2:
        crop = crop + rng.uniform(0.3, 1.0) * (crop - cv2.GaussianBlur(crop, (0, 0), 1.0))
    if rng.random() < chance:
        crop = crop + rng.uniform(0.005, 0.07) * rng.standard_normal(crop.shape, dtype=np.float32)
    if rng.random() < chance / 2:
        crop = np.maximum(crop, rng.uniform(-0.2, 0.06))
    if rng.random() < chance / 2:
        crop = np.minimum(crop, rng.uniform(0.85, 1.2))
    return np.asarray(crop, dtype=np.float32)


def moved_edge(hull: Image, pixels: float, rng: np.random.Generator) -> Image:
    """The hull grown or shrunk by up to `pixels`, with a soft edge."""
    reach = rng.uniform(-pixels, pixels)
    soft = cv2.GaussianBlur(hull, (0, 0), max(0.8, pixels))
    return np.asarray(np.clip((soft - 0.5 + reach / (4 * max(1.0, pixels))) * 4 + 0.5, 0, 1), dtype=np.float32)
