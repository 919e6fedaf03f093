"""Slice, Series and Geometry: the values that everything else speaks. Knows no file format, no Qt, no model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = tuple[float, float, float]
Values = NDArray[np.int16] | NDArray[np.int32] | NDArray[np.float32]


class Units(StrEnum):
    """What a slice's values mean: Hounsfield units, or grey levels of an unknown window."""

    HU = "HU"
    GREY = "grey"


class FileKind(StrEnum):
    """What a file is by its content (see `imaging.sniff`)."""

    DICOM = "DICOM"
    DICOMDIR = "DICOMDIR"
    PNG = "PNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WebP"
    ZIP = "ZIP"


class WindowFunction(StrEnum):
    """VOI LUT Function (0028,1056), DICOM PS3.3 C.11.2.1.3."""

    LINEAR = "LINEAR"
    LINEAR_EXACT = "LINEAR_EXACT"
    SIGMOID = "SIGMOID"


@dataclass(frozen=True)
class VoiTable:
    """The entries of a VOI LUT (DICOM PS3.3 C.11.2.1.1): `levels` as little-endian uint16, each of 0 to 2**bits - 1."""

    levels: bytes = field(repr=False)
    bits: int


@dataclass(frozen=True)
class VoiWindow:
    """A window in the slice's units (DICOM PS3.3 C.11.2.1.2), or a look-up table over one (C.11.2.1.1).

    Attributes
    ----------
    centre, width
        `width` is above 0. A file's table begins at `centre - width / 2` and has an entry for each step; dragged wider
        or narrower it is stretched.
    function
        Without meaning where there is a table.
    name
        The file's own explanation, or ''.
    table
        None for a window.
    """

    centre: float
    width: float
    function: WindowFunction = WindowFunction.LINEAR
    name: str = ""
    table: VoiTable | None = None


@dataclass(frozen=True)
class Geometry:
    """Where a slice lies in the patient (DICOM PS3.3 C.7.6.2): LPS coordinates in mm.

    Attributes
    ----------
    position_mm
        Centre of the first pixel, Image Position (Patient).
    row_direction, column_direction
        Unit vectors: along a row (increasing column index), and down a column (increasing row index).
    spacing_mm
        (between rows, between columns), Pixel Spacing, both above 0.
    thickness_mm
        Slice Thickness, or None when the file does not say.
    """

    position_mm: Vector
    row_direction: Vector
    column_direction: Vector
    spacing_mm: tuple[float, float]
    thickness_mm: float | None = None

    @property
    def normal(self) -> Vector:
        """Unit vector perpendicular to the slice: row_direction x column_direction."""
        n = np.cross(self.row_direction, self.column_direction)
        return (float(n[0]), float(n[1]), float(n[2]))

    @property
    def distance_mm(self) -> float:
        """Position along the normal: what slices of one orientation are ordered by."""
        return float(np.dot(self.normal, self.position_mm))


@dataclass(frozen=True)
class Source:
    """Where a slice came from.

    `frame` counts from 0; `identity` is the SOP Instance UID, or "sha256:..." of a file that has none.
    """

    path: Path
    kind: FileKind
    frame: int = 0
    identity: str = ""


@dataclass(frozen=True, eq=False)
class Slice:
    """One picture, ready to be shown or framed.

    Attributes
    ----------
    values
        (rows, columns), read-only, after the modality transform (DICOM PS3.3 C.11.1): int16 where every value fits
        and is whole, else int32 or float32.
    units
        What `values` mean. GREY for pictures and for DICOM files without a Hounsfield rescale.
    source
        File, frame and identity.
    geometry
        Position and orientation, or None (pictures; DICOM files that lack a part of it).
    spacing_mm
        (between rows, between columns), or None when unknown. May be known without `geometry`.
    padding
        (rows, columns) bool, True where the pixel is padding (PS3.3 C.7.5.1.1.2); None when there is none.
    windows
        The file's own proposals, best first; may be empty.
    inverted
        True when low values are shown bright (MONOCHROME1).
    modality
        Modality (0008,0060), or '' for pictures.
    labels
        Texts for overlay and gate, by DICOM keyword (PatientName, StudyDate, ...); empty for pictures.
    notes
        Sentences on what the file lacks and was assumed.
    """

    values: Values
    units: Units
    source: Source
    geometry: Geometry | None = None
    spacing_mm: tuple[float, float] | None = None
    padding: NDArray[np.bool_] | None = None
    windows: tuple[VoiWindow, ...] = ()
    inverted: bool = False
    modality: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.values.setflags(write=False)
        if self.padding is not None:
            self.padding.setflags(write=False)

    def __getstate__(self) -> dict[str, Any]:
        """For another process; a view of a mapping cannot travel."""
        return {**self.__dict__, "labels": dict(self.labels)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """As `__post_init__` leaves it: read-only."""
        self.__dict__.update(state, labels=MappingProxyType(state["labels"]))
        self.__post_init__()

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.values.shape[0])

    @property
    def columns(self) -> int:
        """Number of columns."""
        return int(self.values.shape[1])


@dataclass(frozen=True)
class SliceHeader:
    """What is known of a slice before its pixels are decoded: enough to group, order and list it.

    `instance_number`, `acquisition_time` and `geometry` are None when the file does not say (or says nonsense); `notes`
    are those of the slice.
    """

    source: Source
    rows: int
    columns: int
    geometry: Geometry | None = None
    spacing_mm: tuple[float, float] | None = None
    series_uid: str = ""
    study_uid: str = ""
    modality: str = ""
    description: str = ""
    instance_number: int | None = None
    acquisition_number: int | None = None
    acquisition_time: str = ""
    image_type: tuple[str, ...] = ()
    transfer_syntax: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A file that could not be opened, and why, in one sentence (already filled, English)."""

    path: Path
    reason: str
    kind: str = "unreadable"


@dataclass(frozen=True, eq=False)
class Series:
    """Slices in order, with their pixels still on disk.

    Attributes
    ----------
    title
        What the list shows: the series description, or the file's or folder's name.
    headers
        In display order (see `imaging.series`): by position along the normal, else by instance number, else by name.
    spacing_mm
        Distance between neighbouring slices when it is regular, else None.
    notes
        Sentences for the badges: gaps, duplicates, uneven spacing, order unknown, what was assumed.
    read_slice
        Decodes one slice by index (any thread). Raises `UnreadableFile` or `UnsupportedImage`.
    """

    title: str
    headers: tuple[SliceHeader, ...]
    read_slice: Callable[[int], Slice]
    spacing_mm: float | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.headers)
