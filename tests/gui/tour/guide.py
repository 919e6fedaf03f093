"""The user guide's pictures, made from the tour's: few colours, so that they are small."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image

from tests.gui.tour.sights import GUIDE

COLOURS: Final = 160
"""A window is grey with two accents: so many are told apart by nobody."""


def renew(folder: Path, tour: Path) -> None:
    """Put the guide's pictures of the look in `tour` into `folder`, in place of those that were there."""
    for name in GUIDE:
        (taken,) = (file for file in tour.glob("*.png") if file.stem.partition("-")[2] == name)
        with Image.open(taken) as picture:
            few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(folder / f"{name}.png", optimize=True)
