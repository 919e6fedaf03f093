"""Floors: what methods that cannot know the disease reach on the same slices, and what sixteen opacity numbers reach.

A random split's figure means something only above these. scikit-learn; a few seconds a method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import Framing, frame_lungs
from training.data.framed import as_grey, read_sample
from training.data.grouped import GroupedSplit, fold_split
from training.data.samples import Sample
from training.data.split import Split
from training.evaluation.opacity_numbers import opacity_numbers

Features = dict[str, NDArray[np.float64]]
"""Name of a slice -> its numbers; a slice without (no lungs found) is missing."""
CORNER, BORDER = 4, 8
TREES = 300


@dataclass(frozen=True)
class Method:
    """One baseline: which numbers of a slice it sees, what learns from them, whether other sources are asked too."""

    feature: str
    learner: Callable[[], Any]
    elsewhere: bool


def nearest(count: int) -> Callable[[], Any]:
    """k-nearest-neighbours classifier."""

    def make() -> Any:
        from sklearn.neighbors import KNeighborsClassifier

        return KNeighborsClassifier(n_neighbors=count)

    return make


def forest() -> Any:
    """Random forest of 300 trees."""
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(TREES, min_samples_leaf=2, random_state=2020)


def opacity_forest() -> Any:
    """Random forest of 400 trees whose leaves hold ten slices: on the opacity numbers the strongest of those tried."""
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(400, min_samples_leaf=10, random_state=2020)


def regression() -> Any:
    """Logistic regression on standardised numbers."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000))


METHODS: Mapping[str, Method] = {
    "1-NN on thumbnails": Method("thumbnail", nearest(1), True),
    "15-NN on thumbnails": Method("thumbnail", nearest(15), True),
    "random forest on picture size": Method("size", forest, False),
    "random forest on border and mean brightness": Method("brightness", forest, False),
    "random forest on corner pixels": Method("corners", forest, False),
    "opacity numbers": Method("opacity", regression, True),
    "forest on opacity numbers": Method("opacity", opacity_forest, True),
}


def features_of(kind: str, samples: Sequence[Sample]) -> Features:
    """The numbers of each sample: "thumbnail" (1024), "size" (2), "brightness" (5), "corners" (64), "opacity" (16)."""
    found: Features = {}
    for sample in samples:
        slice_ = read_sample(sample)
        if kind == "opacity":
            framing = frame_lungs(slice_)
            if isinstance(framing, Framing):
                found[sample.name] = np.asarray(opacity_numbers(slice_, framing), np.float64)
            continue
        found[sample.name] = plain_numbers(kind, as_grey(slice_).values.astype(np.float32))
    return found


def plain_numbers(kind: str, grey: NDArray[np.float32]) -> NDArray[np.float64]:
    """The numbers of one picture, (rows, columns) 0..255, that need no lungs."""
    if kind == "thumbnail":
        numbers = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA).ravel() / 255
    elif kind == "size":
        numbers = np.array(grey.shape)
    elif kind == "brightness":
        sides = grey[:BORDER], grey[-BORDER:], grey[:, :BORDER], grey[:, -BORDER:]
        numbers = np.array([grey.mean(), *(side.mean() for side in sides)])
    else:
        corners = [grey[rows, columns] for rows in EDGES for columns in EDGES]
        numbers = np.concatenate([corner.ravel() for corner in corners])
    return np.asarray(numbers, np.float64)


EDGES = (slice(None, CORNER), slice(-CORNER, None))


def trained(method: Method, features: Features, truth: Mapping[str, bool], names: Sequence[str]) -> Any:
    """The method's learner, fitted on these slices."""
    usable = [name for name in names if name in features]
    learner = method.learner()
    learner.fit(np.stack([features[name] for name in usable]), np.array([truth[name] for name in usable]))
    return learner


def scored(learner: Any, features: Features, names: Sequence[str]) -> dict[str, float]:
    """Probability of COVID of each of these slices that has numbers."""
    usable = [name for name in names if name in features]
    if not usable:
        return {}
    probability = learner.predict_proba(np.stack([features[name] for name in usable]))[
        :, list(learner.classes_).index(True)
    ]
    return dict(zip(usable, probability.tolist(), strict=True))


def split_scores(method: Method, features: Features, truth: Mapping[str, bool], split: Split) -> dict[str, float]:
    """Scores on the test slices after fitting on training and validation slices (a baseline has nothing to tune)."""
    return scored(trained(method, features, truth, split.train + split.validation), features, split.test)


def out_of_fold_scores(
    methods: Mapping[str, Method], samples: Sequence[Sample], grouped: GroupedSplit
) -> dict[str, dict[str, float]]:
    """For each method its `grouped_scores`. Every picture is read once for each kind of numbers."""
    truth = {sample.name: sample.label == 0 for sample in samples}
    folds = [fold_split(grouped, fold) for fold in range(len(grouped.folds))]
    features = {kind: features_of(kind, samples) for kind in sorted({method.feature for method in methods.values()})}
    return {name: grouped_scores(method, features[method.feature], truth, folds) for name, method in methods.items()}


def grouped_scores(
    method: Method, features: Features, truth: Mapping[str, bool], folds: Sequence[Split]
) -> dict[str, float]:
    """Scores of every fold's test slices, each fold fitted on the others."""
    scores: dict[str, float] = {}
    for split in folds:
        scores |= split_scores(method, features, truth, split)
    return scores
