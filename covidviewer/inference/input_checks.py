"""May this slice be scored at all? Two gates, each with its reason in a sentence: rules, then distance in features.

Both speak before a score is shown; a refused slice has none. Knows neither files nor engines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import Sentence
from covidviewer.imaging.order_statistics import percentiles
from covidviewer.imaging.slices import Slice, Units
from covidviewer.texts import N_

FEWEST_PIXELS = 64
"""Shorter sides than this hold no readable lung."""
CT = "CT"
AXIAL_COSINE = 0.82
"""The normal within 35 degrees of head to foot; gantries tilt to 30."""
FLATTEST = {Units.HU: 200.0, Units.GREY: 12.0}
"""Least distance between the 1st and the 99th percentile: air to tissue is 900 HU."""
NO_CONTRAST = N_("The image has very little contrast.")
_CODES_OF_PARTS = (
    (N_("abdomen"), "ABDOMEN ABDOMENPELVIS"),
    (N_("ankle"), "ANKLE"),
    (N_("head"), "BRAIN HEAD SKULL"),
    (N_("neck"), "CSPINE NECK"),
    (N_("elbow"), "ELBOW"),
    (N_("limb"), "EXTREMITY"),
    (N_("foot"), "FOOT"),
    (N_("hand"), "HAND"),
    (N_("hip"), "HIP"),
    (N_("knee"), "KNEE"),
    (N_("leg"), "LEG"),
    (N_("spine"), "LSPINE"),
    (N_("pelvis"), "PELVIS PROSTATE"),
    (N_("shoulder"), "SHOULDER"),
    (N_("wrist"), "WRIST"),
)
OTHER_PARTS = {code: part for part, codes in _CODES_OF_PARTS for code in codes.split()}
"""Body Part Examined (0018,0015), PS3.16 Annex L, of scans that hold no lungs.

What is not listed passes to the lung search.
"""


def rejected_by_rule(slice_: Slice) -> str | None:
    """Why this slice is not scored, in a sentence, or None. Cheap: looks at the header and at two percentiles."""
    if slice_.modality and slice_.modality != CT:
        return Sentence("The modality is {modality}; the model accepts CT only.", modality=slice_.modality)
    part = "".join(letter for letter in slice_.labels.get("BodyPartExamined", "").upper() if letter.isalpha())
    if part in OTHER_PARTS:
        return Sentence("According to the file, the image shows the {part}, not the chest.", part=OTHER_PARTS[part])
    if min(slice_.rows, slice_.columns) < FEWEST_PIXELS:
        return Sentence(
            "The image has {columns} x {rows} pixels; the model needs at least {least} on each side.",
            columns=slice_.columns,
            rows=slice_.rows,
            least=FEWEST_PIXELS,
        )
    if slice_.geometry is not None and abs(slice_.geometry.normal[2]) < AXIAL_COSINE:
        return N_("The slice is not axial; the model accepts axial slices only.")
    values = slice_.values if slice_.padding is None else slice_.values[~slice_.padding]
    finite = values if values.dtype.kind in "iu" else values[np.isfinite(values)]
    if finite.size == 0:
        return NO_CONTRAST
    dark, bright = percentiles(finite, 1, 99)
    return NO_CONTRAST if bright - dark < FLATTEST[slice_.units] else None


@dataclass(frozen=True, eq=False)
class OodDetector:
    """The shape of the training slices' cloud in feature space: a low-rank Gaussian on square roots of the features.

    Attributes
    ----------
    mean, scale
        (channels,) float32, of the square roots.
    basis
        (channels, rank) float32, orthonormal columns.
    variances
        (rank,) float32 along the basis.
    rest
        Mean squared distance from the basis.
    limit
        The distance that becomes an `ood_score` of 1.0.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    basis: NDArray[np.float32]
    variances: NDArray[np.float32]
    rest: float
    limit: float

    def ood_scores(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Distances of (n, channels) pooled features, (n,), as multiples of the limit.

        What is not finite is infinitely far.
        """
        return self.distances(features) / self.limit

    def distances(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Root mean squared deviation, in standard deviations, along the basis and off it, (n,)."""
        roots = np.sqrt(np.maximum(features.astype(np.float64), 0.0))
        centred = (roots - self.mean) / self.scale
        along = centred @ self.basis
        rest = np.maximum((centred**2).sum(axis=1) - (along**2).sum(axis=1), 0.0)
        rank = self.basis.shape[1]
        distances = np.sqrt(((along**2 / self.variances).sum(axis=1) + rank * rest / self.rest) / (2 * rank))
        return np.where(np.isfinite(distances), distances, np.inf)


def rejected_by_distance(ood_score: float, trained_on: bool = False) -> str | None:
    """Why a slice with this score is not scored, in a sentence, or None up to 1.0.

    `trained_on`: it is itself one of the training slices, some of which lie beyond the limit.
    """
    if ood_score <= 1.0:
        return None
    if trained_on:
        return N_("The slice is an outlier among the training slices and is not scored.")
    return N_("The slice differs too much from the training data.")
