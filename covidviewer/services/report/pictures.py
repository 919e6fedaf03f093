"""The pictures of a report, as PNG: a slice with the model's box, its heat map, the model's input, bars. Any thread."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import CALIBRATED_RANGE
from covidviewer.imaging.slices import Slice
from covidviewer.inference.results import Result
from covidviewer.services.heatmaps import blended, displayed_grey, heat_layer

if TYPE_CHECKING:
    from PIL import Image

EDGE: Final = 196
"""Longest edge on the page, in CSS pixels; the PNG has twice as many, for paper and fine screens."""
FINE: Final = 2
INK, LINE, MODEL, NONE = (26, 29, 34), (201, 205, 212), (143, 78, 0), (176, 182, 190)


@dataclass(frozen=True)
class Picture:
    """A PNG with what stands under it, and its size on the page in CSS pixels."""

    caption: str
    png: bytes
    width: int
    height: int


def slice_pictures(slice_: Slice, result: Result) -> tuple[Picture, ...]:
    """The slice, and where the model looked: what it saw and its heat map. As many of them as there are."""
    grey = displayed_grey(slice_)
    box = result.framing.box if result.framing else None
    window = "lung window" if slice_.units == "HU" else "automatic window"
    plain = f"The slice, {window}" + ("; the box is the model input" if box else "")
    found = [picture_of(plain, np.repeat(grey[..., None], 3, axis=2), box)]
    seen = result.model_input_as_stored
    if seen is not None:
        low, high = CALIBRATED_RANGE
        crop = np.clip((seen[..., 0] - low) * (255 / (high - low)), 0, 255).astype(np.uint8)
        found.append(picture_of("Model input", np.repeat(crop[..., None], 3, axis=2)))
    if result.heat_map is not None and result.framing is not None:
        colours = blended(grey, heat_layer(result, grey.shape))
        found.append(picture_of("Heat map: orange raised the score, blue lowered it", colours, box))
    return tuple(found)


def picture_of(caption: str, colours: NDArray[np.uint8], box: Box | None = None) -> Picture:
    """A (rows, columns, 3) uint8 picture at the size of the page, with a frame where a box is given."""
    from PIL import Image, ImageDraw

    rows, columns = colours.shape[:2]
    scale = EDGE / max(rows, columns)
    width, height = max(1, round(columns * scale)), max(1, round(rows * scale))
    picture = Image.fromarray(colours).resize((width * FINE, height * FINE), Image.Resampling.BICUBIC)
    if box is not None:
        edges = [edge * scale * FINE for edge in (box.left, box.top, box.right, box.bottom)]
        ImageDraw.Draw(picture).rectangle(edges, outline=(240, 168, 72), width=FINE)
    return Picture(caption, png_of(picture), width, height)


def bars(caption: str, heights: Sequence[float | None], highest: float, line: float | None = None) -> Picture:
    """Bars side by side, each 0..highest or None for none; `line`: a threshold across them."""
    from PIL import Image, ImageDraw

    width, height, foot = 600, 120, 4
    picture = Image.new("RGB", (width * FINE, height * FINE), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    full = (height - foot) * FINE
    step = width * FINE / max(1, len(heights))
    for at, value in enumerate(heights):
        left, right = at * step, max(at * step + 1, (at + 1) * step - min(FINE * 2, step / 4))
        if value is None:
            draw.rectangle((left, full - FINE * 2, right, full), fill=NONE)
        elif value > 0:
            draw.rectangle((left, full - max(FINE, value / highest * (full - FINE)), right, full), fill=MODEL)
    if line is not None:
        y = full - line / highest * (full - FINE)
        draw.line((0, y, width * FINE, y), fill=INK, width=1)
    draw.line((0, full, width * FINE, full), fill=LINE, width=FINE)
    return Picture(caption, png_of(picture), width, height)


def png_of(picture: Image.Image) -> bytes:
    """A PNG file."""
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG")
    return buffer.getvalue()
