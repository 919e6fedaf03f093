"""The vessels of the phantom's lungs: a tree that grows from each hilum to points all over the lung, and its cut.

Each new end joins the branch that is nearest to it; radii follow Murray's law from the number of ends behind a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.phantom.anatomy import ANGLES, Dice, Floats, Thorax, cage_outline, thorax

ENDS: Final = 300
STEP_MM: Final = 4.5
FINER: Final = 4
"""Points drawn for each step grown."""
END_RADIUS_MM: Final = 0.68
MURRAY: Final = 2.45
BEND: Final = 0.35
TWIG_RADIUS_MM: Final = 0.5
TWIG_POINTS: Final = 16


@dataclass(frozen=True, eq=False)
class Tubes:
    """Points along the vessels of both lungs: `centres` (n, 3) mm, axes (x, y, z); `radii` (n,) mm, both float32."""

    centres: Floats
    radii: Floats


@lru_cache(maxsize=8)
def vessels(seed: int) -> Tubes:
    """The vessels of a seed's thorax (kept for the last few seeds: a series cuts one tree many times)."""
    t = thorax(seed)
    grown = [grow(t, side, Dice(seed, 2 + side)) for side in (0, 1)]
    return Tubes(*(np.concatenate(parts).astype(np.float32) for parts in zip(*grown, strict=True)))


