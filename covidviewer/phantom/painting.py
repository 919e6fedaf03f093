"""Paints one cut of the thorax but for the lungs: table, skin, fat, muscle, bones, heart, vessels, liver, airways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from covidviewer.phantom.anatomy import (
    ANGLES,
    Dice,
    Ellipse,
    Floats,
    Thorax,
    body_outline,
    cage_outline,
    domes,
    heart_ellipse,
    lung_depth,
    ramp,
)

AIR, FAT, SKIN, MUSCLE, BLOOD, HEART, LIVER, SPLEEN = -1000.0, -102.0, 15.0, 52.0, 42.0, 38.0, 60.0, 48.0
CORTEX, MARROW, CANCELLOUS, DISC, CARTILAGE, CORD, TABLE = 620.0, 190.0, 170.0, 78.0, 105.0, 30.0, -230.0
FIELD: Final = 1.13
"""Field of view over the body's width."""
RIB_PITCH_MM, RIB_HEIGHT_MM, RIB_THICKNESS_MM, RIB_MIDDLE_MM = 25.0, 11.5, 8.0, 5.5
VERTEBRA_MM = 26.0


@dataclass(frozen=True, eq=False)
class Canvas:
    """A picture being painted: `values` (rows, columns) float32 HU; `x` (1, columns), `y` (rows, 1) in mm."""

    values: Floats
    x: Floats
    y: Floats
    spacing_mm: float

    @staticmethod
    def over(t: Thorax, size: int) -> Canvas:
        """An empty picture (air) that holds the whole body, a little table below it, and the arms if there are any."""
        field = 2 * FIELD * t.body_half_width * 1.04 * (1.2 if t.arms else 1.0)
        spacing = field / size
        x = ((np.arange(size) + 0.5) * spacing - field / 2).astype(np.float32)
        return Canvas(np.full((size, size), AIR, np.float32), x[None, :], x[:, None] - np.float32(8), spacing)

    def part(self, place: tuple[slice, slice]) -> Canvas:
        """A part of the picture as a canvas of its own, painting into this one."""
        return Canvas(self.values[place], self.x[:, place[1]], self.y[place[0], :], self.spacing_mm)

    def cover(self, depth: Floats) -> Floats:
        """Depth in mm inside a shape to the share 0..1 of a pixel that it fills."""
        cover = depth * np.float32(1 / self.spacing_mm)
        cover += np.float32(0.5)
        return np.asarray(np.clip(cover, 0, 1, out=cover))

    def fill(self, depth: Floats, hu: float) -> None:
        """Paint where `depth` is above 0."""
        cover = self.cover(depth)
        cover *= np.float32(hu) - self.values
        self.values[...] += cover

    def place(self, x: float, y: float, reach: float, reach_y: float | None = None) -> tuple[slice, slice]:
        """The part of the picture within `reach` mm of a point (`reach_y` up and down, where it is another)."""
        column, row = (x - self.x[0, 0]) / self.spacing_mm, (y - self.y[0, 0]) / self.spacing_mm
        across, down = (length / self.spacing_mm + 2 for length in (reach, reach if reach_y is None else reach_y))
        return (
            slice(max(0, int(row - down)), max(0, int(row + down))),
            slice(max(0, int(column - across)), max(0, int(column + across))),
        )

    def ellipse(self, shape: Ellipse, hu: float, shell_hu: float | None = None, shell_mm: float = 0.0) -> None:
        """Paint an ellipse; with a shell of another density of `shell_mm` inside its edge."""
        place = self.place(shape.x, shape.y, max(shape.rx, shape.ry))
        part = self.part(place)
        if part.values.size == 0:
            return
        depth = shape.depth(part.x, part.y)
        if shell_hu is not None:
            part.fill(depth, shell_hu)
            depth -= np.float32(shell_mm)
        part.fill(depth, hu)


@dataclass(frozen=True, eq=False)
class Lungs:
    """Where the lungs are on a canvas: `place` is the part that holds them, `depth` (of that part) the mm inside."""

    place: tuple[slice, slice]
    depth: Floats


