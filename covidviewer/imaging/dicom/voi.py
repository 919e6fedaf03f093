"""How a DICOM file proposes to show its values (PS3.3 C.11.2): its windows, then its look-up tables."""

from __future__ import annotations

import numpy as np

from covidviewer.imaging.dicom.file import FAULTS
from covidviewer.imaging.dicom.geometry import frame_group
from covidviewer.imaging.dicom.lut import look_up_table
from covidviewer.imaging.dicom.pydicom_api import Dataset
from covidviewer.imaging.dicom.values import number, several, text, value_of
from covidviewer.imaging.slices import VoiTable, VoiWindow, WindowFunction

_BITS = range(8, 17)
"""Of an entry (PS3.3 C.11.2.1.1)."""


def file_presets(dataset: Dataset, frame: int, signed: bool) -> tuple[VoiWindow, ...]:
    """The file's proposals in its order, windows before tables; what makes no sense is left out.

    Parameters
    ----------
    signed
        The modality transform can give values below zero.
    """
    group = frame_group(dataset, frame, "FrameVOILUTSequence")
    return (*_windows(group), *_tables(group, signed, dataset.original_encoding[1] is not False))


def _windows(group: Dataset) -> list[VoiWindow]:
    """PS3.3 C.11.2.1.2: those with a usable centre and width."""
    name = text(value_of(group, "VOILUTFunction")).upper()
    function = WindowFunction(name) if name in set(WindowFunction) else WindowFunction.LINEAR
    centres, widths = several(value_of(group, "WindowCenter")), several(value_of(group, "WindowWidth"))
    names = [text(words) for words in several(value_of(group, "WindowCenterWidthExplanation"))]
    windows = []
    for index, (centre, width) in enumerate(zip(centres, widths, strict=False)):
        c, w = number(centre), number(width)
        if c is not None and w is not None and w > 0 and (w >= 1 or function is not WindowFunction.LINEAR):
            windows.append(VoiWindow(c, w, function, names[index] if index < len(names) else ""))
    return windows


def _tables(group: Dataset, signed: bool, little_endian: bool) -> list[VoiWindow]:
    """PS3.3 C.11.2.1.1: those with a usable descriptor and data."""
    windows = []
    for item in value_of(group, "VOILUTSequence") or ():
        try:
            found = look_up_table(item, signed, little_endian)
        except FAULTS:
            continue
        entries = len(found.table)
        if found.bits in _BITS and entries > 1:
            table = VoiTable(np.minimum(found.table, (1 << found.bits) - 1).astype("<u2").tobytes(), found.bits)
            name = text(item.get("LUTExplanation"))
            windows.append(VoiWindow(found.first + entries / 2, float(entries), name=name, table=table))
    return windows
