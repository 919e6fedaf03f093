"""Contact sheets: many small pictures with a caption each, on pages that are looked at with the eye.

Knows pictures and captions; not where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from covidviewer.imaging.lungs.framing import Framing
from covidviewer.imaging.slices import Values

TILE = 200
CAPTION = 30
GAP = 6
COLUMNS = 8
ROWS = 6
PAPER, INK = (250, 250, 250), (30, 30, 30)
SIDES = ((86, 180, 233), (230, 159, 0))
"""Hull outlines, the lung on the picture's left and on its right: told apart with every colour vision."""
BOX = (0, 158, 115)

Colours = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Tile:
    """`picture` (rows, columns, 3) uint8 RGB, and up to two lines of text under it."""

    picture: Colours
    caption: str


def pages(tiles: Sequence[Tile], title: str, columns: int = COLUMNS, rows: int = ROWS) -> list[Image.Image]:
    """The tiles in reading order on pages of `columns` x `rows`, each page headed by the title and its number."""
    per_page = columns * rows
    parts = [tiles[start : start + per_page] for start in range(0, len(tiles), per_page)]
    return [page(part, f"{title}  {number}/{len(parts)}", columns) for number, part in enumerate(parts, start=1)]


def page(tiles: Sequence[Tile], title: str, columns: int = COLUMNS) -> Image.Image:
    """One page with the title at its top; as many rows as the tiles need."""
    head = 28
    rows = max(1, -(-len(tiles) // columns))
    size = (GAP + columns * (TILE + GAP), head + rows * (TILE + CAPTION + GAP))
    sheet = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((GAP, 6), title, fill=INK, font=ImageFont.load_default(15))
    font = ImageFont.load_default(11)
    for index, tile in enumerate(tiles):
        x = GAP + index % columns * (TILE + GAP)
        y = head + index // columns * (TILE + CAPTION + GAP)
        shown = fitted(tile.picture)
        sheet.paste(shown, (x + (TILE - shown.width) // 2, y + (TILE - shown.height) // 2))
        lines = "\n".join(line[:36] for line in tile.caption.splitlines()[:2])
        draw.multiline_text((x, y + TILE + 1), lines, fill=INK, font=font, spacing=2)
    return sheet


def fitted(picture: Colours) -> Image.Image:
    """The picture scaled to fit a tile, its aspect kept."""
    scale = TILE / max(picture.shape[:2])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return Image.fromarray(np.asarray(cv2.resize(picture, size, interpolation=method), dtype=np.uint8))


def grey_image(values: NDArray[np.uint8] | Values) -> Colours:
    """(rows, columns) of any unit as (rows, columns, 3) uint8, stretched from the 0.5th to the 99.5th percentile."""
    low, high = np.percentile(values, (0.5, 99.5))
    grey = np.clip((values.astype(np.float32) - low) * (255 / max(1e-6, high - low)), 0, 255).astype(np.uint8)
    return np.stack([grey] * 3, axis=-1)


def with_hull(picture: Colours, framing: Framing) -> Colours:
    """A copy of the picture with the hull of each lung and the box drawn in, two pixels wide on a tile."""
    drawn = picture.copy()
    width = max(1, round(max(picture.shape[:2]) / TILE))
    for side, colour in enumerate(SIDES, start=1):
        lung = (framing.lungs == side).astype(np.uint8)
        outlines, _ = cv2.findContours(lung, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(drawn, outlines, -1, colour, width)
    box = framing.box
    corners = (round(box.left), round(box.top)), (round(box.right), round(box.bottom))
    cv2.rectangle(drawn, *corners, BOX, width)
    return drawn
