"""Which bits of a cell are the stored value (PS3.5 8.1.1): Bits Stored of them up to High Bit, and their sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def lowest_bit(options: Mapping[str, Any]) -> int:
    """The bit of a cell in which the stored value begins: 0 unless High Bit (0028,0102) is above Bits Stored - 1.

    Raises
    ------
    ValueError
        High Bit leaves less room than Bits Stored takes, or lies outside of the cell.
    """
    stored, allocated = int(options.get("bits_stored", 0)), int(options["bits_allocated"])
    high = options.get("high_bit")
    if high is None or not stored:
        return 0
    if not stored - 1 <= int(high) < allocated:
        raise ValueError("High Bit does not fit Bits Stored and Bits Allocated")
    return int(high) + 1 - stored


def only_stored_bits(cells: NDArray[Any], lowest: int, bits: int, signed: bool) -> NDArray[Any]:
    """The cells' bits from `lowest` on, `bits` of them, as numbers; overlays and other extras beside them are gone.

    Parameters
    ----------
    cells
        Integers of either sign, any shape.
    lowest, bits
        Within the cells' width.
    signed
        Two's complement: the highest of the bits is the sign.
    """
    width = 8 * cells.dtype.itemsize
    kind = f"{'i' if signed else 'u'}{cells.dtype.itemsize}"
    native = cells.astype(cells.dtype.newbyteorder("="), copy=False)
    raised = native.view(f"u{cells.dtype.itemsize}") << (width - lowest - bits)
    lowered: NDArray[Any] = np.right_shift(raised.view(kind), width - bits)
    return lowered


def only_stored_range(values: NDArray[Any], bits: int, signed: bool) -> NDArray[Any]:
    """Values of a lossy frame, which overshoot: cut off at the ends of the range instead of wrapped around."""
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    kept = values.view(f"{'i' if signed else 'u'}{values.dtype.itemsize}") if values.dtype.kind == "u" else values
    ends: NDArray[Any] = np.clip(kept, low, high)
    return ends.astype(f"{'i' if signed else 'u'}{values.dtype.itemsize}")
