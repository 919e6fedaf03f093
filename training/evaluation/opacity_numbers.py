"""Sixteen plain numbers of a slice's lungs: what the logistic-regression baseline is trained on. Knows no network."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import Framing, readable_values
from covidviewer.imaging.lungs.opacity import OPACITY_BANDS, measure_opacity, working_density
from covidviewer.imaging.slices import Slice

OPACITY_NUMBERS = (
    *(f"share of {band.name}" for band in OPACITY_BANDS),
    "opacified share",
    "smoothed share 0.15 to 0.25",
    "smoothed share 0.25 to 0.35",
    "smoothed share 0.35 to 0.50",
    "smoothed share 0.50 to 0.75",
    "smoothed share above 0.75",
    "median density",
    "spread of density",
    "noise",
    "dorsal opacified share",
    "hull's share of its box",
    "hull's height to width",
)
"""Names of the numbers, in order. Smoothed shares and densities are on the scale lung air 0, soft tissue 1."""
SMOOTHED_LIMITS = (0.15, 0.25, 0.35, 0.5, 0.75)
SMOOTHING = 2.0
HIGHEST_AERATED = 0.75


def opacity_numbers(slice_: Slice, framing: Framing) -> NDArray[np.float64]:
    """The numbers named in `OPACITY_NUMBERS`: (16,) float64, all finite, for a framed slice."""
    _, density, hull = working_density(readable_values(slice_), framing)
    inside = hull > 0
    smooth = cv2.GaussianBlur(density, (0, 0), SMOOTHING)
    measured = measure_opacity(slice_, framing)
    bands = measured.bands if measured else (0.0,) * len(OPACITY_BANDS)
    counts = np.bincount(np.digitize(smooth[inside], SMOOTHED_LIMITS), minlength=len(SMOOTHED_LIMITS) + 1)
    aerated = density[inside & (smooth < HIGHEST_AERATED)]
    rough = density - cv2.GaussianBlur(density, (0, 0), 1.0)
    rows, columns = np.nonzero(inside)
    dorsal = np.arange(hull.shape[0])[:, None] > np.median(rows)
    return np.array(
        [
            *bands,
            measured.share if measured else 0.0,
            *counts[1:] / inside.sum(),
            float(np.median(aerated)) if aerated.size else 0.0,
            float(aerated.std()) if aerated.size else 0.0,
            float(np.median(np.abs(rough[inside]))),
            float((smooth[inside & dorsal] > SMOOTHED_LIMITS[1]).mean()),
            float(inside.mean()),
            float((np.ptp(rows) + 1) / (np.ptp(columns) + 1)),
        ]
    )
