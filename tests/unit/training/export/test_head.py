"""The Dense head fitted on features: held against what maximum likelihood demands, not against another fit."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from training.export.head import STRENGTHS, Head, fit_head, fit_heads
from training.statistics.calibration import sigmoid

CHANNELS = 40


def slices(count: int, seed: int, shift: float = 1.0) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """(features, covid): five channels differ between the classes by `shift` standard deviations, scales are uneven."""
    random = np.random.default_rng(seed)
    covid = random.random(count) < 0.4
    features = random.standard_normal((count, CHANNELS))
    features[:, :5] += shift * covid[:, None]
    return (np.abs(features + 6) * np.geomspace(0.01, 50, CHANNELS)).astype(np.float32), covid


def head_of(direction: NDArray[np.float64], offset: float = 0.0) -> Head:
    """As training might leave it."""
    kernel, bias = np.stack([direction, -direction], axis=1) / 2, np.array([offset, -offset]) / 2
    return Head(kernel.astype(np.float32), bias.astype(np.float32))


ROUGH = head_of(np.where(np.arange(CHANNELS) < 5, 0.5, 0.0) / np.geomspace(0.01, 50, CHANNELS), -10.0)
"""Looks at the right channels of `slices`, with the wrong weights."""


@pytest.mark.parametrize("strength", STRENGTHS)
def test_the_mean_probability_is_the_share_of_covid_whatever_the_penalty(strength: float) -> None:
    """The offset carries no penalty, so the likelihood's slope along it is zero at the fit."""
    features, covid = slices(600, seed=1)
    probability = sigmoid(fit_head(features, covid, strength, ROUGH).logits(features))
    assert probability.mean() == pytest.approx(covid.mean(), abs=2e-3)


def test_a_head_is_the_dense_layer_that_it_is_shipped_as() -> None:
    features, covid = slices(300, seed=2)
    head = fit_head(features, covid, 1e-2, ROUGH)
    outputs = features @ head.kernel + head.bias
    softmax = np.exp(outputs) / np.exp(outputs).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(softmax[:, 0], sigmoid(head.logits(features)), atol=1e-4)
    assert head.kernel.dtype == head.bias.dtype == np.float32


def test_two_engines_count_alike_and_a_shift_between_them_is_met_half_way() -> None:
    (training, known), (validation, asked) = slices(800, seed=3), slices(300, seed=4)
    step = (0.1 * training.std(axis=0)).astype(np.float32)  # one engine rounds everything up, the other down
    heads = fit_heads([training + step, training - step], known, [validation + step, validation - step], asked, ROUGH)
    seen = [heads.held_out.logits(training + sign * step) for sign in (1, -1)]
    assert np.mean([sigmoid(logits).mean() for logits in seen]) == pytest.approx(known.mean(), abs=2e-3)
    assert np.abs(seen[0].mean() - seen[1].mean()) > 0.1 * seen[0].std()


def test_the_final_head_has_learnt_validation_and_the_held_out_one_has_not() -> None:
    (training, known), (validation, asked) = slices(400, seed=5), slices(200, seed=6)
    told = fit_heads([training], known, [validation], asked, ROUGH)
    at = STRENGTHS.index(told.strength)
    np.testing.assert_array_equal(told.held_out.kernel, fit_head(training, known, STRENGTHS[at], ROUGH).kernel)
    both, truth = np.concatenate([training, validation]), np.concatenate([known, asked])
    assert sigmoid(told.final.logits(both)).mean() == pytest.approx(truth.mean(), abs=2e-3)
    assert not np.array_equal(told.final.kernel, told.held_out.kernel)


def test_where_all_penalties_do_as_well_the_stiffest_is_taken() -> None:
    (training, known), (validation, asked) = slices(1500, seed=7), slices(300, seed=8)
    assert fit_heads([training], known, [validation], asked, ROUGH).strength == STRENGTHS[0]


def test_a_freer_head_is_taken_where_a_stiff_one_is_worse_on_validation() -> None:
    """One channel holds the signal under noise, another the same noise: only their difference tells."""

    def hidden(count: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        random = np.random.default_rng(seed)
        covid = random.random(count) < 0.5
        noise = 5 * random.standard_normal(count)
        own = 0.3 * random.standard_normal((count, 2))
        return (np.stack([noise + covid, noise], axis=1) + own).astype(np.float32), covid

    (training, known), (validation, asked) = hidden(3000, 9), hidden(800, 10)
    found = fit_heads([training], known, [validation], asked, head_of(np.array([0.1, 0.0])))
    assert found.strength > STRENGTHS[0]
    assert ((found.held_out.logits(validation) > 0) == asked).mean() > 0.85


def test_without_strength_the_trained_head_keeps_its_direction_and_is_only_scaled_and_shifted() -> None:
    features, covid = slices(500, seed=11)
    fitted = fit_head(features, covid, 0.0, ROUGH)
    scale = fitted.kernel[0, 0] / ROUGH.kernel[0, 0]
    np.testing.assert_allclose(fitted.kernel, scale * ROUGH.kernel, rtol=1e-5)


def test_the_freer_the_further_from_the_trained_head() -> None:
    features, covid = slices(500, seed=12)
    spread = features.std(axis=0)
    direction = (ROUGH.kernel[:, 0] - ROUGH.kernel[:, 1]) * spread
    likeness = []
    for strength in STRENGTHS:
        kernel = fit_head(features, covid, strength, ROUGH).kernel
        found = (kernel[:, 0] - kernel[:, 1]) * spread
        likeness.append(float(found @ direction / np.linalg.norm(found) / np.linalg.norm(direction)))
    assert likeness == sorted(likeness, reverse=True)
    assert likeness[0] == pytest.approx(1)
    assert likeness[-1] < 0.98
