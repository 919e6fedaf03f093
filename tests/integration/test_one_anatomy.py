"""One anatomy, one score, by the model that is shipped: on phantoms that are stored in other ways."""

from __future__ import annotations

from collections.abc import Iterator

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


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pixels_that_are_not_square_hardly_move_the_score(analyser: Analyser, seed: int) -> None:
    phantom = phantom_slice(seed, lesions=seed, size=512)
    square = stored(phantom.values, "upright", (phantom.spacing_mm,) * 2)
    results = [analyser.analyse(one) for one in (square, long_rows(phantom))]
    first, second = (result.p_covid for result in results)
    assert first is not None
    assert second is not None
    assert second == pytest.approx(first, abs=0.05)
