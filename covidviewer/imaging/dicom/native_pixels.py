"""The usual CT frame, read straight into its array: 16 bits a pixel, one sample, little endian, not compressed.

By pydicom's decoder the same frame is read into bytes, copied to be writable, and its options are checked again: 0.7 ms
for 512 x 512, 0.15 ms here. What is unusual in any way stays pydicom's, with its checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.dicom.pydicom_api import uid
from covidviewer.imaging.dicom.stored_bits import lowest_bit

_LITTLE_ENDIAN = frozenset({uid.ImplicitVRLittleEndian, uid.ExplicitVRLittleEndian, uid.DeflatedExplicitVRLittleEndian})
_BITS = 16
_USUAL = {"pixel_keyword": "PixelData", "samples_per_pixel": 1, "bits_allocated": _BITS}
_GREY = ("MONOCHROME1", "MONOCHROME2")
_TYPES: Mapping[Any, np.dtype[np.integer[Any]]] = {0: np.dtype("<u2"), 1: np.dtype("<i2")}
"""By Pixel Representation (0028,0103)."""


def is_plain(syntax: uid.UID, options: Mapping[str, Any]) -> bool:
    """Whether `plain_values` reads such frames; `options` as for `decoders.stored_values`."""
    stored = options.get("bits_stored")
    return (
        syntax in _LITTLE_ENDIAN
        and all(options.get(name) == value for name, value in _USUAL.items())
        and options.get("photometric_interpretation") in _GREY
        and options.get("pixel_representation") in _TYPES
        and isinstance(stored, int)
        and 1 <= stored <= _BITS
    )


def plain_values(stream: BinaryIO, frame: int, options: Mapping[str, Any]) -> NDArray[np.integer[Any]]:
    """Stored values of one frame, (rows, columns) uint16 or int16, without what stands in unused bits (PS3.5 8.1.1).

    Parameters
    ----------
    stream
        Stands at the value of the pixel data element.
    frame
        Counts from 0.
    options
        For which `is_plain` is true.

    Raises
    ------
    ValueError
        The file ends before the frame does.
    """
    values = np.empty((options["rows"], options["columns"]), _TYPES[options["pixel_representation"]])
    stream.seek(frame * values.nbytes, 1)
    if stream.readinto(values.data.cast("B")) != values.nbytes:  # type: ignore[attr-defined]
        raise ValueError("the file ends before the frame does")
    unused = _BITS - options["bits_stored"]
    if unused:
        np.left_shift(values, unused - lowest_bit(options), out=values)
        np.right_shift(values, unused, out=values)
    return values
