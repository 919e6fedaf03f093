"""Keeps pydicom's and Pillow's warnings off the terminal: readers answer with values, or with one sentence."""

from __future__ import annotations

import warnings

_READERS = r"pydicom|highdicom|PIL|covidviewer\.imaging\.(dicom|decoders|raster|archive)"


def silence_readers() -> None:
    """Put the filter in front. Any thread, any number of times; costs a microsecond.

    `warnings.catch_warnings` is not for threads (it swaps the process's list of filters), hence a lasting filter that
    is looked for at each read: a test runner, for one, replaces the list before each test.
    """
    if not warnings.filters or getattr(warnings.filters[0][3], "pattern", "") != _READERS:
        warnings.filterwarnings("ignore", module=_READERS)
