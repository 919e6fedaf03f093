"""The pairs of colours that heat maps are drawn in. Values only: the panel names them before NumPy is there.

The two of every pair stay apart from each other, and from all greys, for each kind of colour vision.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Colour = tuple[int, int, int]
"""Red, green, blue, 0..255."""


@dataclass(frozen=True)
class HeatColours:
    """A pair of colours. `name` is English, for people; the colours are at half and at full strength."""

    name: str
    raises: tuple[Colour, Colour]
    lowers: tuple[Colour, Colour]


COLOURS: Final = MappingProxyType(
    {
        "orange-blue": HeatColours(
            "Orange and blue", ((255, 176, 59), (255, 236, 178)), ((64, 132, 232), (168, 208, 255))
        ),
        "yellow-violet": HeatColours(
            "Yellow and violet", ((250, 220, 60), (255, 247, 190)), ((150, 90, 220), (208, 176, 250))
        ),
        "purple-green": HeatColours(
            "Purple and green", ((196, 106, 232), (235, 196, 255)), ((64, 176, 96), (178, 236, 190))
        ),
    }
)
"""By the id that the settings hold, the first as it comes."""
