"""Figures against scikit-learn, SciPy and counting by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest
from sklearn import metrics as oracle

from training.statistics import metrics
from training.statistics.calibration import clear_threshold, fit, fit_line, logit_of, sigmoid
from training.statistics.intervals import clustered_share, grouped_bootstrap, wilson

Case = tuple[metrics.Truth, metrics.Scores]


@pytest.fixture(params=range(5))
def case(request: pytest.FixtureRequest) -> Case:
    """Random truth and probabilities, with ties."""
    rng = np.random.default_rng(request.param)
    truth = rng.random(200) < 0.4
    score = 0.5 + 0.25 * (truth.astype(np.float64) - 0.4) + 0.2 * rng.standard_normal(200)
    return truth, np.asarray(np.round(np.clip(score, 0, 1), 2), np.float64)


def test_area_under_the_curve_is_scikit_learns_also_with_ties(case: Case) -> None:
    assert metrics.area_under_roc(*case) == pytest.approx(oracle.roc_auc_score(*case))


def test_average_precision_is_the_sum_over_steps_of_recall() -> None:
    truth = np.array([True, False, True, False, True])
    score = np.array([0.9, 0.8, 0.7, 0.7, 0.1])
    assert metrics.average_precision(truth, score) == pytest.approx((1 + 2 / 4 + 3 / 5) / 3)  # 0.7 is one step of two
    assert np.isnan(metrics.average_precision(np.zeros(3, bool), score[:3]))


def test_the_roc_curve_has_a_point_for_each_distinct_score() -> None:
    truth, score = np.array([True, False, True, False]), np.array([0.9, 0.4, 0.4, 0.1])
    false, true = metrics.roc_curve(truth, score)
    assert [*zip(false.tolist(), true.tolist(), strict=True)] == [(0, 0), (0, 0.5), (0.5, 1), (1, 1)]


def test_the_roc_curves_area_is_the_area(case: Case) -> None:
    false, true = metrics.roc_curve(*case)
    assert np.trapezoid(true, false) == pytest.approx(metrics.area_under_roc(*case))


def test_classification_is_scikit_learns(case: Case) -> None:
    truth, probability = case
    called = probability >= 0.5
    found = metrics.classification(metrics.confusion(truth, called))
    assert found["accuracy"] == pytest.approx(oracle.accuracy_score(truth, called))
    assert found["sensitivity"] == pytest.approx(oracle.recall_score(truth, called))
    assert found["specificity"] == pytest.approx(oracle.recall_score(~truth, ~called))
    assert found["ppv"] == pytest.approx(oracle.precision_score(truth, called))
    assert found["npv"] == pytest.approx(oracle.precision_score(~truth, ~called))
    assert found["f1"] == pytest.approx(oracle.f1_score(truth, called))
    assert found["mcc"] == pytest.approx(oracle.matthews_corrcoef(truth, called))


def test_brier_and_log_loss_are_scikit_learns(case: Case) -> None:
    truth, probability = case
    inside = np.clip(probability, 0.01, 0.99)
    assert metrics.brier(truth, inside) == pytest.approx(oracle.brier_score_loss(truth, inside))
    assert metrics.log_loss(truth, inside) == pytest.approx(oracle.log_loss(truth, inside))


def test_calibration_error_of_one_bin_is_the_distance_of_its_means() -> None:
    truth = np.array([True, False, False, False])
    assert metrics.expected_calibration_error(truth, np.full(4, 0.75)) == pytest.approx(0.5)


def test_a_perfect_models_calibration_error_lies_within_what_chance_makes_of_it() -> None:
    rng = np.random.default_rng(7)
    probability = rng.random(249)
    chance = metrics.chance_calibration_error(probability, resamples=400)
    found = [metrics.expected_calibration_error(rng.random(249) < probability, probability) for _ in range(400)]
    assert np.mean(np.array(found) > chance["high"]) == pytest.approx(0.05, abs=0.035)
    assert chance["median"] == pytest.approx(np.median(found), rel=0.15)


def test_a_model_that_is_always_sure_and_right_has_no_chance_error() -> None:
    assert metrics.chance_calibration_error(np.array([0.0, 1.0, 1.0]), resamples=10) == {"median": 0, "high": 0}


def test_predictive_values_at_the_sets_own_prevalence_are_the_sets() -> None:
    counts = metrics.Confusion(40, 10, 5, 45)
    rows = metrics.predictive_values(0.8, 0.9)
    half = next(row for row in rows if row["prevalence"] == 0.5)
    own = metrics.classification(counts)
    assert half["ppv"] == pytest.approx(own["ppv"])
    assert half["npv"] == pytest.approx(own["npv"])


def test_at_one_percent_prevalence_most_positives_are_false() -> None:
    assert metrics.predictive_values(0.95, 0.95)[0]["ppv"] == pytest.approx(0.161, abs=0.001)


@pytest.mark.parametrize(("hits", "trials"), [(238, 249), (0, 10), (10, 10), (1, 3)])
def test_wilsons_interval_solves_its_equation(hits: int, trials: int) -> None:
    interval = wilson(hits, trials)
    for end in (interval.low, interval.high):
        assert end is not None
        if 0 < end < 1:  # Wilson 1927: (share - p)^2 = z^2 p (1 - p) / n
            assert (hits / trials - end) ** 2 == pytest.approx(1.959963984540054**2 * end * (1 - end) / trials)


def test_a_proportion_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one trial"):
        wilson(0, 0)


def test_the_papers_accuracy_has_the_interval_of_the_readme() -> None:
    interval = wilson(238, 249)
    assert [round(100 * (end or 0), 1) for end in (interval.low, interval.high)] == [92.3, 97.5]


def test_a_bootstrap_over_few_large_groups_is_wider_than_over_slices() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(10), 20)
    values = rng.standard_normal(10)[groups]
    by_group = grouped_bootstrap(lambda at: float(values[at].mean()), [str(one) for one in groups])
    by_slice = grouped_bootstrap(lambda at: float(values[at].mean()), [str(one) for one in range(200)])
    assert (by_group.high or 0) - (by_group.low or 0) > 2 * ((by_slice.high or 0) - (by_slice.low or 0))


def test_a_share_over_groups_that_agree_has_wilsons_interval_of_the_groups() -> None:
    found = clustered_share([True] * 60, [str(at // 20) for at in range(60)])
    groups = wilson(3, 3)
    assert (found.value, found.low, found.high) == (1, groups.low, groups.high)


def test_a_share_over_groups_is_that_of_the_slices() -> None:
    hits = [True] * 10 + [False] * 30
    found = clustered_share(hits, [str(at // 5) for at in range(40)])
    assert found.value == 0.25
    assert (found.low or 0) < 0.25 < (found.high or 1)


def test_two_patients_have_no_interval() -> None:
    interval = grouped_bootstrap(lambda at: float(at.mean()), ["a"] * 50 + ["b"] * 50)
    assert (interval.low, interval.high) == (None, None)


def test_mcnemar_is_the_exact_binomial_test_of_the_slices_in_dispute() -> None:
    first = np.array([True] * 12 + [False] * 3 + [True] * 20)
    second = np.array([False] * 12 + [True] * 3 + [True] * 20)
    only_first, only_second, p = metrics.mcnemar(first, second)
    assert (only_first, only_second) == (12, 3)
    assert p == pytest.approx(binomtest(3, 15).pvalue)


def test_the_temperature_and_offset_that_were_put_in_are_found_again() -> None:
    rng = np.random.default_rng(1)
    logit = 2 * rng.standard_normal(20000)
    truth = rng.random(20000) < sigmoid(logit)
    found = fit(truth, 3 * (logit + 1))
    assert (found.temperature, found.offset) == pytest.approx((3, -1), rel=0.06)


def test_scores_worse_than_chance_are_not_turned_round() -> None:
    rng = np.random.default_rng(5)
    logit = 2 * rng.standard_normal(2000)
    found = fit(rng.random(2000) < sigmoid(-logit), logit)
    assert (found.temperature, found.offset) == (1.0, 0.0)


def test_slope_and_intercept_that_were_put_in_are_found_again() -> None:
    rng = np.random.default_rng(2)
    logit = 2 * rng.standard_normal(20000)
    truth = rng.random(20000) < sigmoid(0.5 * logit - 1)
    assert fit_line(truth, logit) == pytest.approx((0.5, -1), abs=0.08)


def test_a_shift_of_all_logits_moves_the_offset_and_not_the_calls() -> None:
    rng = np.random.default_rng(3)
    logit = 2 * rng.standard_normal(4000)
    truth = rng.random(4000) < sigmoid(logit)
    plain, shifted = fit(truth, logit), fit(truth, logit + 1)
    calls = plain.probability(logit) >= plain.threshold
    same = shifted.probability(logit + 1) >= shifted.threshold
    assert np.mean(calls == same) > 0.99


@pytest.mark.parametrize("count", [1, 19, 20, 21, 500])
def test_nineteen_of_twenty_clear_lungs_stay_below_the_threshold_and_no_lower_one_leaves_them(count: int) -> None:
    probability = 0.5 + 0.5 * np.random.default_rng(count).random(count)
    threshold = clear_threshold(probability)
    assert np.mean(probability < threshold) >= 0.95
    lower = np.nextafter(threshold, 0)
    assert np.mean(probability < lower) < 0.95 or lower < 0.5


def test_the_threshold_of_twenty_clear_lungs_lies_just_above_the_second_highest() -> None:
    probability = np.linspace(0.61, 0.80, 20)
    assert clear_threshold(probability) == pytest.approx(0.79)
    assert clear_threshold(probability) > 0.79


def test_the_threshold_is_never_below_one_half() -> None:
    assert clear_threshold(np.linspace(0, 0.1, 40)) == 0.5


def test_a_threshold_among_equal_scores_leaves_all_of_them_below() -> None:
    assert clear_threshold(np.full(40, 0.7)) > 0.7


def test_logit_and_sigmoid_are_inverse() -> None:
    logit = np.linspace(-12, 12, 25)
    assert logit_of(sigmoid(logit)) == pytest.approx(logit)
