"""Lengths, angles, region statistics and the scale bar, against arithmetic done by hand or by NumPy."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.ui.dialogs.histogram import Bars, histogram
from covidviewer.ui.theme.look import Look
from covidviewer.ui.view.drawing import measurement_text
from covidviewer.ui.view.measurements import (
    Angle,
    Cobb,
    Distance,
    Outline,
    Region,
    Shape,
    cobb_degrees,
    degrees,
    length,
)
from covidviewer.ui.view.regions import statistics, values_in
from covidviewer.ui.view.scale_bar import room, scale_bar

VALUES = np.random.default_rng(4).integers(-1000, 400, (40, 50)).astype(np.int16)


def slice_with(spacing: tuple[float, float] | None, padding: bool = False) -> Slice:
    mask = np.zeros(VALUES.shape, bool)
    mask[:20] = True
    source = Source(Path("a.dcm"), FileKind.DICOM)
    return Slice(VALUES.copy(), Units.HU, source, spacing_mm=spacing, padding=mask if padding else None)


def test_lengths_mind_the_spacing_of_rows_and_columns() -> None:
    line = Distance((0, 0), (3, 4))
    assert length(line, (1.0, 1.0)) == 5
    assert length(line, (0.5, 2.0)) == pytest.approx(math.hypot(6, 2))


def test_without_spacing_a_length_is_said_in_pixels() -> None:
    assert measurement_text(Distance((0, 0), (3, 4)), slice_with(None)) == "5.0 px"
    assert measurement_text(Distance((0, 0), (3, 4)), slice_with((1.0, 1.0))) == "5.00\u00a0mm"


@pytest.mark.parametrize("angle", [0, 17, 90, 133, 180])
def test_angles_are_those_in_the_patient(angle: float) -> None:
    spacing = (0.7, 1.4)
    end = (math.cos(math.radians(angle)) / spacing[1], math.sin(math.radians(angle)) / spacing[0])
    assert degrees(Angle((1 / spacing[1], 0), (0, 0), end), spacing) == pytest.approx(angle)


def test_rectangle_statistics_are_numpys() -> None:
    found = statistics(Region(Shape.RECTANGLE, (30, 25), (10, 5)), slice_with((0.5, 2.0)))
    inside = VALUES[5:25, 10:30].astype(float)
    assert found.count == inside.size
    assert found.mean == pytest.approx(inside.mean())
    assert found.deviation == pytest.approx(inside.std())
    assert (found.lowest, found.highest) == (inside.min(), inside.max())
    assert found.area_mm2 == pytest.approx(inside.size)


def test_ellipse_statistics_are_numpys() -> None:
    found = statistics(Region(Shape.ELLIPSE, (8, 3), (44, 37)), slice_with((0.5, 2.0)))
    rows, columns = np.mgrid[0:40, 0:50] + 0.5
    inside = VALUES[((columns - 26) / 18) ** 2 + ((rows - 20) / 17) ** 2 <= 1].astype(float)
    assert found.count == inside.size
    assert found.mean == pytest.approx(inside.mean())
    assert found.deviation == pytest.approx(inside.std())
    assert (found.lowest, found.highest) == (inside.min(), inside.max())


def test_an_ellipse_covers_pi_quarters_of_its_box() -> None:
    found = statistics(Region(Shape.ELLIPSE, (5, 5), (45, 35)), slice_with(None))
    assert found.count == pytest.approx(math.pi / 4 * 40 * 30, rel=0.02)
    assert found.area_mm2 is None


@pytest.mark.parametrize("seed", range(5))
def test_a_freehand_outline_holds_the_pixels_that_qt_says_it_holds(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = tuple((float(x), float(y)) for x, y in random.uniform((-5, -5), (55, 45), (25, 2)))
    polygon = QPolygonF([QPointF(*point) for point in points])
    centres = [(row, column) for row in range(40) for column in range(50)]
    rule = Qt.FillRule.OddEvenFill
    inside = [at for at in centres if polygon.containsPoint(QPointF(at[1] + 0.5, at[0] + 0.5), rule)]
    found = statistics(Outline(points), slice_with((0.5, 2.0)))
    assert found.count == len(inside)
    assert found.mean == pytest.approx(np.mean([float(VALUES[at]) for at in inside]))
    assert found.area_mm2 == pytest.approx(len(inside))


@pytest.mark.parametrize("shape", list(Shape))
def test_the_histogram_counts_every_pixel_of_the_region_once(shape: Shape) -> None:
    region = Region(shape, (3, 4), (47, 33))
    values = values_in(region, slice_with(None))
    counts, low, high = histogram(values)
    edges = np.linspace(low, high, counts.size + 1)
    expected = [int(((values >= left) & (values < right)).sum()) for left, right in itertools.pairwise(edges)]
    assert counts.tolist() == expected
    assert counts.sum() == statistics(region, slice_with(None)).count
    assert counts.size <= 64
    assert low == values.min()


def test_few_whole_values_have_a_bar_each() -> None:
    counts, low, high = histogram(np.array([5.0, 5.0, 7.0]))
    assert (counts.tolist(), low, high) == ([2, 0, 1], 5.0, 8.0)
    assert histogram(np.empty(0))[0].size == 0


def test_the_ends_of_the_histogram_have_a_true_minus_sign(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    class Listening(QPainter):
        def drawText(self, *what: Any) -> None:  # type: ignore[override]
            drawn.append(what[-1])

    monkeypatch.setattr("covidviewer.ui.dialogs.histogram.QPainter", Listening)
    bars = Bars(look)
    bars.show_counts(np.array([3, 1]), -1024.0, -24.0)
    bars.grab()
    assert drawn == ["\N{MINUS SIGN}1024", "\N{MINUS SIGN}24"]


@pytest.mark.parametrize(("first", "second", "expected"), [(0, 30, 30), (0, 150, 30), (20, 200, 0), (10, 100, 90)])
def test_a_cobb_angle_is_the_smaller_one_whichever_way_the_lines_were_drawn(
    first: float, second: float, expected: float
) -> None:
    spacing = (0.7, 1.4)

    def line(angle: float, at: float) -> Distance:
        end = (at + math.cos(math.radians(angle)) / spacing[1], math.sin(math.radians(angle)) / spacing[0])
        return Distance((at, 0.0), end)

    cobb = Cobb(line(first, 0), line(second, 40))
    assert cobb_degrees(cobb, spacing) == pytest.approx(expected, abs=1e-9)


def test_padding_is_not_in_statistics() -> None:
    found = statistics(Region(Shape.RECTANGLE, (0, 0), (50, 40)), slice_with(None, padding=True))
    assert found.count == 20 * 50
    assert found.mean == pytest.approx(VALUES[20:].mean())


def test_a_region_beyond_the_picture_says_that_it_holds_nothing() -> None:
    assert measurement_text(Region(Shape.RECTANGLE, (60, 60), (80, 80)), slice_with(None)) == "no pixels"


@pytest.mark.parametrize(
    ("pixels_per_mm", "text"), [(1.0, "20 cm"), (2.0, "10 cm"), (8.0, "2 cm"), (60.0, "2 mm"), (0.05, "200 cm")]
)
def test_the_scale_bar_is_the_longest_round_length_that_fits(pixels_per_mm: float, text: str) -> None:
    bar = scale_bar(pixels_per_mm, 200)
    assert bar is not None
    assert bar.text == text
    assert bar.pixels == pytest.approx(bar.mm * pixels_per_mm)
    assert bar.pixels <= 200


@pytest.mark.parametrize("pixels_per_mm", [0.0, math.nan, math.inf])
def test_nonsense_spacing_has_no_scale_bar(pixels_per_mm: float) -> None:
    assert scale_bar(pixels_per_mm, 200) is None


@pytest.mark.parametrize("view", range(200, 1400, 50))
def test_the_scale_bar_with_its_label_ends_before_the_corners_text(view: int) -> None:
    corner, label = 139.0, 48.0
    bar = scale_bar(1.3, room(view, corner, label))
    if bar is not None:
        assert view / 2 + bar.pixels / 2 + label <= view - corner
        assert bar.pixels <= view / 4
    else:
        assert view / 2 + label + 0.13 / 2 > view - corner
