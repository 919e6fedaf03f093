"""What a slice may suffer without its score changing.

The distortions of the report's robustness table, one pure function each.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from covidviewer.imaging.lungs.framing import AIR_HU, TISSUE_HU, Framing, calibrate, frame_lungs, readable_values
from covidviewer.imaging.lungs.regions import convex_hull
from covidviewer.imaging.slices import Slice, Units
from training.data.samples import Sample
from training.evaluation.measures import Scored
from training.evaluation.scoring import score
from training.evaluation.scoring_model import ScoringModel
from training.statistics.calibration import Calibration
from training.statistics.metrics import area_under_roc

FIELD = 512
WALL = 24
"""Pixels of chest wall; 17 mm where a pixel has 0.7."""
Grey = NDArray[np.float32]


def changed(slice_: Slice, values: Grey) -> Slice:
    """The slice with other grey values, rounded and clipped to 0..255."""
    return replace(slice_, values=np.clip(np.round(values), 0, 255).astype(np.int16))


def grey_of(slice_: Slice) -> Grey:
    """The values as (rows, columns) float32."""
    return slice_.values.astype(np.float32)


def compressed(slice_: Slice, quality: int) -> Slice:
    """JPEG and back."""
    stream = io.BytesIO()
    Image.fromarray(slice_.values.astype(np.uint8)).save(stream, "JPEG", quality=quality)
    return changed(slice_, np.asarray(Image.open(stream), np.float32))


def blurred(slice_: Slice, sigma: float) -> Slice:
    """Gaussian blur of `sigma` pixels."""
    return changed(slice_, np.asarray(cv2.GaussianBlur(grey_of(slice_), (0, 0), sigma), np.float32))


def noisy(slice_: Slice, deviation: float) -> Slice:
    """Gaussian noise of `deviation` grey levels; the same for the same picture size."""
    noise = np.random.default_rng(7).standard_normal(slice_.values.shape, dtype=np.float32)
    return changed(slice_, grey_of(slice_) + deviation * noise)


def rewindowed(slice_: Slice, shift: float, width: float) -> Slice:
    """As if shown in a window moved by `shift` of its width and `width` times as wide."""
    return changed(slice_, (grey_of(slice_) - 127.5 - 255 * shift) / width + 127.5)


def cropped(slice_: Slice, share: float) -> Slice:
    """`share` of rows and columns cut off on each side."""
    rows, columns = (round(edge * share) for edge in slice_.values.shape)
    return changed(slice_, grey_of(slice_)[rows : slice_.rows - rows, columns : slice_.columns - columns])


def mirrored(slice_: Slice) -> Slice:
    """Left and right exchanged."""
    return changed(slice_, grey_of(slice_)[:, ::-1])


def sixteen_bit(slice_: Slice) -> Slice:
    """The same picture with 16 bits a pixel."""
    return replace(slice_, values=slice_.values.astype(np.int32) * 257)


def halved(slice_: Slice) -> Slice:
    """Half the rows and columns."""
    return changed(
        slice_, np.asarray(cv2.resize(grey_of(slice_), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.float32)
    )


def whole_field(slice_: Slice, wall: int = 0) -> Slice:
    """Pasted into a field of 512 x 512 in Hounsfield units, with air around it and a table under it.

    Grey becomes HU through the slice's own two calibration points; a slice without lungs is left as it is. Where the
    picture's edge cuts the chest wall off, the lungs lie open to the air, which no scan shows: `wall` pixels around the
    lungs are filled with soft tissue where the picture does not reach.
    """
    framing = frame_lungs(slice_)
    if not isinstance(framing, Framing):
        return slice_
    hu: Grey = AIR_HU + calibrate(readable_values(slice_), framing) * (TISSUE_HU - AIR_HU)
    lungs = (framing.lungs > 0).astype(np.uint8)
    scale = min(1.0, 0.75 * FIELD / max(hu.shape))
    if scale < 1:
        hu = np.asarray(cv2.resize(hu, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.float32)
        lungs = np.asarray(cv2.resize(lungs, hu.shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)
    field = np.full((FIELD, FIELD), -1000.0, np.float32)
    top, left = (FIELD - hu.shape[0]) // 3, (FIELD - hu.shape[1]) // 2
    shown = np.s_[top : top + hu.shape[0], left : left + hu.shape[1]]
    if wall:
        chest = np.zeros((FIELD, FIELD), np.uint8)
        chest[shown] = convex_hull(lungs > 0)
        reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * wall + 1, 2 * wall + 1))
        field[cv2.dilate(chest, reach) > 0] = TISSUE_HU
    field[shown] = hu
    table = min(FIELD - 8, top + hu.shape[0] + wall + 10)
    field[table : table + 5, FIELD // 8 : -FIELD // 8] = -100.0
    return replace(slice_, values=np.round(field).astype(np.int16), units=Units.HU)


DISTORTIONS: Mapping[str, Callable[[Slice], Slice]] = {
    "JPEG quality 90": partial(compressed, quality=90),
    "JPEG quality 50": partial(compressed, quality=50),
    "JPEG quality 20": partial(compressed, quality=20),
    "blur, 1 pixel": partial(blurred, sigma=1.0),
    "blur, 2 pixels": partial(blurred, sigma=2.0),
    "half resolution": halved,
    "noise, 5 grey levels": partial(noisy, deviation=5.0),
    "noise, 15 grey levels": partial(noisy, deviation=15.0),
    "window 10 % brighter": partial(rewindowed, shift=-0.1, width=1.0),
    "window 10 % darker": partial(rewindowed, shift=0.1, width=1.0),
    "window 25 % wider": partial(rewindowed, shift=0.0, width=1.25),
    "window 15 % narrower": partial(rewindowed, shift=0.0, width=0.85),
    "5 % cut off on each side": partial(cropped, share=0.05),
    "mirrored": mirrored,
    "16 bits instead of 8": sixteen_bit,
    "whole field with table, in HU": whole_field,
    "whole field, cut-off chest wall filled in": partial(whole_field, wall=WALL),
}


def robustness(
    scoring_model: ScoringModel,
    samples: Sequence[Sample],
    plain: Scored,
    calibration: Calibration,
    say: Callable[[str], None],
) -> list[dict[str, Any]]:
    """One row per distortion: how far the calibrated score moves, labels kept, slices no longer accepted, AUROC.

    `plain` are the scores of the same samples, undistorted. Changes are over the slices accepted both times.
    """
    before = calibration.probability(plain.logits)
    rows = []
    for name, change in DISTORTIONS.items():
        scored, _ = score(scoring_model, samples, change=change)
        after = calibration.probability(scored.logits)
        both = np.isfinite(before) & np.isfinite(after)
        moved = np.abs(after - before)[both]
        kept = (before >= calibration.threshold)[both] == (after >= calibration.threshold)[both]
        rows.append(
            {
                "name": name,
                "n": int(both.sum()),
                "median_change": round(float(np.median(moved)), 5) if both.any() else None,
                "largest_change": round(float(moved.max()), 5) if both.any() else None,
                "label_kept": round(float(kept.mean()), 5) if both.any() else None,
                "no_longer_accepted": int(np.sum(np.isfinite(before) & ~np.isfinite(after))),
                "auroc": round(area_under_roc(scored.covid[both], after[both]), 5),
            }
        )
        say(
            f"{name}: median change {rows[-1]['median_change']}, label kept {rows[-1]['label_kept']}, "
            f"AUC {rows[-1]['auroc']}"
        )
    return rows
