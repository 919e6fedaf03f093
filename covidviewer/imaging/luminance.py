"""Colour to grey, the same way for every format: what Pillow's mode "L" does (ITU-R BT.601 luma)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_RED, _GREEN, _BLUE, _HALF, _SHIFT = 19595, 38470, 7471, 0x8000, 16
"""0.299, 0.587 and 0.114 in units of 1/65536, summing to exactly 1, so that R = G = B = v gives v."""


def luminance(rgb: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Grey of a colour picture.

    Parameters
    ----------
    rgb
        (rows, columns, 3), unsigned, 8 to 32 bits a sample.

    Returns
    -------
    (rows, columns) in the samples' own range.
    """
    wide = rgb.astype(np.int64)
    grey: NDArray[np.int64] = wide[..., 0] * _RED + wide[..., 1] * _GREEN + wide[..., 2] * _BLUE + _HALF
    return grey >> _SHIFT
