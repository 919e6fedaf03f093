"""The distortions do what their names say, and a picture in a whole field is what a scanner would have given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from covidviewer.imaging.lungs.framing import Framing, frame_lungs, model_input
from covidviewer.imaging.slices import FileKind, Slice, Source, Units
from covidviewer.phantom.files import LUNG_WINDOW, windowed
from covidviewer.phantom.slices import phantom_slice
from training.evaluation.robustness import (
    DISTORTIONS,
    FIELD,
    WALL,
    compressed,
    halved,
    mirrored,
    noisy,
    rewindowed,
    whole_field,
)

SEEDS = (1, 2, 3)


def tight_picture(seed: int) -> Slice:
    """A phantom in the lung window, cut where the lungs end, so that it shows no chest wall beside them."""
    phantom = phantom_slice(seed, level=0.45, lesions=2, size=384)
    rows, columns = np.nonzero(phantom.lungs)
    cut = np.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    grey = windowed(phantom.values, LUNG_WINDOW)[cut]
    return Slice(grey.astype(np.int16), Units.GREY, Source(Path("picture.png"), FileKind.PNG))


def framed(slice_: Slice) -> np.ndarray:
    """(224, 224, 2) what the network sees of it; nothing where no lungs are found."""
    framing = frame_lungs(slice_)
    return model_input(slice_, framing) if isinstance(framing, Framing) else np.zeros((224, 224, 2), np.float32)


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union of two hulls."""
    return float(((a > 0.5) & (b > 0.5)).sum() / max(1, int(((a > 0.5) | (b > 0.5)).sum())))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_whole_field_with_its_chest_wall_shows_the_network_the_same_lungs(seed: int) -> None:
    tight = framed(tight_picture(seed))
    whole = framed(whole_field(tight_picture(seed), wall=WALL))
    assert tight[..., 1].any()
    assert overlap(tight[..., 1], whole[..., 1]) > 0.9
    inside = (tight[..., 1] > 0.99) & (whole[..., 1] > 0.99)
    assert np.median(np.abs(tight[inside, 0] - whole[inside, 0])) < 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_chest_wall_cut_lungs_run_out_into_the_air(seed: int) -> None:
    tight = framed(tight_picture(seed))
    assert overlap(tight[..., 1], framed(whole_field(tight_picture(seed)))[..., 1]) < 0.9


def test_the_chest_wall_is_filled_in_beside_the_picture_alone() -> None:
    picture = tight_picture(1)
    plain, walled = whole_field(picture), whole_field(picture, wall=WALL)
    assert plain.units is walled.units is Units.HU
    assert plain.values.shape == walled.values.shape == (FIELD, FIELD)
    rows, columns = picture.values.shape
    scale = min(1.0, 0.75 * FIELD / max(rows, columns))
    rows, columns = round(rows * scale), round(columns * scale)
    shown = np.s_[(FIELD - rows) // 3 :, (FIELD - columns) // 2 :]
    assert np.array_equal(plain.values[shown][:rows, :columns], walled.values[shown][:rows, :columns])
    assert np.count_nonzero(plain.values != walled.values) > WALL * rows


def test_each_distortion_does_what_it_says() -> None:
    picture = tight_picture(2)
    values = picture.values.astype(float)
    assert np.array_equal(mirrored(picture).values, picture.values[:, ::-1])
    assert halved(picture).values.shape == (round(values.shape[0] / 2), round(values.shape[1] / 2))
    middle = (values > 60) & (values < 200)
    assert np.allclose((rewindowed(picture, -0.1, 1.0).values - values)[middle], 25.5, atol=0.51)
    assert np.std(noisy(picture, 5.0).values[middle] - values[middle]) == pytest.approx(5, rel=0.1)
    worse = [np.abs(compressed(picture, quality).values - values).mean() for quality in (90, 50, 20)]
    assert worse == sorted(worse)


@pytest.mark.parametrize("name", DISTORTIONS)
def test_no_distortion_changes_the_slice_it_was_given(name: str) -> None:
    picture = tight_picture(3)
    before = picture.values.copy()
    DISTORTIONS[name](picture)
    assert np.array_equal(picture.values, before)
