"""Where the frames of a DICOM file lie in the patient (PS3.3 C.7.6.2, C.7.6.16.2): complete and sane, or None."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np

from covidviewer.imaging.dicom.pydicom_api import Dataset
from covidviewer.imaging.dicom.values import value_of
from covidviewer.imaging.slices import Geometry, Vector

_TOLERANCE = 0.01
"""How far direction cosines may be from unit length and from a right angle; headers are written with few digits."""

MAX_SPACING_MM = 1000.0
MAX_POSITION_MM = 1e6


def frame_attribute(dataset: Dataset, frame: int, sequence: str, keyword: str) -> Any:
    """An attribute of one frame, or None.

    Looked for in the frame's own functional group, then in the shared one (PS3.3 C.7.6.16), then in the data set
    itself, which is where files that are not enhanced have it.
    """
    for group in _functional_groups(dataset, frame):
        items = value_of(group, sequence)
        if items:
            value = value_of(items[0], keyword)
            if value is not None:
                return value
    return value_of(dataset, keyword)


def frame_group(dataset: Dataset, frame: int, sequence: str) -> Dataset:
    """The first item of a frame's functional group sequence; the data set itself where there is none."""
    for group in _functional_groups(dataset, frame):
        items = value_of(group, sequence)
        if items:
            item: Dataset = items[0]
            return item
    return dataset


def frame_spacing(dataset: Dataset, frame: int) -> tuple[float, float] | None:
    """(between rows, between columns) in mm, from Pixel Spacing (0028,0030) alone: a detector's is another."""
    numbers = _numbers(frame_attribute(dataset, frame, "PixelMeasuresSequence", "PixelSpacing"), 2)
    if numbers is None or not all(0 < number <= MAX_SPACING_MM for number in numbers):
        return None
    return numbers[0], numbers[1]


def frame_geometry(dataset: Dataset, frame: int) -> Geometry | None:
    """Position, orientation and spacing of one frame, or None when a part is missing or nonsense."""
    spacing = frame_spacing(dataset, frame)
    position = _numbers(frame_attribute(dataset, frame, "PlanePositionSequence", "ImagePositionPatient"), 3)
    cosines = _numbers(frame_attribute(dataset, frame, "PlaneOrientationSequence", "ImageOrientationPatient"), 6)
    if spacing is None or position is None or cosines is None:
        return None
    position = _dose_plane(dataset, frame, position)
    if any(abs(coordinate) > MAX_POSITION_MM for coordinate in position):
        return None
    directions = _directions(cosines)
    if directions is None:
        return None
    thickness = _numbers([frame_attribute(dataset, frame, "PixelMeasuresSequence", "SliceThickness")], 1)
    thickness_mm = thickness[0] if thickness and 0 < thickness[0] <= MAX_SPACING_MM else None
    return Geometry((position[0], position[1], position[2]), *directions, spacing, thickness_mm)


def _functional_groups(dataset: Dataset, frame: int) -> list[Dataset]:
    groups = []
    per_frame = value_of(dataset, "PerFrameFunctionalGroupsSequence")
    if per_frame and frame < len(per_frame):
        groups.append(per_frame[frame])
    shared = value_of(dataset, "SharedFunctionalGroupsSequence")
    if shared:
        groups.append(shared[0])
    return groups


def _dose_plane(dataset: Dataset, frame: int, position: list[float]) -> list[float]:
    """RT doses place frame i at Grid Frame Offset Vector[i] along z (PS3.3 C.8.8.3.2)."""
    offsets = value_of(dataset, "GridFrameOffsetVector")
    if not isinstance(offsets, Sequence) or isinstance(offsets, str) or frame >= len(offsets):
        return position
    first = float(offsets[0])
    return [position[0], position[1], float(offsets[frame]) + (position[2] if first == 0 else 0.0)]


def _directions(cosines: list[float]) -> tuple[Vector, Vector] | None:
    """Two unit vectors at a right angle, or None when the six numbers are too far from that."""
    row, column = np.array(cosines[:3]), np.array(cosines[3:])
    lengths = float(np.linalg.norm(row)), float(np.linalg.norm(column))
    if any(abs(length - 1) > _TOLERANCE for length in lengths) or abs(float(row @ column)) > _TOLERANCE:
        return None
    row, column = row / lengths[0], column / lengths[1]
    return (float(row[0]), float(row[1]), float(row[2])), (float(column[0]), float(column[1]), float(column[2]))


def _numbers(value: Any, count: int) -> list[float] | None:
    """Exactly `count` finite numbers, or None."""
    if value is None or isinstance(value, str | bytes) or not hasattr(value, "__len__") or len(value) != count:
        return None
    try:
        numbers = [float(part.replace(",", ".") if isinstance(part, str) else part) for part in value]
    except (TypeError, ValueError, OverflowError):
        return None
    return numbers if all(isfinite(number) for number in numbers) else None
