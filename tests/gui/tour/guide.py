"""The user guide's pictures, made from the tour's: in 256 colours, so that they are small."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from tests.gui.tour.sights import GUIDE

GREYS: Final = 96
COLOURS: Final = 160
COLOURFUL: Final = 4
"""Least difference between a pixel's channels that makes it more than grey."""


def renew(folder: Path, tour: Path) -> None:
    """Put the guide's pictures of the look in `tour` into `folder`, in place of those that were there."""
    for name in GUIDE:
        (taken,) = (file for file in tour.glob("*.png") if file.stem.partition("-")[2] == name)
        with Image.open(taken) as picture:
            few(picture.convert("RGB")).save(folder / f"{name}.png", optimize=True)


def few(picture: Image.Image) -> Image.Image:
    """In 256 colours, of which the greys, most of every picture, take no more than their share."""
    pixels = np.asarray(picture)
    colourful = np.ptp(pixels, axis=2) > COLOURFUL
    steps = np.linspace(0, 255, GREYS).round().astype(np.uint8)
    palette = [np.repeat(steps[:, None], 3, axis=1)]
    if colourful.any():
        coloured = Image.fromarray(pixels[colourful][None]).quantize(COLOURS, Image.Quantize.MEDIANCUT)
        palette.append(np.array(coloured.getpalette(), np.uint8).reshape(-1, 3)[:COLOURS])
    of_all = Image.new("P", (1, 1))
    of_all.putpalette(np.concatenate(palette).ravel().tolist())
    return picture.quantize(palette=of_all, dither=Image.Dither.NONE)
