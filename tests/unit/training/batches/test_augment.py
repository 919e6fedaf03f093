"""Augmentation: none at all is the framing's own input, and every part stays within its range."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import (
    CALIBRATED_RANGE,
    Framing,
    calibrate,
    cut,
    frame_lungs,
    model_input,
    readable_values,
)
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.phantom.slices import phantom_slice
from training.batches.augment import NONE, Augmentation, augmented, moved_edge, placement
from training.data.framed import CANVAS_GROWTH, CANVAS_SIZE, grown

Image = NDArray[np.float32]


@cache
def canvas() -> tuple[Image, Image, Image]:
    """(density, hull) of a phantom's canvas, and the program's own input."""
    slice_ = Slice(phantom_slice(1, 0.45, 2, 512).values, Units.HU, Source(Path("slice.dcm"), FileKind.DICOM))
    framing = frame_lungs(slice_)
    assert isinstance(framing, Framing)
    box = grown(framing.box, CANVAS_GROWTH)
    density = cut(calibrate(readable_values(slice_), framing), box, 1.0, CANVAS_SIZE)
    hull = cut((framing.lungs > 0).astype(np.float32), box, 0.0, CANVAS_SIZE)
    return density, hull, model_input(slice_, framing)


def test_no_augmentation_is_the_programs_own_input() -> None:
    density, hull, expected = canvas()
    found = augmented(density, hull, 224, NONE, np.random.default_rng(0))
    assert found.shape == expected.shape
    difference = np.abs(found - expected)
    assert difference.mean() < 0.02
    assert np.quantile(difference, 0.98) < 0.2


@pytest.mark.parametrize("seed", range(8))
def test_every_augmentation_stays_within_the_inputs_range(seed: int) -> None:
    found = augmented(*canvas()[:2], 112, Augmentation(texture=1.0), np.random.default_rng(seed))
    assert found.shape == (112, 112, 2)
    assert found.dtype == np.float32
    assert CALIBRATED_RANGE[0] <= found[..., 0].min()
    assert found[..., 0].max() <= CALIBRATED_RANGE[1]
    assert (found[..., 1].min(), found[..., 1].max()) == pytest.approx((0, 1), abs=1e-6)


def test_the_same_generator_state_gives_the_same_picture() -> None:
    a, b, c = (augmented(*canvas()[:2], 112, Augmentation(), np.random.default_rng(s)) for s in (3, 3, 4))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_flipping_alone_mirrors_or_keeps() -> None:
    how = replace(NONE, flip=True)
    plain = augmented(*canvas()[:2], 112, NONE, np.random.default_rng(0))
    kinds = set()
    for seed in range(12):
        found = augmented(*canvas()[:2], 112, how, np.random.default_rng(seed))
        kinds.add(
            "kept"
            if np.allclose(found, plain)
            else "mirrored"
            if np.allclose(found, plain[:, ::-1], atol=1e-4)
            else "?"
        )
    assert kinds == {"kept", "mirrored"}


@pytest.mark.parametrize("seed", range(6))
def test_the_middle_moves_no_further_than_the_shift(seed: int) -> None:
    how = Augmentation()
    matrix = placement(CANVAS_SIZE, 224, how, np.random.default_rng(seed))
    middle = matrix @ np.array([(CANVAS_SIZE - 1) / 2, (CANVAS_SIZE - 1) / 2, 1])
    assert np.abs(middle - 111.5).max() <= how.shift * 224 + 1e-9


def test_a_moved_edge_moves_by_no_more_than_asked() -> None:
    hull = np.zeros((120, 120), np.float32)
    hull[30:90, 30:90] = 1
    for seed in range(6):
        moved = moved_edge(hull, 3.0, np.random.default_rng(seed))
        assert moved[40:80, 40:80].min() == 1
        assert moved[:24].max() == 0
