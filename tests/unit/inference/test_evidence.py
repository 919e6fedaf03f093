"""Evidence: the strongest places of a heat map, in the slice's own pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Calibration, Framing
from covidviewer.inference.evidence import Evidence, evidence, share_outside
from covidviewer.inference.results import Label, Outcome, Result

BOX = Box(10.0, -20.0, 80.0, 50.0)
"""7 x 7 cells of 10 x 10 pixels; the two left columns of cells lie beyond the picture."""


def result_of(heat: NDArray[np.float32], lungs: NDArray[np.uint8]) -> Result:
    framing = Framing(BOX, lungs, -900.0, 25.0, Calibration.HU)
    return Result(Outcome.SCORED, p_covid=0.5, logit_covid=0.0, label=Label.COVID, framing=framing, heat_map=heat)


def test_a_cell_is_placed_at_its_centre_in_the_slices_pixels() -> None:
    heat = np.zeros((7, 7), np.float32)
    heat[2, 3] = 1.5
    assert evidence(result_of(heat, np.ones((100, 60), np.uint8))) == (Evidence(x=15.0, y=35.0, log_odds=1.5),)


def test_what_speaks_for_comes_first_by_size_and_then_what_speaks_against() -> None:
    heat = np.zeros((7, 7), np.float32)
    heat[3, 2:6] = 0.5, -4.0, 2.0, -1.0
    found = [one.log_odds for one in evidence(result_of(heat, np.ones((100, 60), np.uint8)))]
    assert found == [2.0, 0.5, -4.0, -1.0]


def test_at_most_five_places_are_told() -> None:
    heat = np.arange(49, dtype=np.float32).reshape(7, 7)
    found = [one.log_odds for one in evidence(result_of(heat, np.ones((100, 60), np.uint8)))]
    assert found == [48, 47, 46, 45, 44]


def test_cells_outside_the_lungs_and_beyond_the_picture_are_no_evidence() -> None:
    lungs = np.zeros((100, 60), np.uint8)
    lungs[30:40, 10:20] = 2
    heat = np.full((7, 7), 3.0, np.float32)
    assert [(one.x, one.y) for one in evidence(result_of(heat, lungs))] == [(15.0, 35.0)]


def test_a_slice_without_a_score_has_no_evidence() -> None:
    assert evidence(Result(Outcome.INDETERMINATE, "No lungs were found.")) == ()


def test_the_share_of_what_speaks_for_outside_the_lungs_is_told() -> None:
    lungs = np.zeros((70, 70), np.uint8)
    lungs[:, :35] = 1
    heat = np.zeros((7, 7), np.float32)
    heat[3, 3], heat[3, 6], heat[2, 6] = 3, 1, -9
    assert share_outside(result_of(heat, lungs)) == 0.25
    assert share_outside(result_of(-np.abs(heat), lungs)) == 0
