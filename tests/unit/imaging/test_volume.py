"""Planes through a series, against the mapping of PS3.3 C.7.6.2.1.1 worked out by NumPy for each pixel."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile, UnsupportedImage
from covidviewer.imaging.slices import FileKind, Geometry, Series, Slice, SliceHeader, Source, Units
from covidviewer.imaging.spacing import regular_spacing
from covidviewer.imaging.volume import Plane, Volume, read_volume, volume_bytes, why_no_volume

COUNT, ROWS, COLUMNS = 5, 6, 7
SPACING, STEP = (0.5, 0.8), 2.5
FACING = {  # what each plane's pictures have to the right, and below, as LPS vectors
    Plane.AXIAL: ((1, 0, 0), (0, 1, 0)),
    Plane.CORONAL: ((1, 0, 0), (0, 0, -1)),
    Plane.SAGITTAL: ((0, 1, 0), (0, 0, -1)),
}
ORIENTATIONS = {
    "axial": ((1, 0, 0), (0, 1, 0)),
    "axial, prone": ((-1, 0, 0), (0, -1, 0)),
    "axial, mirrored": ((-1, 0, 0), (0, 1, 0)),
    "coronal": ((1, 0, 0), (0, 0, -1)),
    "sagittal": ((0, 1, 0), (0, 0, -1)),
    "sagittal, from the right": ((0, -1, 0), (0, 0, -1)),
    "oblique": ((np.cos(0.2), np.sin(0.2), 0), (-np.sin(0.2), np.cos(0.2), 0)),
}


def field(position: NDArray[np.float64]) -> NDArray[np.float64]:
    """A value for every place in the patient, different along x, y and z."""
    values: NDArray[np.float64] = position @ np.array([3.0, 70.0, 1500.0])
    return values


def positions(geometry: Geometry, rows: int, columns: int) -> NDArray[np.float64]:
    """(rows, columns, 3): where each pixel lies."""
    row, column = np.mgrid[0:rows, 0:columns][..., None]
    along = column * geometry.spacing_mm[1] * np.array(geometry.row_direction)
    down = row * geometry.spacing_mm[0] * np.array(geometry.column_direction)
    places: NDArray[np.float64] = np.array(geometry.position_mm) + along + down
    return places


def stack(orientation: str, shear: float = 0.0) -> tuple[Series, list[Slice]]:
    rows, columns = (tuple(float(number) for number in axis) for axis in ORIENTATIONS[orientation])
    normal = np.cross(rows, columns)
    slices = []
    for index in range(COUNT):
        place = np.array([-40.0, 12.0, 7.0]) + index * (STEP * normal + shear * np.array(columns))
        geometry = Geometry(tuple(place.tolist()), rows, columns, SPACING, STEP)  # type: ignore[arg-type]
        values = field(positions(geometry, ROWS, COLUMNS)).astype(np.float32)
        source = Source(Path(f"{index}.dcm"), FileKind.DICOM)
        slices.append(Slice(values, Units.HU, source, geometry, SPACING))
    return series_of(slices), slices


def series_of(slices: list[Slice]) -> Series:
    headers = tuple(SliceHeader(one.source, one.rows, one.columns, one.geometry, one.spacing_mm) for one in slices)
    spacing = regular_spacing(headers)
    return Series("made up", headers, slices.__getitem__, spacing)


def volume_of(series: Series) -> Volume:
    made = read_volume(series, series.read_slice, threads=2)
    assert made is not None
    return made


@pytest.mark.parametrize("plane", list(Plane))
@pytest.mark.parametrize("orientation", list(ORIENTATIONS))
def test_every_pixel_of_every_plane_lies_where_its_geometry_says(orientation: str, plane: Plane) -> None:
    series, _ = stack(orientation)
    volume = volume_of(series)
    assert why_no_volume(series) == ""
    for index in range(volume.count(plane)):
        cut = volume.cut(plane, index)
        assert cut.geometry is not None
        assert cut.spacing_mm == cut.geometry.spacing_mm
        expected = field(positions(cut.geometry, cut.rows, cut.columns))
        assert cut.values == pytest.approx(expected, rel=1e-5, abs=0.02)


@pytest.mark.parametrize("plane", list(Plane))
@pytest.mark.parametrize("orientation", list(ORIENTATIONS))
def test_planes_face_the_reader_as_is_usual(orientation: str, plane: Plane) -> None:
    series, _ = stack(orientation)
    geometry = volume_of(series).cut(plane, 0).geometry
    assert geometry is not None
    right, down = FACING[plane]
    assert np.dot(geometry.row_direction, right) > 0.9
    assert np.dot(geometry.column_direction, down) > 0.9


@pytest.mark.parametrize("orientation", list(ORIENTATIONS))
def test_the_planes_along_the_reading_direction_are_the_slices_themselves(orientation: str) -> None:
    series, slices = stack(orientation)
    volume = volume_of(series)
    plane, _ = volume.along
    assert volume.count(plane) == COUNT
    for index in range(COUNT):
        cut, read = volume.cut(plane, index), slices[volume.series_index(index)]
        assert sorted(cut.values.ravel().tolist()) == sorted(read.values.ravel().tolist())


@pytest.mark.parametrize("plane", list(Plane))
def test_cutting_a_plane_copies_that_plane_alone(plane: Plane) -> None:
    _, slices = stack("axial")
    large = [Slice(np.zeros((256, 256), np.int16), Units.HU, one.source, one.geometry, SPACING) for one in slices]
    volume = volume_of(series_of(large))
    tracemalloc.start()
    cut = volume.cut(plane, 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < cut.values.nbytes + 20_000 < volume.values.nbytes


def test_padding_is_cut_like_the_values() -> None:
    _, slices = stack("axial")
    mask = np.zeros((ROWS, COLUMNS), np.bool_)
    mask[1, 2] = True
    padded = Slice(slices[3].values.copy(), Units.HU, slices[3].source, slices[3].geometry, SPACING, mask)
    volume = volume_of(series_of([*slices[:3], padded, slices[4]]))
    sagittal = volume.cut(Plane.SAGITTAL, 2)
    assert sagittal.padding is not None
    assert np.argwhere(sagittal.padding).tolist() == [[COUNT - 1 - 3, 1]]


def test_values_of_different_kinds_are_kept_exact() -> None:
    _, slices = stack("axial")
    small = [
        Slice(np.full((ROWS, COLUMNS), 7, np.int16), Units.HU, one.source, one.geometry, SPACING) for one in slices
    ]
    wide = Slice(np.full((ROWS, COLUMNS), 70_000, np.int32), Units.HU, slices[4].source, slices[4].geometry, SPACING)
    volume = volume_of(series_of([*small[:4], wide]))
    assert set(volume.values.ravel().tolist()) == {7, 70_000}


def gap(slices: list[Slice]) -> list[Slice]:
    return [*slices[:2], *slices[3:]]


def unplaced(slices: list[Slice]) -> list[Slice]:
    first = slices[0]
    return [Slice(first.values, Units.HU, first.source), *slices[1:]]


def one_smaller(slices: list[Slice]) -> list[Slice]:
    first = slices[0]
    return [Slice(first.values[1:].copy(), Units.HU, first.source, first.geometry, SPACING), *slices[1:]]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (gap, "evenly spaced"),
        (unplaced, "positions are unknown"),
        (one_smaller, "differ in size"),
        (lambda slices: slices[:2], "too few"),
    ],
)
def test_a_series_that_is_not_regular_is_refused_with_a_reason(
    change: Callable[[list[Slice]], list[Slice]], reason: str
) -> None:
    _, slices = stack("axial")
    assert reason in why_no_volume(series_of(change(slices)))


def test_a_tilted_gantry_is_refused() -> None:
    series, _ = stack("axial", shear=0.5)
    assert "tilted" in why_no_volume(series)


def test_a_slice_that_cannot_be_read_is_its_own_sentence() -> None:
    series, slices = stack("axial")

    def read(index: int) -> Slice:
        if index == 3:
            raise UnreadableFile("The file ends before its pixels do.")
        return slices[index]

    with pytest.raises(UnreadableFile, match="ends before"):
        read_volume(series, read)


def test_a_slice_of_another_size_than_its_header_is_refused() -> None:
    series, slices = stack("axial")
    odd = Slice(slices[2].values[1:].copy(), Units.HU, slices[2].source)
    with pytest.raises(UnsupportedImage, match="slice 3"):
        read_volume(series, lambda index: odd if index == 2 else slices[index])


def test_reading_can_be_cancelled_and_says_how_far_it_is() -> None:
    series, slices = stack("axial")
    stop, seen = Event(), []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            stop.set()

    assert read_volume(series, slices.__getitem__, progress, stop.is_set, threads=1) is None
    assert seen == [(1, COUNT), (2, COUNT)]


def test_the_size_is_known_before_reading() -> None:
    series, _ = stack("axial")
    assert volume_bytes(series) == 2 * COUNT * ROWS * COLUMNS
