"""Files to scores: pictures read a few at a time, looked at by a model, rejected by its detector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.slices import Slice
from covidviewer.inference.input_checks import rejected_by_distance
from training.data.framed import as_grey, read_sample
from training.data.samples import Sample
from training.evaluation.measures import Scored
from training.evaluation.scoring_model import BATCH, ScoringModel

Change = Callable[[Slice], Slice]


def with_lungs(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(n,) which pictures lungs were found in, of the features that `score` gave."""
    return np.asarray(features.any(axis=1))


def chunks(samples: Sequence[Sample]) -> Iterator[tuple[Sample, ...]]:
    """The samples in parts, so that memory holds few pictures at a time."""
    for at in range(0, len(samples), 4 * BATCH):
        yield tuple(samples[at : at + 4 * BATCH])


def score(
    scoring_model: ScoringModel,
    samples: Sequence[Sample],
    groups: Sequence[str] | None = None,
    change: Change | None = None,
) -> tuple[Scored, NDArray[np.float32]]:
    """Scores of files, and their (n, 2048) features, zeros where no lungs were found.

    `change` is applied to each slice first. A slice that the model's detector rejects has no score.
    """
    parts = []
    for some in chunks(samples):
        pictures = [read_sample(sample) for sample in some]
        parts.append(scoring_model.predict([change(as_grey(one)) for one in pictures] if change else pictures))
    names = tuple(sample.name for sample in samples)
    logits = np.concatenate([part.logits for part in parts])
    features = np.concatenate([part.features for part in parts])
    reasons = [reason for part in parts for reason in part.reasons]
    if scoring_model.ood_detector is not None:
        for index, far in enumerate(scoring_model.ood_detector.ood_scores(features)):
            if not reasons[index] and (refused := rejected_by_distance(far)):
                logits[index], reasons[index] = np.nan, refused
    labels = np.array([-1 if sample.label is None else sample.label for sample in samples], np.int64)
    return Scored(names, tuple(groups) if groups else names, labels, logits, tuple(reasons)), features
