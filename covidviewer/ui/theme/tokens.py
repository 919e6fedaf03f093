"""The looks as values: one colour table per theme, one spacing scale, one type scale. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

UNIT: Final = 4
"""Every distance is a multiple of this, in device-independent pixels."""


class Theme(StrEnum):
    """What a person may choose. SYSTEM follows the desktop's dark or light setting."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


@dataclass(frozen=True)
class Tokens:
    """Colours of one theme, as "#rrggbb".

    Attributes
    ----------
    canvas
        Behind the image: true black in every theme, so that a window looks the same.
    panel, raised, sunken, field
        Ground of panels; of buttons on them; of wells; of what can be typed into, lists and pages.
    line, edge, focus
        Quiet borders; those of fields and ticks, by which they are found; the ring around what the keyboard acts on.
    text, muted
        Words; words of second rank (both AA on panel and raised).
    accent, on_accent
        The program's own colour (choices, links, progress), and text upon it.
    model, model_soft
        The colour that only the model's output wears, and its quiet form for strips and grounds.
    warning
        Notices that need no action at once.
    """

    canvas: str
    panel: str
    raised: str
    sunken: str
    field: str
    line: str
    edge: str
    focus: str
    text: str
    muted: str
    accent: str
    on_accent: str
    model: str
    model_soft: str
    warning: str


DARK: Final = Tokens(
    canvas="#000000",
    panel="#17191d",
    raised="#23262c",
    sunken="#0e0f12",
    field="#0e0f12",
    line="#343840",
    edge="#68717e",
    focus="#7cc0f5",
    text="#e9ebee",
    muted="#a3abb6",
    accent="#5aaeea",
    on_accent="#06121d",
    model="#f0a848",
    model_soft="#4a371d",
    warning="#e6c34a",
)

LIGHT: Final = Tokens(
    canvas="#000000",
    panel="#f3f4f6",
    raised="#ffffff",
    sunken="#e6e8ec",
    field="#ffffff",
    line="#c9cdd4",
    edge="#757e8a",
    focus="#0b5ea8",
    text="#1a1d22",
    muted="#545c67",
    accent="#0f65b0",
    on_accent="#ffffff",
    model="#8f4e00",
    model_soft="#f5e0c4",
    warning="#745a00",
)

TYPE_SCALE: Final[dict[str, float]] = {"caption": 0.88, "body": 1.0, "title": 1.2, "heading": 1.5, "score": 3.0}
"""Sizes as multiples of the desktop's own font size, so that a person's larger text is kept."""


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two "#rrggbb" colours, 1..21; text needs 4.5 (AA)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG relative luminance 0..1 of "#rrggbb"."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
