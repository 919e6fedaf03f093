"""The look-up tables of DICOM sequences (PS3.3 C.11.1.1.1, C.11.2.1.1): descriptor and data to a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.dicom.pydicom_api import Dataset

_ALL = 1 << 16
"""Entries that a descriptor writes as 0."""


@dataclass(frozen=True, eq=False)
class LookUpTable:
    """`table[value - first]`, its ends reached beyond; (entries,) int64 of 0 to 2**bits - 1."""

    first: int
    table: NDArray[np.int64]
    bits: int


def look_up_table(item: Dataset, signed: bool, little_endian: bool) -> LookUpTable:
    """An item's LUT Descriptor and LUT Data.

    Parameters
    ----------
    item
        Of a Modality LUT or VOI LUT Sequence.
    signed
        Values below zero may go in: a first value of 65,536 - n, as written by those who take it for unsigned, is -n.
    little_endian
        How the file writes its words.

    Raises
    ------
    Exception
        Whatever a damaged item raises; the caller stands at the border.
    """
    entries, first, bits = (int(number) for number in item.LUTDescriptor)
    entries = entries or _ALL
    if signed and first > 0x7FFF:
        first -= _ALL
    data = item.LUTData
    if isinstance(data, bytes):
        wide = bits > 8 or len(data) >= 2 * entries
        data = np.frombuffer(data, ("<" if little_endian else ">") + ("u2" if wide else "u1"))
    table = np.atleast_1d(np.asarray(data))[:entries].astype(np.int64)
    if len(table) == 0:
        raise ValueError("a table without entries")
    return LookUpTable(first, table, bits)
