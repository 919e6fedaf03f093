"""The scale bar: a round length in millimetres that fits, and how long it is on the screen. Pure arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class ScaleBar:
    """A bar of `pixels` widget pixels that stands for `mm`, in `parts` equal parts."""

    mm: float
    pixels: float
    parts: int

    @property
    def text(self) -> str:
        """ "5 cm" from a centimetre on, "2 mm" below."""
        return f"{self.mm / 10:g} cm" if self.mm >= 10 else f"{self.mm:g} mm"


def scale_bar(pixels_per_mm: float, longest: float) -> ScaleBar | None:
    """The longest of 1, 2, 5, 10, ... mm that is at most `longest` widget pixels; None when nothing sensible fits."""
    if not (math.isfinite(pixels_per_mm) and pixels_per_mm > 0 and longest / pixels_per_mm >= 0.1):
        return None
    limit = longest / pixels_per_mm
    decade = 10.0 ** math.floor(math.log10(limit))
    step = max(s for s in (1, 2, 5) if s * decade <= limit * (1 + 1e-9))
    parts = 2 if step == 2 else 5
    return ScaleBar(step * decade, step * decade * pixels_per_mm, parts)


def room(view: float, corner: float, label: float) -> float:
    """How long a bar in the middle of a view may be: a quarter of it, and its label clear of the corner's text.

    Parameters
    ----------
    view, corner, label
        Widths in widget pixels: of the view, of the text in its right corner with its margins, of the bar's own text.
    """
    return min(view / 4, view - 2 * (corner + label))
