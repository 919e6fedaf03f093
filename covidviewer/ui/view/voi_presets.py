"""In which window a slice is first shown, and the windows that keys and menus name. Imported once NumPy may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from covidviewer.imaging import windowing
from covidviewer.imaging.slices import Units, VoiWindow

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

AERATED_HU: Final = (-950, -700)
LEAST_AERATED: Final = 0.04
"""Share of the picture's middle that must be aerated lung for the lung window to be the first."""

PRESETS: Final = {one.id: one.window for one in windowing.PRESETS}


def preset(name: str) -> VoiWindow:
    """A window in HU by its id."""
    return PRESETS[name]


def first_window(slice_: Slice) -> VoiWindow:
    """The lung window where there is lung, whatever the file proposes; else what suits the file."""
    return preset("lung") if slice_.units is Units.HU and shows_lung(slice_) else windowing.first_window(slice_)


def shows_lung(slice_: Slice) -> bool:
    """Whether enough of the picture's middle lies in the range of aerated lung."""
    rows, columns = slice_.rows, slice_.columns
    middle = slice_.values[rows // 4 : rows - rows // 4 : 2, columns // 8 : columns - columns // 8 : 2]
    aerated = (middle > AERATED_HU[0]) & (middle < AERATED_HU[1])
    return bool(np.mean(aerated) >= LEAST_AERATED)
