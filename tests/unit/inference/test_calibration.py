"""Temperature on the log odds."""

from __future__ import annotations

import numpy as np
import pytest

from covidviewer.inference.calibration import calibrated_logits, probability, raw_logits


def test_the_log_odds_are_those_of_the_probabilities() -> None:
    p = np.array([[0.5, 0.5], [0.9, 0.1], [0.2, 0.8]], np.float32)
    np.testing.assert_allclose(raw_logits(p), np.log(p[:, 0] / p[:, 1]), atol=1e-6)


def test_certain_probabilities_keep_a_finite_logit() -> None:
    assert raw_logits(np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)).tolist() == [30.0, -30.0]


def test_a_temperature_above_one_draws_scores_to_the_middle_and_keeps_their_order() -> None:
    p = np.array([[0.99, 0.01], [0.7, 0.3], [0.1, 0.9]], np.float32)
    calibrated = [probability(logit) for logit in calibrated_logits(p, 2.0)]
    assert calibrated == sorted(calibrated, reverse=True)
    assert calibrated[0] == pytest.approx(1 / (1 + (1 / 99) ** 0.5), abs=1e-5)
