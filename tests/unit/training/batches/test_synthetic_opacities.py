"""Drawn opacities: only denser, only inside the hull, only where there is air, and the same for the same generator."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from training.batches.synthetic_opacities import lesion, render_opacities, smooth_noise

EDGE = 160


def clear_slice() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A clear round lung with one vessel, in soft tissue: (density, hull)."""
    rows, columns = np.mgrid[:EDGE, :EDGE]
    hull = ((rows - 80) ** 2 + (columns - 80) ** 2 < 60**2).astype(np.float32)
    density = np.where(hull > 0, 0.02, 1.0).astype(np.float32)
    density[78:82, 40:120] = 1.0
    return density, hull


@pytest.mark.parametrize("seed", range(12))
def test_drawn_opacities_only_make_denser_and_only_inside_the_hull(seed: int) -> None:
    density, hull = clear_slice()
    drawn = render_opacities(density, hull, np.random.default_rng(seed))
    assert drawn.dtype == np.float32
    assert (drawn - density).min() >= -1e-6
    assert np.array_equal(drawn[hull == 0], density[hull == 0])
    assert (drawn > density + 0.1).any()


@pytest.mark.parametrize("seed", range(4))
def test_vessels_stay_as_they_are(seed: int) -> None:
    density, hull = clear_slice()
    drawn = render_opacities(density, hull, np.random.default_rng(seed))
    assert np.array_equal(drawn[78:82, 40:120], density[78:82, 40:120])


def test_the_given_slice_is_not_changed() -> None:
    density, hull = clear_slice()
    before = density.copy()
    render_opacities(density, hull, np.random.default_rng(0))
    assert np.array_equal(density, before)


def test_the_same_generator_state_draws_the_same() -> None:
    a, b = (render_opacities(*clear_slice(), np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, render_opacities(*clear_slice(), np.random.default_rng(6)))


def test_where_no_air_is_nothing_is_drawn() -> None:
    density, hull = np.ones((EDGE, EDGE), np.float32), clear_slice()[1]
    assert np.array_equal(render_opacities(density, hull, np.random.default_rng(0)), density)


def test_a_lesion_is_densest_at_its_centre_and_ends() -> None:
    cover = lesion((EDGE, EDGE), (80, 80), np.random.default_rng(1))
    assert cover[80, 80] == 1
    assert cover[[0, 0, -1, -1], [0, -1, 0, -1]].max() == 0


@pytest.mark.parametrize("sigma", [0.8, 3.0, 9.0])
def test_noise_is_standard_and_smoother_for_larger_sigma(sigma: float) -> None:
    noise = smooth_noise((EDGE, EDGE + 3), sigma, np.random.default_rng(0))
    assert noise.shape == (EDGE, EDGE + 3)
    assert (float(noise.mean()), float(noise.std())) == pytest.approx((0, 1), abs=1e-3)
    rougher = smooth_noise((EDGE, EDGE + 3), sigma / 2, np.random.default_rng(0))
    assert np.abs(np.diff(noise)).mean() < np.abs(np.diff(rougher)).mean()
