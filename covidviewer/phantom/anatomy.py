"""One made-up thorax: its sizes drawn by seed, and where its lungs and great organs lie in the patient, in mm.

Axes: x to the patient's left (right in the picture), y to the back (down), z from the lung apex to the base.
Random numbers come from the raw PCG64 stream, which NumPy keeps the same for ever, so a seed means one thorax anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ANGLES: Final = 2048
"""Bins of a polar outline; 0 is the patient's left, a quarter is the back."""


class Dice:
    """A stream of random numbers that never changes between NumPy versions. `seeds` are any whole numbers from 0."""

    def __init__(self, *seeds: int) -> None:
        self._stream = np.random.PCG64(np.random.SeedSequence(list(seeds)))

    def uniform(self, low: float, high: float) -> float:
        """One number in low..high."""
        return low + (high - low) * float(self.uniforms(1)[0])

    def uniforms(self, count: int) -> NDArray[np.float64]:
        """(count,) float64 in 0..1."""
        return np.asarray((self._stream.random_raw(count) >> np.uint64(11)) * 2.0**-53)

    def normals(self, rows: int, columns: int) -> Floats:
        """(rows, columns) float32, mean 0 and deviation 1, near enough normal: each the sum of four 16-bit numbers."""
        quarters = np.asarray(self._stream.random_raw(rows * columns)).view(np.uint16).reshape(-1, 4)
        total = quarters[:, 0].astype(np.float32)
        for k in (1, 2, 3):
            total += quarters[:, k]
        total -= np.float32(2 * 65535)
        total *= np.float32(1 / (65535 * np.sqrt(4 / 12)))
        return total.reshape(rows, columns)


@dataclass(frozen=True)
class Ellipse:
    """Centre and half axes in mm, turned by `angle` radians from x towards y."""

    x: float
    y: float
    rx: float
    ry: float
    angle: float = 0.0

    def depth(self, x: Floats, y: Floats) -> Floats:
        """How deep points lie inside, in mm (negative outside); exact on the edge, near enough elsewhere."""
        c, s = np.float32(np.cos(self.angle)), np.float32(np.sin(self.angle))
        dx, dy = x - np.float32(self.x), y - np.float32(self.y)
        u = (c * dx + s * dy) * np.float32(1 / self.rx)
        v = (c * dy - s * dx) * np.float32(1 / self.ry)
        near = np.sqrt(u * u + v * v)
        slope = np.sqrt(u * u * np.float32(self.rx**-2) + v * v * np.float32(self.ry**-2))
        return np.asarray(near * (1 - near) / np.maximum(slope, np.float32(1e-6)), dtype=np.float32)


@dataclass(frozen=True)
class Thorax:
    """The sizes of one thorax, in mm unless said otherwise. `height` is that of the lungs."""

    seed: int
    scale: float
    height: float
    body_half_width: float
    body_half_depth: float
    cage_half_width: float
    cage_half_depth: float
    muscle: float
    roundness: float
    bend: float
    heart: float
    aorta: float
    rib_drop: float
    rib_shift: float
    noise_hu: float
    lung_hu: float
    arms: bool


def thorax(seed: int) -> Thorax:
    """The thorax of a seed."""
    dice = Dice(seed, 1)
    scale = dice.uniform(0.9, 1.08)
    cage_width, cage_depth = dice.uniform(122, 134) * scale, dice.uniform(87, 98) * scale
    fat = dice.uniform(8, 26)
    return Thorax(
        seed=seed,
        scale=scale,
        height=dice.uniform(215, 255) * scale,
        body_half_width=cage_width + 24 + fat,
        body_half_depth=cage_depth + 22 + 0.7 * fat,
        cage_half_width=cage_width,
        cage_half_depth=cage_depth,
        muscle=dice.uniform(9, 14),
        roundness=dice.uniform(2.15, 2.5),
        bend=dice.uniform(-0.03, 0.03),
        heart=dice.uniform(0.86, 1.1),
        aorta=dice.uniform(10.5, 14.0) * scale,
        rib_drop=dice.uniform(100, 135),
        rib_shift=dice.uniform(0, 24),
        noise_hu=dice.uniform(9, 20),
        lung_hu=dice.uniform(-905, -868),
        arms=dice.uniform(0, 1) < 0.2,
    )


def ramp(value: float, start: float, end: float) -> float:
    """0 before `start`, 1 after `end`, smooth between."""
    t = min(1.0, max(0.0, (value - start) / (end - start)))
    return t * t * (3 - 2 * t)


