"""What a finished model sees, asked from outside: clear lungs, a painted opacity, phantoms, one slice stored otherwise.

Everything goes through the program's analyser, so that what is measured is what people get. Knows slices and results,
neither engines nor files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from covidviewer.imaging.slices import Slice
from covidviewer.inference.results import Label, Outcome
from covidviewer.services.series_score import series_score
from training.data.framed import read_sample
from training.data.samples import Sample
from training.evaluation.metrics_file import Probe
from training.evaluation.phantoms import phantom
from training.evaluation.probe_figures import Bound, Figure
from training.evaluation.probe_opacities import SHARE
from training.evaluation.probe_pairs import Look, opacity_figures, pairs_of
from training.evaluation.probe_subjects import Subjects
from training.evaluation.stored_otherwise import STORED
from training.statistics.intervals import Interval, wilson

Say = Callable[[str], None]
SEED = 2020
LESIONS = 6
CLEAR_LOGIT, OPACITY_LOGIT = -1.0, 1.0
NORMAL, ILL = "normal", "COVID"
MIDDLE = 0.25, 0.75
"""Of a series' slices, by their number: where both lungs are whole."""


def probe(look: Look, threshold: float, subjects: Subjects, say: Say, seed: int = SEED) -> Probe:
    """{"rows": the figures, "opacity_share", "seed"}, of JSON types; every figure that the subjects can answer.

    `threshold` is the model's, which a series score is held against.
    """
    figures: list[Figure] = []
    if subjects.clear:
        say(f"{subjects.clear_slices} slices of clear lungs, and the same with an opacity")
        figures += opacity_figures(*pairs_of(look, subjects, np.random.default_rng(seed)))
    if subjects.phantoms:
        say(f"{subjects.phantoms} phantoms, and the same with opacities")
        figures += phantom_figures(look, subjects.phantoms)
    if subjects.upright:
        say(f"{len(subjects.upright)} DICOM slices, stored in other ways")
        figures += storage_figures(look, subjects.upright)
    for key, samples in ((NORMAL, subjects.normal), (ILL, subjects.ill)):
        if samples:
            say(f"the series of a {key} patient")
            figures += series_figures(look, threshold, key, samples)
    return {"rows": [figure.as_json() for figure in figures], "opacity_share": SHARE, "seed": seed}


def phantom_figures(look: Look, count: int) -> list[Figure]:
    """Log odds of synthetic chests; a refused one misses its bound."""
    figures = []
    for key, words, lesions, good in (
        (
            "clear phantoms below",
            f"clear phantoms: log odds below {CLEAR_LOGIT:g}",
            0,
            lambda logit: logit < CLEAR_LOGIT,
        ),
        (
            "phantoms with opacities above",
            f"phantoms with opacities: log odds above {OPACITY_LOGIT:g}",
            LESIONS,
            lambda logit: logit > OPACITY_LOGIT,
        ),
    ):
        results = list(look(phantom(seed, lesions) for seed in range(count)))
        logits = [result.logit_covid for result in results if result.logit_covid is not None]
        median = f"median {np.median(logits):+.1f}; " if logits else ""
        note = f"{median}{count - len(logits)} of {count} refused"
        figures.append(Figure(key, words, wilson(sum(map(good, logits)), count), count, note))
    return figures


def storage_figures(look: Look, upright: Sequence[Slice]) -> list[Figure]:
    """Largest change of the score when the same slice is stored otherwise; a score that comes or goes counts as 1."""
    plain = [replace(one, padding=None) for one in upright]
    before = [result.p_covid for result in look(plain)]
    figures = []
    for key, (words, change) in STORED.items():
        after = [result.p_covid for result in look([change(one) for one in plain])]
        changes = [changed(one, other) for one, other in zip(before, after, strict=True)]
        note = f"median {np.median(changes):.3f}"
        figures.append(Figure(key, words, Interval(max(changes), None, None), len(changes), note))
    return figures


def changed(before: float | None, after: float | None) -> float:
    """Distance of two scores; 1 where only one is there, 0 where neither is."""
    if before is None or after is None:
        return float((before is None) != (after is None))
    return abs(before - after)


def series_figures(look: Look, threshold: float, kind: str, samples: Sequence[Sample]) -> list[Figure]:
    """Of a patient's series: share of the middle slices called COVID, and the series score."""
    results = list(look(read_sample(sample) for sample in samples))
    low, high = (round(end * len(results)) for end in MIDDLE)
    middle = [result for result in results[low:high] if result.outcome is Outcome.SCORED]
    called = sum(result.label is Label.COVID for result in middle)
    scores = [result.p_covid for result in results if result.p_covid is not None]
    whole, name = series_score(scores), f"{kind} patient"
    share = Interval(called / len(middle) if middle else float("nan"), None, None)
    everywhere = sum(result.label is Label.COVID for result in results)
    note = f"{called} of {len(middle)} scored in the middle, {everywhere} of {len(scores)} in all; one patient"
    score = Interval(float("nan") if whole is None else whole, None, None)
    bound = Bound(threshold, at_most=True, strict=True) if kind == NORMAL else None  # at it the program says COVID
    return [
        Figure(f"{name} called COVID", f"a {name}'s series: middle slices called COVID", share, len(middle), note),
        Figure(f"{name} series score", f"a {name}'s series: its score", score, len(scores), "one patient", bound),
    ]
