"""Connected regions and their areas, against drawn masks and OpenCV's own statistics."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from covidviewer.imaging.lungs.regions import area, regions_of, share


def test_two_squares_that_touch_at_a_corner_are_two_by_edges_and_one_by_corners() -> None:
    mask = np.zeros((9, 9), bool)
    mask[1:4, 1:4] = mask[4:8, 4:8] = True
    labels, pixels = regions_of(mask)
    assert pixels.tolist() == [81 - 25, 9, 16]
    assert labels[1, 1] != labels[4, 4]
    _, pixels = regions_of(mask, connectivity=8)
    assert pixels.tolist() == [81 - 25, 25]


@pytest.mark.parametrize("density", [0.0, 0.02, 0.3, 0.6, 1.0])
@pytest.mark.parametrize("connectivity", [4, 8])
def test_labels_and_areas_are_those_of_opencvs_statistics_however_many_there_are(
    density: float, connectivity: int
) -> None:
    mask = np.random.default_rng(3).random((256, 256)) < density
    labels, pixels = regions_of(mask, connectivity)
    _, theirs, statistics, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=connectivity)
    np.testing.assert_array_equal(labels, theirs)
    np.testing.assert_array_equal(pixels, statistics[:, cv2.CC_STAT_AREA])


def test_area_and_share_count_what_is_set() -> None:
    mask = np.zeros((4, 5), bool)
    mask[0, :3] = True
    assert (area(mask), share(mask), share(mask[:0])) == (3, 3 / 20, 0.0)
