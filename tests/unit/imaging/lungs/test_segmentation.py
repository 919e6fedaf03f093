"""The lung hull from drawn shapes of known place, and the rules that tell what is no chest."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.imaging.lungs.chest_rules import BRAIN, RULES, ContextFeatures, refusal
from covidviewer.imaging.lungs.regions import convex_hull, solidity
from covidviewer.imaging.lungs.segmentation import (
    NO_CONTRAST,
    TOO_SMALL,
    Lungs,
    find_lungs,
    inside_margins,
    is_airway,
    otsu,
    tight_regions,
)

CHEST = ContextFeatures(2, 0.85, 0.08, 0.97, 0.07, 0.045, 0.96, 0.02, 0.91, 0.99)
"""The medians of framed slices."""

Image = NDArray[np.float32]


def chest(tissue: float = 200, lung: float = 40, air: float = 0) -> Image:
    """A body with two lungs at known places, (256, 256) float32, with a little grain."""
    picture = np.full((256, 256), air, np.float32)
    cv2.ellipse(picture, (128, 128), (120, 90), 0, 0, 360, tissue, -1)
    for x in (75, 181):
        cv2.ellipse(picture, (x, 125), (38, 62), 0, 0, 360, lung, -1)
    return picture + np.random.default_rng(0).normal(0, 2, picture.shape).astype(np.float32)


def found(picture: Image) -> Lungs:
    """The lungs; fails where there are none."""
    lungs = find_lungs(picture, in_hu=False)
    assert isinstance(lungs, Lungs), lungs
    return lungs


def test_two_drawn_lungs_are_found_where_they_were_drawn() -> None:
    lungs = found(chest())
    assert lungs.labels[125, 75] == 1
    assert lungs.labels[125, 181] == 2
    assert lungs.labels[125, 128] == 0
    assert (lungs.labels > 0).sum() == pytest.approx(2 * np.pi * 38 * 62, rel=0.05)


def test_the_calibration_points_are_the_drawn_grey_levels() -> None:
    lungs = found(chest(tissue=180, lung=45))
    assert lungs.air == pytest.approx(45, abs=4)
    assert lungs.tissue == pytest.approx(180, abs=4)


@pytest.mark.parametrize(("gain", "offset"), [(0.3, 0), (2.5, -400), (1, 1000)])
def test_the_hull_does_not_depend_on_gain_and_offset(gain: float, offset: float) -> None:
    plain, other = found(chest()).labels, found(chest() * np.float32(gain) + np.float32(offset)).labels
    assert (plain != other).mean() < 0.002


def test_an_opacity_at_the_ribs_stays_inside_the_hull() -> None:
    picture = chest()
    cv2.circle(picture, (45, 125), 12, 170, -1)
    assert found(picture).labels[125, 47] == 1


def test_a_trachea_alone_is_named() -> None:
    picture = np.zeros((256, 256), np.float32)
    cv2.ellipse(picture, (128, 128), (110, 80), 0, 0, 360, 200, -1)
    cv2.circle(picture, (128, 100), 9, 0, -1)
    answer = find_lungs(picture, in_hu=False)
    assert isinstance(answer, str)
    assert "trachea" in answer


def test_small_and_even_pictures_are_named() -> None:
    assert find_lungs(np.ones((40, 400), np.float32), in_hu=False) == TOO_SMALL
    assert find_lungs(np.ones((256, 256), np.float32), in_hu=False) == NO_CONTRAST


def test_lungs_that_run_along_the_edge_of_a_tight_crop_are_found() -> None:
    picture = chest(air=200)[63:187, 38:218]
    lungs = found(np.ascontiguousarray(picture))
    assert (lungs.labels == 1).sum() > 0.8 * np.pi * 38 * 62
    assert (lungs.labels == 2).sum() > 0.8 * np.pi * 38 * 62


def test_much_air_around_is_no_tight_crop() -> None:
    bright = np.zeros((100, 100), bool)
    bright[40:60] = True
    assert tight_regions(bright) is None


def test_an_airway_is_small_and_in_the_middle() -> None:
    region = np.zeros((1, 100, 100), bool)
    region[0, 45:55, 45:55] = True
    assert is_airway(region)
    assert not is_airway(np.roll(region, 40, axis=2))
    large = np.zeros((1, 100, 100), bool)
    large[0, 30:70, 30:70] = True
    assert not is_airway(large)


def test_margins_are_cut_away_exactly() -> None:
    level = np.full((60, 80), 255.0, np.float32)
    level[10:50, 20:70] = np.random.default_rng(1).uniform(0, 255, (40, 50))
    assert inside_margins(level) == (10, 50, 20, 70)


def test_otsu_parts_two_levels() -> None:
    picture = np.repeat(np.array([40, 200], np.float32), 500).reshape(20, 50)
    assert 40 < otsu(picture) <= 200


def test_the_convex_hull_of_two_points_apart_is_the_line_between() -> None:
    mask = np.zeros((9, 9), bool)
    mask[4, [1, 7]] = True
    assert convex_hull(mask)[4].tolist() == [False, *[True] * 7, False]


def test_solidity_is_one_for_a_square_and_half_for_a_triangle_of_steps() -> None:
    assert solidity(np.ones((20, 20), bool)) == 1
    cross = np.zeros((41, 41), bool)
    cross[20], cross[:, 20] = True, True
    assert solidity(cross) < 0.15


def test_a_usual_chest_breaks_no_rule() -> None:
    assert refusal(CHEST) is None


def test_every_rule_has_a_sentence_and_can_apply() -> None:
    assert all(rule.reason.endswith(".") for rule in RULES)
    odd = ContextFeatures(1, 0.999, -0.9, 0.5, 0.4, 0.4, 0.1, 0.5, 0.3, 0.3)
    brain = ContextFeatures(1, 0.97, 0.28, 1.0, 0.035, 0.12, 0.7, 0.0, 0.63, 0.99)
    empty = ContextFeatures(2, 0.9, 0.01, 0.9, 0.05, 0.015, 0.9, 0.15, 0.9, 0.9)
    inverted = ContextFeatures(1, 0.9, None, 0.95, 0.05, 0.02, 1.0, 0.0, 0.9, 1.0, bright_holes=2)
    assert all(any(rule.applies(case) for case in (odd, brain, empty, inverted)) for rule in RULES)


def test_a_brain_in_its_skull_is_told_as_a_head() -> None:
    picture = np.zeros((256, 256), np.float32)
    cv2.ellipse(picture, (128, 128), (90, 110), 0, 0, 360, 255, -1)
    cv2.ellipse(picture, (128, 128), (80, 100), 0, 0, 360, 70, -1)
    picture += np.random.default_rng(0).normal(0, 3, picture.shape).astype(np.float32)
    assert find_lungs(picture, in_hu=False) == BRAIN
