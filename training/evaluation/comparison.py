"""A network against each baseline on the same slices: differences mean more than two intervals side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from training.evaluation.measures import Scored, called
from training.evaluation.metrics_file import Baselines, Disputed, Metrics, PairedDifference
from training.network.run import Run
from training.statistics.calibration import ONE_HALF, sigmoid
from training.statistics.intervals import grouped_bootstrap
from training.statistics.metrics import area_under_roc, mcnemar


def against_baselines(content: Metrics, run: Run, baselines: Baselines) -> dict[str, Disputed]:
    """McNemar's test of our calls on the random test slices against each baseline's."""
    mistakes = {row["name"] for row in content["wrong"]}
    ours = np.array([name not in mistakes for name in run.split.test])
    rows: dict[str, Disputed] = {}
    for name, missed in baselines["wrong"].items():
        theirs = np.array([one not in set(missed) for one in run.split.test])
        first, second, p = mcnemar(ours, theirs)
        rows[name] = {"only_first": first, "only_second": second, "p": p}
    return rows


def paired_differences(
    scored: Scored, baselines: Mapping[str, Mapping[str, float]], say: Callable[[str], None]
) -> dict[str, PairedDifference]:
    """Ours minus each baseline's, each with an interval for which the same groups are drawn for both.

    Parameters
    ----------
    scored
        The network's slices; its logits are calibrated.
    baselines
        Method -> slice -> probability of COVID; a slice without one counts as wrong, as a refused one of ours does.
    say
        Told one line a baseline.

    Returns
    -------
    By method: "n" slices, "accuracy" the difference over all of them; "n_both" slices with both scores, "auroc" the
    difference over those. Called from one half on, as the baselines are.
    """
    truth, ours = scored.covid, sigmoid(scored.logits)
    right = called(ours, truth, ONE_HALF) == truth
    groups = np.array(scored.groups)
    rows: dict[str, PairedDifference] = {}
    for name, scores in baselines.items():
        theirs = np.array([scores.get(one, np.nan) for one in scored.names])
        gain = right.astype(np.float64) - (called(theirs, truth, ONE_HALF) == truth)
        both = np.isfinite(ours) & np.isfinite(theirs)

        def ranking(
            at: NDArray[np.intp],
            covid: NDArray[np.bool_] = truth[both],
            pair: tuple[NDArray[np.float64], NDArray[np.float64]] = (ours[both], theirs[both]),
        ) -> float:
            first, second = (area_under_roc(covid[at], one[at]) for one in pair)
            return first - second

        accuracy = grouped_bootstrap(lambda at, gain=gain: float(gain[at].mean()), groups.tolist())  # type: ignore[misc]
        area = grouped_bootstrap(ranking, groups[both].tolist())
        rows[name] = {
            "n": len(truth),
            "accuracy": accuracy.as_json(),
            "n_both": int(both.sum()),
            "auroc": area.as_json(),
        }
        say(f"ours minus {name}: accuracy {accuracy.value:+.3f}, AUC {area.value:+.3f}")
    return rows
