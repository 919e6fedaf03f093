"""One slice of many files that are still to be looked at, so that there is a picture at once. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from covidviewer.errors import CovidViewerError
from covidviewer.imaging.opening import read_slice
from covidviewer.imaging.slices import Slice


def read_preview(files: Sequence[Path]) -> Slice | None:
    """The slice of the middle file, where by its name a series has most lung.

    None for a single file, which is looked at as fast as its preview; where the middle file is no picture; and
    where it holds several, whose middle its header has yet to tell.
    """
    if len(files) < 2:
        return None
    try:
        slice_ = read_slice(files[len(files) // 2])
    except CovidViewerError:
        return None
    return None if slice_.labels.get("NumberOfFrames", "1") != "1" else slice_
