"""Heat maps as pictures: the slice, what spoke for and against the score over its lungs, and the score. Any thread."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.files import atomic_write, make_folder
from covidviewer.imaging.slices import Slice, Units, VoiWindow
from covidviewer.inference.activation_map import on_slice
from covidviewer.inference.results import Result
from covidviewer.services.formatting import percent

if TYPE_CHECKING:
    from PIL import Image

SOFTWARE: Final = "CovidViewer heat map"
"""The PNG text by which a file is known to be ours."""
FOR, AGAINST = (230, 97, 1), (31, 94, 206)
"""Orange and blue, as in the window at first: told apart by every kind of colour vision."""
HEAT_OPACITY: Final = 0.62
"""Opacity of the strongest cell."""
LEAST_SCALE: Final = 0.05
"""Log odds: a map weaker than this everywhere is shown weak, not blown up."""
FOOTER_PIXELS, SMALLEST_EDGE = 34, 360


class HeatMapFolder:
    """Writes heat maps into one folder, each under a name of its own; replaces nothing that another program left.

    Raises `OutputUnwritable` when the folder cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        make_folder(folder)
        self._folder = folder
        self._used: set[str] = set()

    def write(self, slice_: Slice, result: Result, name: str) -> Path | None:
        """Write one heat map as `NAME.heat-map.png`; None where the result has none. Raises `OutputUnwritable`."""
        if result.heat_map is None or result.framing is None:
            return None
        path = self._free(name)
        atomic_write(path, png_of(heat_map_image(slice_, result)))
        return path

    def _free(self, name: str) -> Path:
        """The first name that this run has not used, where nothing or an older heat map of ours stands."""
        number = 1
        while True:
            path = self._folder / f"{name}{'' if number == 1 else f'-{number}'}.heat-map.png"
            key = path.name.casefold()
            if key not in self._used and (not path.exists() or is_ours(path)):
                self._used.add(key)
                return path
            number += 1


def is_ours(path: Path) -> bool:
    """Whether a file is a heat map that this program wrote."""
    from PIL import Image

    try:
        with Image.open(path, formats=("PNG",)) as picture:
            return picture.info.get("Software") == SOFTWARE
    except (OSError, ValueError, SyntaxError):
        return False


def png_of(picture: Image.Image) -> bytes:
    """A PNG file that says whose it is and what it is not."""
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Software", SOFTWARE)
    words.add_text("Disclaimer", DISCLAIMER)
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", pnginfo=words)
    return buffer.getvalue()


def heat_map_image(slice_: Slice, result: Result) -> Image.Image:
    """The slice in a lung window, the map over it, a frame around what the model saw, and a line of words below."""
    from PIL import Image, ImageDraw

    assert result.heat_map is not None
    assert result.framing is not None
    grey = displayed_grey(slice_)
    colours = blended(grey, heat_layer(result, grey.shape))
    scale = max(1, -(-SMALLEST_EDGE // min(grey.shape)))
    picture = Image.fromarray(colours).resize((grey.shape[1] * scale, grey.shape[0] * scale), Image.Resampling.BICUBIC)
    sheet = Image.new("RGB", (picture.width, picture.height + FOOTER_PIXELS), (12, 12, 14))
    sheet.paste(picture, (0, 0))
    draw = ImageDraw.Draw(sheet)
    box = result.framing.box
    corners = [edge * scale for edge in (box.left, box.top, box.right, box.bottom)]
    draw.rectangle(corners, outline=(120, 120, 126))
    draw.rectangle((0, picture.height, sheet.width, sheet.height), fill=(12, 12, 14))
    words = f"COVID-19 likeness {percent(result.p_covid)}   model {result.model_version}".replace("\u00a0", " ")
    draw.text((6, picture.height + 4), words, fill=(225, 225, 228))
    draw.text((6, picture.height + 18), DISCLAIMER, fill=(160, 160, 166))
    return sheet


def displayed_grey(slice_: Slice) -> NDArray[np.uint8]:
    """(rows, columns) uint8: the lung window for Hounsfield units, else between the percentiles of the picture."""
    from covidviewer.imaging.windowing import auto_window, render

    window = VoiWindow(-600.0, 1500.0) if slice_.units is Units.HU else auto_window(slice_)
    return render(slice_, window, slice_.inverted)


def heat_layer(result: Result, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """(rows, columns) float32 -1..1: the map within the lungs, 0 outside of them; 1 is the strongest cell.

    `shape` is that of the slice, which the result's framing was found on.
    """
    assert result.heat_map is not None
    assert result.framing is not None
    assert result.framing.lungs.shape == shape
    strongest = max(float(np.abs(result.heat_map).max()), LEAST_SCALE)
    return on_slice(result.heat_map, result.framing.box, result.framing.lungs) / np.float32(strongest)


def blended(grey: NDArray[np.uint8], layer: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(rows, columns, 3) uint8: the grey picture under the map's two colours."""
    strength = (np.abs(layer) * np.float32(HEAT_OPACITY))[..., None]
    colour = np.where((layer > 0)[..., None], np.array(FOR, np.float32), np.array(AGAINST, np.float32))
    mixed = grey[..., None] * (1 - strength) + colour * strength
    return np.asarray(np.clip(np.rint(mixed), 0, 255), dtype=np.uint8)
