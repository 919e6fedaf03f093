"""The three chests that explain the score show what they are said to show."""

from __future__ import annotations

import numpy as np
import pytest

from covidviewer.phantom.examples import Example, example_slice


def shares(example: Example) -> tuple[float, float]:
    """Share of each lung, the one on the picture's left first, that is diseased."""
    phantom = example_slice(example, 256)
    left, right = (float((phantom.lesions & (phantom.lungs == lung)).sum() / (phantom.lungs == lung).sum())
                   for lung in (1, 2))  # fmt: skip
    return left, right


def test_the_clear_chest_has_no_lesion() -> None:
    assert shares(Example.CLEAR) == (0, 0)


def test_the_opacities_lie_in_both_lungs_and_are_ground_glass() -> None:
    assert all(0.1 < share < 0.5 for share in shares(Example.OPACITIES))
    phantom = example_slice(Example.OPACITIES, 256)
    assert -700 < np.median(phantom.values[phantom.lesions]) < -450


def test_the_other_disease_fills_much_of_one_lung_alone() -> None:
    left, right = shares(Example.OTHER_DISEASE)
    assert left == 0
    assert right > 0.3
    phantom = example_slice(Example.OTHER_DISEASE, 256)
    assert np.median(phantom.values[phantom.lesions]) > -50


@pytest.mark.parametrize("example", [Example.OPACITIES, Example.OTHER_DISEASE])
def test_outside_the_lesions_the_chest_is_the_clear_one(example: Example) -> None:
    clear, ill = example_slice(Example.CLEAR, 256), example_slice(example, 256)
    healthy = ill.lungs == 0
    assert np.array_equal(clear.lungs, ill.lungs)
    assert np.median(np.abs(clear.values[healthy].astype(float) - ill.values[healthy])) == 0
