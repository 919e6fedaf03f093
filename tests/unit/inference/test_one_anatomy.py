"""One anatomy, one score: a slice stored in another order is scored alike, and its heat lies on the same lung."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.imaging.slices import Slice
from covidviewer.inference.analyser import Analyser
from covidviewer.inference.card import Pooling
from covidviewer.inference.classifier import Predictions
from covidviewer.inference.evidence import evidence
from covidviewer.inference.results import Outcome, Result
from covidviewer.phantom.slices import phantom_slice
from covidviewer.services.heatmaps import heat_layer
from tests.unit.imaging.lungs.stored_orders import LONG, ORDERS, as_picture, stored
from tests.unit.services.fakes import CHANNELS, FakeClassifier, fake_bundle

PHANTOM = phantom_slice(3, size=256)


class SeesDensity(FakeClassifier):
    """Its last feature map tells where lung is as dense as bone, and its score weighs every pixel by its place."""

    def predict(self, inputs: NDArray[np.float32]) -> Predictions:
        predictions = super().predict(inputs)
        crop, hull = inputs[..., 0], inputs[..., 1]
        dense = ((crop > 1.15) & (hull > 0.99)).reshape(-1, 7, 32, 7, 32).mean(axis=(2, 4))
        places = np.linspace(-1, 1, 224)[:, None] + np.linspace(-0.5, 1, 224)
        odds = (crop * places).mean(axis=(1, 2))
        first = (1 / (1 + np.exp(-odds))).astype(np.float32)
        maps = np.repeat(dense[..., None], CHANNELS, axis=3).astype(np.float32)
        return Predictions(np.stack([first, 1 - first], axis=1), predictions.features, maps)


def marked() -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    """The phantom's values with something dense low in the lung on the picture's left, and where it is."""
    rows, columns = np.nonzero(PHANTOM.lungs == 1)
    y, x = np.quantile(rows, 0.75), np.quantile(columns, 0.4)
    down, across = np.mgrid[:256, :256]
    mark = (down - y) ** 2 + (across - x) ** 2 < 11**2
    return np.where(mark, np.int16(250), PHANTOM.values).astype(np.int16), mark


def lies_on(place: tuple[float, float], mark: NDArray[np.bool_], cell: tuple[float, float]) -> bool:
    """Whether (y, x) lies within a cell's (height, width) of the middle of a mark."""
    return all(abs(at - axis.mean() - 0.5) < edge for at, axis, edge in zip(place, np.nonzero(mark), cell, strict=True))


def cell_of(result: Result) -> tuple[float, float]:
    """(height, width) of a heat map's cell in the slice's pixels."""
    assert result.framing is not None
    box = result.framing.box
    return (box.bottom - box.top) / 7, (box.right - box.left) / 7


def analysed(slice_: Slice) -> Result:
    bundle = fake_bundle()
    card = replace(bundle.card, pooling=Pooling.LUNGS)
    result = Analyser(SeesDensity(), replace(bundle, card=card)).analyse(slice_)
    assert result.outcome is Outcome.SCORED, result.reason
    return result


@pytest.mark.parametrize("order", ORDERS)
def test_a_slice_in_every_order_has_the_same_score_and_its_heat_where_it_is_stored(order: str) -> None:
    values, mark = marked()
    upright, turned = analysed(stored(values, "upright")), analysed(stored(values, order))
    assert turned.p_covid == upright.p_covid
    assert turned.opacity == upright.opacity
    there = ORDERS[order][0](mark)
    place = evidence(turned)[0]
    assert lies_on((place.y, place.x), there, cell_of(turned))
    layer = heat_layer(turned, there.shape)
    hottest = np.unravel_index(int(layer.argmax()), there.shape)
    assert lies_on((float(hottest[0]), float(hottest[1])), there, cell_of(turned))
    np.testing.assert_allclose(layer, ORDERS[order][0](heat_layer(upright, mark.shape)), atol=1e-5)


@pytest.mark.parametrize("order", ORDERS)
def test_people_see_the_models_input_as_the_slice_is_stored_and_the_model_sees_the_standard(order: str) -> None:
    values, _ = marked()
    upright, turned = analysed(stored(values, "upright")), analysed(stored(values, order))
    assert turned.model_input is not None
    assert turned.model_input_as_stored is not None
    assert upright.model_input is not None
    np.testing.assert_array_equal(turned.model_input, upright.model_input)
    for channel in (0, 1):
        shown = turned.model_input_as_stored[..., channel]
        np.testing.assert_array_equal(shown, ORDERS[order][0](upright.model_input[..., channel]))


def test_a_slice_whose_orientation_is_unknown_is_scored_as_it_lies() -> None:
    values, _ = marked()
    upright = stored(values, "upright")
    assert analysed(as_picture(upright)).p_covid == analysed(upright).p_covid
    mirrored = stored(values, "mirrored")
    assert analysed(as_picture(mirrored)).p_covid != analysed(mirrored).p_covid


def test_the_heat_of_pixels_that_are_not_square_lies_in_its_place() -> None:
    values, mark = marked()
    kept = np.round(np.arange(0, 255, LONG)).astype(int)
    wide = stored(values[:, kept], "upright", (1.0, LONG))
    result = analysed(wide)
    place = evidence(result)[0]
    assert lies_on((place.y, place.x), mark[:, kept], cell_of(result))
    cell = cell_of(result)
    assert cell[0] / cell[1] == pytest.approx(LONG, rel=0.02)
