"""Colour to grey, the same way for every format: what Pillow's mode "L" does (ITU-R BT.601 luma)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_RED, _GREEN, _BLUE, _HALF, _SHIFT = 19595, 38470, 7471, 0x8000, 16
"""0.299, 0.587 and 0.114 in units of 1/65536, summing to exactly 1, so that R = G = B = v gives v."""
_ROWS = 64
"""At a time, for the sums take eight bytes a sample."""


def luminance(rgb: NDArray[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
    """Grey of a colour picture.

    Parameters
    ----------
    rgb
        (rows, columns, 3), unsigned, 8 to 32 bits a sample.

    Returns
    -------
    (rows, columns) in the samples' own range.
    """
    grey = np.empty(rgb.shape[:-1], rgb.dtype)
    for top in range(0, len(rgb), _ROWS):
        wide = rgb[top : top + _ROWS].astype(np.int64)
        grey[top : top + _ROWS] = (wide[..., 0] * _RED + wide[..., 1] * _GREEN + wide[..., 2] * _BLUE + _HALF) >> _SHIFT
    return grey