def outline(half_width: float, half_depth: float, y: float, roundness: float, bend: float = 0.0) -> Floats:
    """(ANGLES,) radius in mm, seen from the origin, of a superellipse centred at (0, y)."""
    t = np.linspace(-np.pi, np.pi, ANGLES, endpoint=False)
    c, s = np.cos(t), np.sin(t)
    px = half_width * np.sign(c) * np.abs(c) ** (2 / roundness) * (1 + bend * np.cos(3 * t))
    py = half_depth * np.sign(s) * np.abs(s) ** (2 / roundness) + y
    grid = (np.arange(ANGLES) + 0.5) / ANGLES * 2 * np.pi - np.pi
    return np.interp(grid, np.arctan2(py, px), np.hypot(px, py), period=2 * np.pi).astype(np.float32)


def body_outline(t: Thorax, z: float) -> Floats:
    """(ANGLES,) radius of the skin in mm: wider and flatter at the shoulders."""
    shoulders = 1 - ramp(z, 0, 75)
    wide = t.body_half_width * (1 + 0.2 * shoulders)
    deep = t.body_half_depth * (1 - 0.16 * shoulders)
    return outline(wide, deep, (4 + 14 * shoulders) * t.scale, t.roundness, t.bend)


def cage_outline(t: Thorax, z: float) -> Floats:
    """(ANGLES,) radius of the rib cage's inside in mm: narrow at the apex."""
    open_ = 0.5 + 0.5 * ramp(z, -70, 105)
    deep = 0.52 + 0.48 * ramp(z, -60, 95)
    return outline(t.cage_half_width * open_, t.cage_half_depth * deep, (12 - 20 * deep) * t.scale, 2.2, t.bend)


def midline(t: Thorax, z: float) -> tuple[Ellipse, ...]:
    """What lies between the lungs at height z: spine, great vessels, heart. The lungs end at their edges."""
    u, s = z / t.height, t.scale
    wide = ramp(u, 0.30, 0.42) * (1 - ramp(u, 0.55, 0.7))
    out = [
        Ellipse(0, 66 * s, 27 * s, 30 * s),
        Ellipse(1 * s, 12 * s, (29 + 8 * wide) * s, (52 - 8 * ramp(u, 0.4, 0.6)) * s),
        Ellipse(0, -64 * s, (10 + 10 * (1 - ramp(u, 0.05, 0.3))) * s, 38 * s),
    ]
    if u > 0.16:
        out.append(Ellipse(24 * s, 44 * s, t.aorta + 2, t.aorta + 2))
    arch = ramp(u, 0.12, 0.2) * (1 - ramp(u, 0.32, 0.4))
    if arch > 0.05:
        out.append(Ellipse(8 * s, 8 * s, (20 + 4 * arch) * s, (30 + 22 * arch) * s, -0.35))
    if wide > 0.05:
        out += [Ellipse(side * 34 * s, 6 * s, 17 * wide * s, 21 * wide * s) for side in (-1, 1)]
    heart = heart_ellipse(t, z)
    if heart is not None:
        out.append(heart)
    return tuple(out)


def heart_ellipse(t: Thorax, z: float) -> Ellipse | None:
    """The pericardium at height z, or None above and below it."""
    u, s = z / t.height, t.scale
    size = np.sqrt(ramp(u, 0.36, 0.62)) * (1 - 0.45 * ramp(u, 0.8, 1.02)) * t.heart
    if size < 0.1:
        return None
    return Ellipse(
        (10 + 16 * ramp(u, 0.4, 0.75)) * s, (-26 - 8 * ramp(u, 0.5, 0.9)) * s, 62 * size * s, 46 * size * s, 0.5
    )


def domes(t: Thorax, z: float) -> tuple[Ellipse | None, Ellipse | None]:
    """The diaphragm's right and left dome at height z (liver; spleen and stomach), or None above them."""
    out: list[Ellipse | None] = []
    for x, top, rx, ry in ((-62.0, 0.74, 66.0, 72.0), (62.0, 0.80, 64.0, 66.0)):
        rise = (z / t.height - top) / 0.24
        if rise <= 0.01:
            out.append(None)
            continue
        size = np.sqrt(max(0.0, 1 - (1 - min(1.0, rise)) ** 2)) * (0.94 + 0.06 * min(rise, 3.0))
        out.append(Ellipse(x * t.scale, -8 * t.scale, rx * size * t.scale, ry * size * t.scale))
    return out[0], out[1]


def lung_depth(t: Thorax, z: float, x: Floats, y: Floats, cage_depth: Floats) -> Floats:
    """How deep points lie inside a lung, in mm (negative outside). `cage_depth`: the same for the rib cage."""
    depth = cage_depth - np.float32(2.0)
    for organ in (*midline(t, z), *(dome for dome in domes(t, z) if dome is not None)):
        np.minimum(depth, -organ.depth(x, y), out=depth)
    return depth
