"""Synthetic chests as slices to score: what a model says of them needs no data and no patient."""

from __future__ import annotations

from pathlib import Path

from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.phantom.slices import phantom_slice

PHANTOM_SEEDS = (1, 2, 3, 4)
"""Of those that a report shows."""


def phantom(seed: int, lesions: int) -> Slice:
    """A phantom's middle slice in Hounsfield units."""
    made = phantom_slice(seed, 0.5, lesions)
    return Slice(made.values, Units.HU, Source(Path(f"phantom-{seed}-{lesions}"), FileKind.DICOM))