def grow(t: Thorax, side: int, dice: Dice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One lung's tree: points (n, 3) in mm and radii (n,) in mm. `side` 0 is the patient's right."""
    sign = 2 * side - 1
    hilum = np.array([sign * 30.0, 8.0, 0.47 * t.height / t.scale]) * [t.scale, t.scale, t.scale]
    ends = scatter(t, sign, dice)
    ends = ends[np.argsort(((ends - hilum) ** 2).sum(axis=1), kind="stable")]
    points, counts = np.empty((ENDS * 40, 3)), np.zeros(ENDS * 40)
    before, owner = np.zeros(ENDS * 40, int), np.zeros(ENDS * 40, int)
    branches = [(0, -1)]  # the first point of each, and the point of another that it leaves from
    points[0], filled = hilum, 1
    for end, wobble in zip(ends, dice.uniforms(3 * ENDS).reshape(ENDS, 3) - 0.5, strict=True):
        gap = points[:filled] - end
        near = int(np.argmin(np.einsum("ij,ij->i", gap, gap)))
        way = end - points[near]
        length = float(np.sqrt((way**2).sum()))
        steps = min(max(2, int(length / STEP_MM)), len(points) - filled)
        along = np.arange(1, steps + 1)[:, None] / steps
        new = slice(filled, filled + steps)
        points[new] = points[near] + way * along + BEND * length * wobble * np.sin(np.pi * along)
        before[new] = np.arange(filled - 1, filled + steps - 1)
        before[filled] = near
        owner[new] = len(branches)
        branches.append((filled, near))
        counts[new] += 1
        while near >= 0:
            first, leaves = branches[owner[near]]
            counts[first : near + 1] += 1
            near = leaves
        filled += steps
    part = (np.arange(FINER) / FINER)[:, None, None]
    here, back = points[:filled], points[before[:filled]]
    fine = (here + (back - here) * part).reshape(-1, 3)
    radii = np.tile(END_RADIUS_MM * counts[:filled] ** (1 / MURRAY), FINER)
    for count, length in ((1400, 24.0), (2600, 15.0)):
        more = twigs(fine[radii < 3.5], hilum, count, length, dice)
        fine = np.concatenate([fine, more])
        radii = np.concatenate([radii, np.full(len(more), TWIG_RADIUS_MM)])
    return fine, radii


def twigs(
    points: NDArray[np.float64], hilum: NDArray[np.float64], count: int, length: float, dice: Dice
) -> NDArray[np.float64]:
    """Points (n, 3) of thin vessels of up to `length` mm that leave the tree at random `points`, mostly outwards."""
    random = dice.uniforms(8 * count).reshape(count, 8)
    start = points[(random[:, 0] * len(points)).astype(int)]
    outwards = start - hilum
    outwards /= np.sqrt((outwards**2).sum(axis=1, keepdims=True)) + 1
    way = (outwards + 2.2 * (random[:, 1:4] - 0.5)) * (0.4 + 0.6 * random[:, 4:5]) * length
    along = (np.arange(1, TWIG_POINTS + 1) / TWIG_POINTS)[:, None, None]
    return np.asarray((start + way * along + 0.5 * length * (random[:, 5:8] - 0.5) * along**2).reshape(-1, 3))


def scatter(t: Thorax, sign: int, dice: Dice) -> NDArray[np.float64]:
    """(ENDS, 3) points over one lung in mm, denser towards its outside; a few may lie in the neighbouring organs."""
    random = dice.uniforms(3 * ENDS).reshape(ENDS, 3)
    z = (0.02 + 0.97 * random[:, 0]) * t.height
    angle = (random[:, 1] - 0.5) * np.pi * 0.96 + (0 if sign > 0 else np.pi)
    layers = np.linspace(0, t.height, 9)
    tables = np.stack([cage_outline(t, float(layer)) for layer in layers])
    column = ((angle + np.pi) / (2 * np.pi) * ANGLES).astype(int) % ANGLES
    radius = tables[np.rint(z / layers[1]).astype(int), column] - 4
    reach = radius * (0.34 + 0.66 * np.sqrt(random[:, 2]))
    return np.stack([reach * np.cos(angle), reach * np.sin(angle), z], axis=1)


def vessel_cover(tubes: Tubes, z: float, thickness_mm: float, x: Floats, y: Floats) -> Floats:
    """How much of each pixel vessels fill, 0..1, in a slice of `thickness_mm` at height z.

    `x` (1, columns) and `y` (rows, 1) are evenly spaced pixel centres in mm; the answer is (rows, columns) float32.
    """
    spacing = float(x[0, 1] - x[0, 0])
    cover = np.zeros((y.size, x.size), np.float32)
    half = thickness_mm / 2
    away = np.abs(tubes.centres[:, 2] - z)
    inside = away < tubes.radii + half
    centres, radii, away = tubes.centres[inside], tubes.radii[inside], away[inside]
    across = np.sqrt(np.maximum(radii**2 - np.maximum(away - half, 0) ** 2, 0))
    filled = np.minimum(half + radii - away, np.minimum(2 * radii, thickness_mm)) / thickness_mm
    discs = np.stack(
        [(centres[:, 1] - y[0, 0]) / spacing, (centres[:, 0] - x[0, 0]) / spacing, across / spacing, filled]
    )
    for low, high in ((0.0, 1.2), (1.2, 3.5), (3.5, 9.0), (9.0, 24.0)):
        these = (discs[2] > low) & (discs[2] <= high)
        if these.any():
            stamp(cover, discs[:, these], int(np.ceil(high)) + 1)
    return cover


def stamp(cover: Floats, discs: Floats, reach: int) -> None:
    """Draw discs into `cover` (rows, columns), keeping the larger value.

    `discs` (4, n): row, column, radius in pixels, and how full it is, 0..1; `reach` is half the width of the stamp.
    """
    rows, columns = cover.shape
    y, x = np.rint(discs[:2]).astype(np.intp)
    good = (y >= reach) & (x >= reach) & (y < rows - reach) & (x < columns - reach)
    y, x, discs = y[good, None], x[good, None], discs[:, good, None]
    offset = np.arange(-reach, reach + 1)
    dy, dx = y + offset - discs[0], x + offset - discs[1]
    distance = np.sqrt((dy**2)[:, :, None] + (dx**2)[:, None, :], dtype=np.float32)
    value = np.clip(discs[2, :, :, None] + np.float32(0.5) - distance, 0, 1) * discs[3, :, :, None]
    where = ((y + offset) * columns)[:, :, None] + (x + offset)[:, None, :]
    np.maximum.at(cover.reshape(-1), where.ravel(), value.ravel().astype(np.float32))