def paint_chest(picture: Canvas, t: Thorax, z: float) -> Lungs:
    """Paint everything but the lungs' inside, and say where that is."""
    paint_table(picture, t)
    skin, cage = body_outline(t, z), cage_outline(t, z)
    canvas = picture.part(picture.place(0, 0, float(skin.max()), float(skin[ANGLES // 8 : ANGLES * 7 // 8].max())))
    column, radius = polar(canvas)
    skin_depth, cage_depth = skin[column] - radius, cage[column] - radius
    canvas.fill(skin_depth, SKIN)
    canvas.fill(skin_depth - np.float32(1.8), FAT)
    canvas.fill(np.minimum(skin_depth - np.float32(4.0), muscle_thickness(t, z)[column] + cage_depth), MUSCLE)
    paint_shoulders(picture, t, z)
    canvas.fill(cage_depth + np.float32(0.5), FAT + 25)
    paint_ribs(canvas, t, z, column=column, cage_depth=cage_depth, cage=cage)
    paint_mediastinum(canvas, t, z)
    paint_abdomen(canvas, t, z)
    paint_spine(canvas, t, z)
    place = picture.place(0, 0, float(cage.max()))
    lungs = picture.part(place)
    column, radius = polar(lungs)
    depth = lung_depth(t, z, lungs.x, lungs.y, cage[column] - radius)
    if not 0 < z < t.height * 1.15:
        depth[:] = -1
    return Lungs(place, depth)


def polar(canvas: Canvas) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.intp]], Floats]:
    """Of each pixel, the bin of its angle about the body's middle, and its distance from there in mm."""
    angle = np.arctan2(canvas.y, canvas.x)
    column = ((angle + np.float32(np.pi)) * np.float32(ANGLES / (2 * np.pi))).astype(np.intp)
    np.clip(column, 0, ANGLES - 1, out=column)
    return column, np.sqrt(canvas.x * canvas.x + canvas.y * canvas.y)


def bins() -> Floats:
    """(ANGLES,) the angle of each bin of an outline, radians from the patient's left towards the back."""
    return ((np.arange(ANGLES) + 0.5) / ANGLES * 2 * np.pi - np.pi).astype(np.float32)


def from_back() -> Floats:
    """(ANGLES,) each bin's way round the chest: 0 at the spine to 1 at the breastbone."""
    return np.asarray(np.abs((bins() - np.pi / 2 + np.pi) % (2 * np.pi) - np.pi) / np.pi, dtype=np.float32)


def muscle_thickness(t: Thorax, z: float) -> Floats:
    """(ANGLES,) mm of muscle outside the rib cage: thick beside the spine, the breast muscles in front above."""
    way = from_back()
    back = 20 * np.exp(-((way / 0.17) ** 2))
    breast = 9 * (1 - ramp(z / t.height, 0.35, 0.65)) * np.exp(-(((way - 0.78) / 0.12) ** 2))
    side = 5 * np.exp(-(((way - 0.42) / 0.14) ** 2)) * (1 - 0.5 * ramp(z / t.height, 0.5, 0.9))
    front = -5 * np.exp(-(((way - 1.0) / 0.06) ** 2))
    return np.asarray(t.muscle + back + breast + side + front, dtype=np.float32)


def paint_table(canvas: Canvas, t: Thorax) -> None:
    """The couch: two thin curved shells with foam between, just under the back."""
    back = t.body_half_depth + 4 * t.scale + 7
    rows = np.flatnonzero(np.abs(canvas.y[:, 0] - np.float32(back)) < 62)
    couch = canvas.part(np.s_[rows[0] : rows[-1] + 1, :])
    sag = (couch.x / np.float32(t.body_half_width * 1.15)) ** 2 * np.float32(24)
    below = couch.y - np.float32(back) + sag
    couch.fill(np.minimum(below, np.float32(26) - below), -965)
    for line in (0.0, 26.0):
        couch.fill(np.float32(1.1) - np.abs(below - np.float32(line)), TABLE)


def paint_shoulders(canvas: Canvas, t: Thorax, z: float) -> None:
    """Shoulder blades with their muscles, and the arms if they lie in the picture."""
    s, u = t.scale, z / t.height
    blade = 1 - ramp(u, 0.48, 0.62)
    for sign in (-1, 1):
        if blade > 0.1:
            x, y = sign * (t.cage_half_width - 14 * s + 12 * (1 - u)), 62 * s - 22 * (1 - ramp(u, 0, 0.4)) * s
            angle = sign * (-0.75 - 0.2 * u)
            canvas.ellipse(Ellipse(x, y, 44 * blade * s, 15 * blade * s, angle), MUSCLE + 4)
            canvas.ellipse(Ellipse(x, y, 34 * blade * s, 3.4 * s, angle), MARROW + 120, CORTEX, 1.2)
            canvas.ellipse(
                Ellipse(x + sign * 20 * s * blade, y - 16 * blade * s, 9 * s, 5 * s, angle), MARROW, CORTEX, 1.4
            )
        if t.arms:
            x = sign * (t.body_half_width * 1.16)
            canvas.ellipse(Ellipse(x, 10 * s, 29, 36), FAT, SKIN, 1.8)
            canvas.ellipse(Ellipse(x, 10 * s, 22, 29), MUSCLE)
            canvas.ellipse(Ellipse(x, 10 * s, 9, 9), MARROW - 120, CORTEX + 300, 3.5)


def paint_ribs(
    canvas: Canvas,
    t: Thorax,
    z: float,
    *,
    column: np.ndarray[tuple[int, ...], np.dtype[np.intp]],
    cage_depth: Floats,
    cage: Floats,
) -> None:
    """Ribs run down and forward round the cage, so a cut meets each as a piece of arc; in front they are cartilage."""
    way = from_back()
    height = z - np.float32(t.rib_drop) * way + np.float32(t.rib_shift)
    from_middle = np.abs(height % np.float32(RIB_PITCH_MM) - np.float32(RIB_PITCH_MM / 2))
    slant = cage * np.float32(np.pi / t.rib_drop)
    along = (np.float32(RIB_HEIGHT_MM / 2) - from_middle) * np.clip(slant, 1, 5)
    along[(way > 0.93) | (way < 0.07)] = -9
    across = np.float32(RIB_THICKNESS_MM / 2) - np.abs(cage_depth + np.float32(RIB_MIDDLE_MM))
    depth = np.minimum(across, along[column])
    bony = way < 0.74
    inner, outer = (np.where(bony, *hu).astype(np.float32)[column] for hu in ((MARROW, CARTILAGE), (CORTEX, CARTILAGE)))
    canvas.values[...] += canvas.cover(depth) * (outer - canvas.values)
    canvas.values[...] += canvas.cover(depth - np.float32(1.5)) * (inner - canvas.values)
    front = -(cage[np.argmax(way)] + 7.0)
    if z < 0.72 * t.height:
        canvas.ellipse(Ellipse(0, float(front) + 2, 17 * t.scale, 5.5), MARROW - 60, CORTEX - 200, 1.5)


def paint_spine(canvas: Canvas, t: Thorax, z: float) -> None:
    """Vertebra or disc, canal and cord, arch and processes."""
    s = t.scale
    phase = ((z + 2 * t.rib_shift) / VERTEBRA_MM) % 1
    disc = phase < 0.16
    wide = 1 + 0.1 * np.cos(2 * np.pi * phase)
    y = 62 * s
    body = Ellipse(0, y, 18 * s * wide, 14.5 * s * wide)
    for sign in (-1, 1):
        if not disc:
            canvas.ellipse(Ellipse(sign * 14 * s, y + 17 * s, 5 * s, 11 * s, sign * -0.35), MARROW + 60, CORTEX, 1.6)
        canvas.ellipse(Ellipse(sign * 25 * s, y + 23 * s, 17 * s, 5 * s, sign * 0.5), MARROW + 80, CORTEX, 1.5)
        canvas.ellipse(Ellipse(sign * 9 * s, y + 31 * s, 11 * s, 4.5 * s, sign * -0.6), MARROW + 120, CORTEX, 1.5)
    canvas.ellipse(Ellipse(0, y + 36 * s, 3.6 * s, 12 * s), MARROW + 60, CORTEX - 80, 1.4)
    if disc:
        canvas.ellipse(body, DISC, DISC + 40, 2.0)
    else:
        canvas.ellipse(body, CANCELLOUS, CORTEX - 120, 1.5)
    canvas.ellipse(Ellipse(0, y + 21 * s, 9.5 * s, 8 * s), -20)
    canvas.ellipse(Ellipse(0, y + 21 * s, 6 * s, 5 * s), CORD + 8)


def paint_mediastinum(canvas: Canvas, t: Thorax, z: float) -> None:
    """Heart and great vessels in the fat between the lungs, gullet and nodes."""
    s, u = t.scale, z / t.height
    r = t.aorta
    heart = heart_ellipse(t, z)
    if u < 0.2:  # arteries and veins of neck and arms
        for x, y, size in ((-19, -14, 7), (-9, -4, 6), (5, -2, 4.5), (15, 8, 5), (14, -20, 6.5)):
            canvas.ellipse(Ellipse(x * s, y * s, size * s, size * s), BLOOD)
    if 0.18 <= u < 0.3:
        canvas.ellipse(Ellipse(7 * s, 10 * s, r * 1.15, 40 * s, -0.38), BLOOD + 2)
    if 0.28 <= u < 0.55:
        canvas.ellipse(Ellipse(-8 * s, -24 * s, r * 1.25, r * 1.25), BLOOD + 2)
    if 0.34 <= u < 0.5:
        canvas.ellipse(Ellipse(16 * s, -18 * s, 14 * s, 13 * s), BLOOD)
        canvas.ellipse(Ellipse((4 if u > 0.41 else 24) * s, -2 * s, 30 * s, 9 * s, 0.12), BLOOD)
    if 0.15 <= u < 0.6:
        canvas.ellipse(Ellipse(-26 * s, -12 * s, 9 * s, 8 * s), BLOOD - 2)
    if heart is not None:
        canvas.ellipse(heart, FAT + 30)
        inner = Ellipse(heart.x, heart.y, heart.rx - 5, heart.ry - 5, heart.angle)
        if inner.ry > 6:
            canvas.ellipse(inner, HEART + 8)
            canvas.ellipse(Ellipse(inner.x + 7, inner.y + 5, inner.rx * 0.5, inner.ry * 0.55, 0.7), HEART - 4)
    if u > 0.18:
        canvas.ellipse(Ellipse(24 * s, 44 * s, r, r), BLOOD + 3)
    canvas.ellipse(Ellipse(5 * s, 33 * s, 8 * s, 5.5 * s), 32)


def paint_abdomen(canvas: Canvas, t: Thorax, z: float) -> None:
    """Liver on the right, spleen and a stomach with gas on the left, where the diaphragm has risen."""
    right, left = domes(t, z)
    if right is not None:
        canvas.ellipse(right, LIVER)
    if left is not None:
        canvas.ellipse(left, FAT + 45)
        inner = Ellipse(left.x + 8, left.y + 14, left.rx * 0.62, left.ry * 0.66, 0.5)
        canvas.ellipse(inner, SPLEEN)
        if left.rx > 40:
            stomach = Ellipse(left.x - 16, left.y - 22, left.rx * 0.52, left.ry * 0.42, 0.3)
            canvas.ellipse(stomach, 25)
            canvas.ellipse(Ellipse(stomach.x, stomach.y - 7, stomach.rx * 0.7, stomach.ry * 0.45, 0.2), -960)


def paint_airways(canvas: Canvas, t: Thorax, z: float) -> None:
    """Windpipe, its two main branches, and the lobes' bronchi: air in a thin wall."""
    s, u = t.scale, z / t.height
    if u < 0.38:
        canvas.ellipse(Ellipse(-1 * s, 15 * s, 10.5 * s, 10 * s), AIR + 15, 40, 1.5)
        return
    apart = ramp(u, 0.36, 0.62)
    for sign, low in ((-1, 0.85), (1, 1.0)):
        x, y = sign * (6 + 34 * apart) * s, (15 + 5 * apart) * s
        if u < 0.74:
            canvas.ellipse(Ellipse(x, y, (10 - 3.5 * apart) * s, (7.5 - 2.5 * apart) * s * low), AIR + 20, 20, 1.4)


def smooth_noise(t: Thorax, z: float, size: int, *, grid: int, layer_mm: float, stream: int) -> Floats:
    """(size, size) float32 noise, mean 0, deviation about 1, smooth over size / grid pixels and `layer_mm` in z."""
    layer, part = divmod(z / layer_mm, 1.0)
    first, second = (Dice(t.seed, stream, int(layer) + k + 1000).normals(grid, grid) for k in (0, 1))
    coarse = first * np.float32(np.cos(part * np.pi / 2)) + second * np.float32(np.sin(part * np.pi / 2))
    return resample(resample(coarse, size).T, size).T


def resample(coarse: Floats, size: int) -> Floats:
    """(grid, n) noise to (size, n): four neighbours each, weighted so that noise keeps its deviation."""
    grid = len(coarse)
    at = (np.arange(size) + 0.5) * (grid - 3) / size + 1
    first = at.astype(np.intp) - 1
    weights = np.cos((at[:, None] - first[:, None] - np.arange(4)) * np.pi / 4) ** 2
    weights = (weights / np.sqrt((weights**2).sum(axis=1, keepdims=True))).astype(np.float32)
    out: Floats = weights[:, :1] * coarse[first]
    for k in (1, 2, 3):
        out += weights[:, k : k + 1] * coarse[first + k]
    return out
