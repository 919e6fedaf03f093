"""What frozen layers make of a slice is kept: the same for every run, and gone on with where it was stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.training.batches.made_up_batches import canvases
from training.batches.augment import NONE, Augmentation
from training.batches.batches import Sources, plain_inputs
from training.data.samples import CLEAR, COVID
from training.fit.kept import KeptFeatures

VARIANTS = 4
HOW = Augmentation(texture=1.0)


class Lower:
    """The frozen layers' place: every fourth pixel of the input."""

    def __init__(self) -> None:
        self.seen = 0

    def predict_on_batch(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        self.seen += len(inputs)
        return inputs[:, ::4, ::4]


Make = Callable[[str], tuple[KeptFeatures, Lower]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Eight labelled and six clear slices, kept in a folder of that name."""

    def made(folder: str, how: Augmentation = HOW) -> tuple[KeptFeatures, Lower]:
        lower = Lower()
        sources = Sources(canvases([0, 1] * 4), canvases([-1] * 6), 32, 4, 2, 0.5, how)
        weights = {"conv1_conv/kernel": np.ones(3, np.float32)}
        kept = KeptFeatures(lower, sources, VARIANTS, 2020, weights, tmp_path / folder)
        kept.fill(lambda _: None)
        return kept, lower

    return made


def test_two_runs_keep_the_same(make: Make) -> None:
    (first, _), (second, _) = make("a"), make("b")
    for name in ("0.png", "5.png"):
        for source in ("labelled", "clear"):
            ours, theirs = first.read(source, name), second.read(source, name)
            np.testing.assert_array_equal(ours.maps, theirs.maps)
            np.testing.assert_array_equal(ours.cells, theirs.cells)


def test_other_pixels_under_the_same_names_are_computed_anew(tmp_path: Path) -> None:
    weights = {"conv1_conv/kernel": np.ones(3, np.float32)}
    seen = []
    for brighter in (0, 1, 0):
        lower, plain = Lower(), canvases([0, 1] * 4)
        labelled = replace(plain, density=plain.density // 2 + np.uint8(brighter))
        KeptFeatures(lower, Sources(labelled, None, 32, 4, 0, 0.0, HOW), VARIANTS, 1, weights, tmp_path).fill(print)
        seen.append(lower.seen)
    assert seen == [8 * VARIANTS, 8 * VARIANTS, 0]


def test_the_first_variant_is_not_augmented_and_the_others_differ(make: Make) -> None:
    kept, _ = make("a")
    maps = kept.read("labelled", "3.png").maps
    plain = plain_inputs(canvases([0, 1] * 4), 32)[3, ::4, ::4]
    np.testing.assert_allclose(maps[0], plain, atol=2e-3)  # float16
    assert len(np.unique(maps.reshape(VARIANTS, -1), axis=0)) == VARIANTS


def test_every_odd_variant_of_a_clear_slice_has_lesions_and_no_even_one(make: Make) -> None:
    kept, _ = make("a")
    for number in range(6):
        lesions = kept.read("clear", f"{number}.png").cells[:, 1]
        assert [bool(one.any()) for one in lesions] == [False, True, False, True]
        assert not kept.read("labelled", f"{number}.png").cells[:, 1:].any()  # nobody outlined those


def test_what_is_kept_is_not_computed_again_and_what_was_cut_off_is(make: Make) -> None:
    kept, lower = make("a")
    assert lower.seen == (8 + 6) * VARIANTS
    assert make("a")[1].seen == 0
    kept.files("clear", "2.png")[1].unlink()  # the maps were written, their cells not yet
    assert make("a")[1].seen == VARIANTS


def test_an_epoch_takes_drawn_variants_for_drawn_picks_and_shows_every_labelled_slice(make: Make) -> None:
    kept, _ = make("a")
    batches = list(kept.epoch((7, 0, 0)))
    assert [len(batch.targets) for batch in batches] == [6, 6]
    for batch in batches:
        assert isinstance(batch.inputs, list)
        assert [part.shape for part in batch.inputs] == [(6, 8, 8, 2), (6, 1, 1, 1)]
        assert batch.targets[4:].argmax(axis=1).tolist() == [COVID, CLEAR]
        assert [bool(one.any()) for one in batch.lesions[4:]] == [True, False]
        assert not batch.known[:4].any()
    labelled = np.concatenate([batch.targets[:4] for batch in batches])
    assert labelled.sum(axis=0).tolist() == [4, 4]
    again = list(kept.epoch((7, 0, 0)))
    np.testing.assert_array_equal(batches[1].inputs[0], again[1].inputs[0])


def test_another_augmentation_and_other_weights_are_kept_elsewhere(tmp_path: Path) -> None:
    sources = [Sources(canvases([0, 1]), None, 32, 2, 0, 0.0, how) for how in (NONE, HOW)]
    ones, twos = ({"a": np.full(2, value, np.float32)} for value in (1, 2))
    made = [
        KeptFeatures(Lower(), *parts, tmp_path).folder
        for parts in ((sources[0], 4, 1, ones), (sources[1], 4, 1, ones), (sources[0], 4, 1, twos))
    ]
    assert len(set(made)) == 3
