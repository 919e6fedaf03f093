"""One anatomy, one score, by the model that is shipped: on phantoms that are stored in other ways."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.loading import load_model
from covidviewer.phantom.slices import phantom_slice
from tests.unit.imaging.lungs.stored_orders import ORDERS, long_rows, stored


@pytest.fixture(scope="module")
def analyser() -> Iterator[Analyser]:
    analyser = load_model("litert", "cpu").analyser
    yield analyser
    analyser.close()


def test_a_slice_in_every_order_has_one_score(analyser: Analyser) -> None:
    values = phantom_slice(2, lesions=4, size=256).values
    scores = {analyser.analyse(stored(values, order)).logit_covid for order in ORDERS}
    assert len(scores) == 1


def test_pixels_that_are_not_square_move_the_score_by_less_than_0_05_in_the_median(analyser: Analyser) -> None:
    moves = []
    for seed in range(24):
        phantom = phantom_slice(seed, lesions=seed % 5, size=512)
        square = stored(phantom.values, "upright", (phantom.spacing_mm,) * 2)
        first, second = (analyser.analyse(one).p_covid for one in (square, long_rows(phantom)))
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            moves.append(abs(second - first))
    assert len(moves) >= 20
    assert np.median(moves) < 0.05
