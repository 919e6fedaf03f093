"""Batches: every labelled slice once, drawn opacities carry the COVID label, the same seeds give the same pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.training.batches.made_up_batches import EDGE, canvases, epoch_batches, sources
from training.batches.augment import Augmentation
from training.batches.batches import batch_of, canvas, plain_inputs
from training.data.framed import Canvases
from training.data.samples import CLEAR, COVID


def test_an_epoch_shows_every_slice_once() -> None:
    batches = list(epoch_batches(sources(), (0,)))
    middles = np.concatenate([batch.inputs[:, 16, 16, 0] for batch in batches])
    expected = plain_inputs(canvases([0, 1] * 4), 32)[:, 16, 16, 0]
    assert sorted(middles.tolist()) == pytest.approx(sorted(expected.tolist()))
    assert np.concatenate([batch.targets for batch in batches]).sum(axis=0).tolist() == [4, 4]


def test_a_slice_keeps_its_label_without_drawing() -> None:
    table = dict(zip(plain_inputs(canvases([0, 1] * 4), 32)[:, 16, 16, 0].round(4).tolist(), [0, 1] * 4, strict=True))
    for batch in epoch_batches(sources(), (1,)):
        for picture, target in zip(batch.inputs, batch.targets, strict=True):
            nearest = min(table, key=lambda grey: abs(grey - float(picture[16, 16, 0])))
            assert table[nearest] == target.argmax()


def test_drawing_always_turns_every_clear_slice_into_covid() -> None:
    for batch in epoch_batches(sources(drawn=1.0), (0,)):
        assert batch.targets[:, COVID].all()


def test_half_of_the_extra_slices_are_drawn_into() -> None:
    batch = next(epoch_batches(sources(extra=4), (0,)))
    assert batch.inputs.shape == (8, 32, 32, 2)
    assert batch.targets[4:].argmax(axis=1).tolist() == [COVID, CLEAR, COVID, CLEAR]
    spread = batch.inputs[4:, ..., 0].std(axis=(1, 2))
    plain = plain_inputs(canvases([-1] * 6), 32)[..., 0].std(axis=(1, 2))
    assert all(np.abs(plain - spread[i]).min() < 1e-4 for i in (1, 3))


def test_without_labelled_slices_an_epoch_shows_every_clear_one_once() -> None:
    alone = replace(sources(extra=2), batch=0)
    batches = list(epoch_batches(alone, (0,)))
    assert [len(batch.inputs) for batch in batches] == [2, 2, 2]
    assert np.concatenate([batch.targets for batch in batches]).sum(axis=0).tolist() == [3, 3]


def test_the_same_seeds_give_the_same_batches() -> None:
    how = Augmentation(texture=1.0)
    a, b = (list(epoch_batches(sources(0.5, 2, how), (7,))) for _ in range(2))
    assert all(
        np.array_equal(x.inputs, y.inputs) and np.array_equal(x.targets, y.targets) for x, y in zip(a, b, strict=True)
    )


def test_a_canvas_is_calibrated_again() -> None:
    density, hull = canvas(canvases([0]), 0)
    assert float(density[32, 32]) == pytest.approx(40 / 255 * 1.6 - 0.3, abs=1e-5)
    assert set(np.unique(hull).tolist()) == {0.0, 1.0}


def test_a_batch_is_the_same_without_those_before_it() -> None:
    how = Augmentation(texture=1.0)
    every = list(epoch_batches(sources(0.5, 2, how), (7,)))
    alone = batch_of(sources(0.5, 2, how), (7,), 1)
    assert np.array_equal(alone.inputs, every[1].inputs)


def outlined(labels: list[int]) -> Canvases:
    """The same with a lesion in the upper left quarter of those that are COVID."""
    lesion = np.zeros((len(labels), EDGE, EDGE), np.uint8)
    lesion[[place for place, label in enumerate(labels) if label == COVID], 16:32, 16:32] = 255
    return replace(canvases(labels), lesion=lesion)


def test_lesions_are_known_of_outlined_and_drawn_slices_and_of_no_labelled_one() -> None:
    """At 64 pixels a batch has four cells a slice, each a quarter of the hull."""
    both = replace(sources(extra=2), size=64, lesioned=outlined([COVID, CLEAR, COVID, CLEAR]), outlined=4)
    batch = next(epoch_batches(both, (0,)))
    assert batch.inputs.shape == (4 + 2 + 4, 64, 64, 2)
    assert batch.lesions.shape == batch.known.shape == (10, 2, 2)
    assert not batch.known[:4].any()
    assert not batch.lesions[:4].any()
    np.testing.assert_allclose(
        batch.known[4:], batch.inputs[4:, ..., 1].reshape(6, 2, 32, 2, 32).mean((2, 4)), atol=1e-5
    )
    assert [bool(one.any()) for one in batch.lesions[4:]] == [True, False, True, False, True, False]
    assert batch.targets[4:].argmax(axis=1).tolist() == [COVID, CLEAR] * 3
    for lesions in batch.lesions[[6, 8]]:
        assert lesions.argmax() == 0
        assert np.count_nonzero(lesions > 0.01) == 1


def test_an_epoch_of_several_passes_shows_every_slice_so_often_and_leaves_out_only_its_last_rest() -> None:
    several = replace(sources(), batch=5, passes=3)
    middles = np.concatenate([batch.inputs[:, 16, 16, 0] for batch in epoch_batches(several, (0,))])
    assert len(middles) == 20  # of 24
    counts = np.unique(middles.round(4), return_counts=True)[1]
    assert len(counts) == 8
    assert counts.max() == 3
    assert len(np.unique(middles[:8])) == len(np.unique(middles[8:16])) == 8  # a pass ends before the next begins


def test_over_several_passes_a_clear_slice_is_shown_with_drawn_opacities_and_without() -> None:
    several = replace(sources(extra=2), passes=12)
    labels: dict[float, set[int]] = {}
    for batch in epoch_batches(several, (0,)):
        for picture, target in zip(batch.inputs[4:], batch.targets[4:], strict=True):
            darkest = round(float(picture[..., 0].min()), 3)  # opacities only make denser
            labels.setdefault(darkest, set()).add(int(target.argmax()))
    assert len(labels) == 6
    assert all(found == {COVID, CLEAR} for found in labels.values())
