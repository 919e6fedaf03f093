"""Weights in seven bits: on their steps, and chosen so that what a convolution computes changes least."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

import tests.tiny_training  # noqa: F401 - chooses Keras' backend
from training.export.rounding import rounded, shares

INPUTS, OUTPUTS, PLACES = 96, 24, 2000


def kernel() -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(0, 0.1, (INPUTS, OUTPUTS)).astype(np.float32)


def steps_of(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.abs(weights).max(axis=0) / 63)


def nearest(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.rint(weights / steps_of(weights)) * steps_of(weights))


def inputs_that_go_together() -> NDArray[np.float32]:
    """As a layer after a ReLU gives them: never negative, all of a few kinds."""
    rng = np.random.default_rng(2)
    return np.maximum(rng.normal(0, 1, (PLACES, 12)) @ rng.normal(0, 1, (12, INPUTS)) + 1, 0).astype(np.float32)


def test_every_weight_is_on_a_step_and_the_largest_of_each_output_is_kept() -> None:
    plain = kernel()
    found = rounded(plain, inputs_that_go_together())
    codes = found / steps_of(plain)
    np.testing.assert_allclose(codes, np.rint(codes), atol=1e-4)
    assert np.abs(codes).max() < 63.01
    largest = np.abs(plain).argmax(axis=0), np.arange(OUTPUTS)
    np.testing.assert_allclose(found[largest], plain[largest], rtol=1e-6)


def test_what_is_computed_of_other_slices_changes_by_less_than_half_of_what_nearest_steps_change_it() -> None:
    plain, seen = kernel(), inputs_that_go_together()
    known, other = seen[::2], seen[1::2]
    found = rounded(plain, known)
    ours, theirs = (np.linalg.norm(other @ (weights - plain)) for weights in (found, nearest(plain)))
    assert ours < 0.5 * theirs


def test_inputs_that_do_not_go_together_are_rounded_to_the_nearest_step() -> None:
    plain = kernel()
    apart = np.eye(INPUTS, dtype=np.float32)
    np.testing.assert_allclose(rounded(plain, apart), nearest(plain), atol=1e-6)


@pytest.mark.parametrize("silent", [0, 5])
def test_inputs_and_outputs_that_are_always_zero_are_borne(silent: int) -> None:
    plain, seen = kernel(), inputs_that_go_together()
    plain[:, silent] = 0
    seen[:, silent] = 0
    found = rounded(plain, seen)
    assert np.isfinite(found).all()
    assert not found[:, silent].any()


def test_shares_are_the_upper_factor_of_the_damped_inverse() -> None:
    seen = inputs_that_go_together().astype(np.float64)
    products = seen.T @ seen / PLACES
    damped = products + 0.01 * products.diagonal().mean() * np.eye(INPUTS)
    upper = shares(products)
    assert not np.tril(upper, -1).any()
    np.testing.assert_allclose(upper.T @ upper @ damped, np.eye(INPUTS), atol=1e-8)
