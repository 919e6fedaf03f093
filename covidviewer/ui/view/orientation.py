"""Which side of the patient each edge of the view shows: A, P, L, R, H, F (DICOM PS3.3 C.7.6.1.1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from covidviewer.ui.view.view_transform import ViewTransform

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Vector

LEAST_COMPONENT = 0.25
"""A direction's part below this (14 degrees) gets no letter."""

LETTERS = (("R", "L"), ("A", "P"), ("F", "H"))
"""Per LPS axis: towards lower, towards higher coordinates."""


@dataclass(frozen=True)
class EdgeLetters:
    """The letters at the view's edges."""

    left: str
    right: str
    top: str
    bottom: str


def edge_letters(row_direction: Vector, column_direction: Vector, view_transform: ViewTransform) -> EdgeLetters:
    """Letters for a slice whose rows and columns run along these LPS unit vectors, seen in `view_transform`."""
    right, down = screen_axes(view_transform)
    to_right = combined(row_direction, column_direction, right)
    to_bottom = combined(row_direction, column_direction, down)
    return EdgeLetters(
        left=letters(negative(to_right)),
        right=letters(to_right),
        top=letters(negative(to_bottom)),
        bottom=letters(to_bottom),
    )


def screen_axes(view_transform: ViewTransform) -> tuple[tuple[int, int], tuple[int, int]]:
    """The image directions (x, y) that point right and down on the screen."""
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[view_transform.turns % 4]
    sign = -1 if view_transform.mirrored else 1
    return (sign * cosine, -sine), (sign * sine, cosine)


def combined(rows: Vector, columns: Vector, along: tuple[int, int]) -> Vector:
    """The patient direction of an image direction."""
    x, y = along
    return (
        x * rows[0] + y * columns[0],
        x * rows[1] + y * columns[1],
        x * rows[2] + y * columns[2],
    )


def negative(direction: Vector) -> Vector:
    """The opposite direction."""
    return (-direction[0], -direction[1], -direction[2])


def letters(direction: Vector) -> str:
    """One to three letters, the strongest part first: "A", "AH"."""
    parts = sorted(enumerate(direction), key=lambda part: -abs(part[1]))
    return "".join(LETTERS[axis][value > 0] for axis, value in parts if abs(value) >= LEAST_COMPONENT)
