"""The rectangle that is cut out of a slice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in the slice's pixel coordinates (edges, not centres; y down); may reach beyond the picture."""

    top: float
    left: float
    bottom: float
    right: float
