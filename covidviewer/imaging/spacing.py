"""How far the slices of a series lie apart, and what to say when that is odd: gaps, uneven steps, a tilted gantry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import Sentence
from covidviewer.imaging.slices import SliceHeader
from covidviewer.texts import N_

_EVEN = 0.02
"""Steps within 2 % of their median, or 0.02 mm, are even: positions are written with few digits."""
_LEAST_TILT_DEGREES = 0.5


def distances_mm(headers: Sequence[SliceHeader]) -> NDArray[np.float64]:
    """(slices,) position along the first slice's normal; all must have a geometry."""
    first = headers[0].geometry
    if first is None:
        raise ValueError("a header without geometry has no distance")
    along: NDArray[np.float64] = positions_mm(headers) @ np.array(first.normal)
    return along


def positions_mm(headers: Sequence[SliceHeader]) -> NDArray[np.float64]:
    """(slices, 3) positions of the first pixels."""
    return np.array(
        [header.geometry.position_mm for header in headers if header.geometry is not None], dtype=np.float64
    )


def regular_spacing(headers: Sequence[SliceHeader]) -> float | None:
    """Millimetres from slice to slice where all steps are even, else None."""
    steps = _steps(headers)
    if steps is None or not _is_even(steps):
        return None
    return float(steps.mean())


def spacing_notes(headers: Sequence[SliceHeader]) -> tuple[str, ...]:
    """Sentences on the spacing of ordered headers; none when all is well or nothing is known."""
    steps = _steps(headers)
    if steps is None:
        return ()
    return tuple(note for note in (_repeat_note(steps), _step_note(steps), _tilt_note(headers)) if note)


def _steps(headers: Sequence[SliceHeader]) -> NDArray[np.float64] | None:
    if len(headers) < 2 or any(header.geometry is None for header in headers):
        return None
    steps: NDArray[np.float64] = np.diff(distances_mm(headers))
    return steps if np.ptp(distances_mm(headers)) > 0.01 else None


def _tolerance(step: float) -> float:
    return max(_EVEN * abs(step), 0.02)


def _is_even(steps: NDArray[np.float64]) -> bool:
    median = float(np.median(steps))
    return median > 0.01 and bool(np.all(np.abs(steps - median) <= _tolerance(median)))


def _repeat_note(steps: NDArray[np.float64]) -> str:
    repeated = int(np.count_nonzero(np.abs(steps) < 0.01))
    if not repeated:
        return ""
    if repeated == 1:
        return N_("1 slice has the same position as another.")
    return Sentence("{n} slices have the same position as another.", n=repeated)


def _step_note(steps: NDArray[np.float64]) -> str:
    """Whole multiples of the usual step are gaps; anything else is uneven."""
    steps = steps[np.abs(steps) >= 0.01]
    if len(steps) < 2 or _is_even(steps):
        return ""
    usual = float(np.median(steps))
    multiples = np.rint(steps / usual)
    if np.all(multiples >= 1) and np.all(np.abs(steps - multiples * usual) <= _tolerance(usual) * multiples):
        missing = int(multiples.sum()) - len(steps)
        gaps = int(np.count_nonzero(multiples > 1))
        if missing == 1:
            return N_("1 slice is missing in 1 gap.")
        if gaps == 1:
            return Sentence("{n} slices are missing in 1 gap.", n=missing)
        return Sentence("{n} slices are missing in {gaps} gaps.", n=missing, gaps=gaps)
    least, most = f"{steps.min():.3g}", f"{steps.max():.3g}"
    return Sentence("The slices are unevenly spaced ({least} to {most} mm).", least=least, most=most)


def _tilt_note(headers: Sequence[SliceHeader]) -> str:
    """A gantry tilt shifts each slice sideways: the line through the positions leaves the normal."""
    first = headers[0].geometry
    if first is None:
        return ""
    way = positions_mm(headers)[-1] - positions_mm(headers)[0]
    cosine = float(way @ np.array(first.normal)) / float(np.linalg.norm(way))
    degrees = float(np.degrees(np.arccos(min(1.0, abs(cosine)))))
    if degrees < _LEAST_TILT_DEGREES:
        return ""
    return Sentence("The gantry was tilted by {n:.1f} degrees.", n=degrees)
