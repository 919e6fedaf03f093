"""The grouped five folds: no slice is tested by a network that saw a neighbour or a near-duplicate of it.

The data set names no patients. What can be known without them: slices of one patient mostly have neighbouring numbers,
and look alike. So each class's numbers are cut into runs where neighbours look least alike, runs that share a near-
duplicate are one group, groups are kept together, and where two folds meet, slices on both sides are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import UnreadableFile
from training.data.framed import as_grey, read_sample
from training.data.likeness import NULL_QUANTILE, LungLikeness
from training.data.samples import Sample
from training.data.split import Split

FOLDS = 5
THUMBNAIL = 48
SHORTEST_RUN, LONGEST_RUN = 20, 40
THRESHOLD = 0.92
GAP = 5
"""Slices left out on each side of a place where the fold changes within the numbers of a class."""
VALIDATION_SHARE = 0.1
EMPTY = 10
"""How bad a fold without any slice of a class is, beside which all else counts little."""

Correlations = NDArray[np.float32]


@dataclass(frozen=True)
class GroupedSplit:
    """Folds of groups of slices.

    Attributes
    ----------
    folds
        Per fold its groups, per group the names of its slices.
    left_out
        Names in the guard gaps; they are neither trained on nor tested.
    facts
        How it was made, of JSON types: threshold, gap, largest correlation across folds, counts, sensitivity.
    """

    folds: tuple[tuple[tuple[str, ...], ...], ...]
    left_out: tuple[str, ...]
    facts: Mapping[str, Any]

    def __post_init__(self) -> None:
        names = [name for fold in self.folds for group in fold for name in group] + list(self.left_out)
        if len(set(names)) != len(names):
            raise ValueError("a slice stands in two groups")

    @property
    def groups(self) -> dict[str, str]:
        """Name of a slice -> name of its group, "fold-number"."""
        return {
            name: f"{number}-{index}"
            for number, fold in enumerate(self.folds)
            for index, group in enumerate(fold)
            for name in group
        }


def thumbnail_correlations(samples: Sequence[Sample]) -> Correlations:
    """(n, n) float32: Pearson correlation of 48 x 48 grey thumbnails, each picture with each."""
    flat = np.stack([thumbnail(sample).ravel() for sample in samples])
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    return np.asarray(flat @ flat.T, dtype=np.float32)


def thumbnail(sample: Sample, size: int = THUMBNAIL) -> NDArray[np.float32]:
    """(size, size) float32, 0..255: the whole picture squeezed to a square."""
    values = as_grey(read_sample(sample)).values.astype(np.float32)
    return np.asarray(cv2.resize(values, (size, size), interpolation=cv2.INTER_AREA), dtype=np.float32)


def cut_into_runs(likeness: NDArray[np.float32]) -> list[range]:
    """Runs of 20 to 40 neighbours, cut where neighbours are least alike.

    `likeness` (n - 1,) is the correlation of each slice with the next.
    The last run takes what is left, up to 59 slices.
    """
    runs, start, count = [], 0, len(likeness) + 1
    while count - start >= SHORTEST_RUN + LONGEST_RUN:
        window = likeness[start + SHORTEST_RUN - 1 : start + LONGEST_RUN]
        end = start + SHORTEST_RUN + int(np.argmin(window))
        runs.append(range(start, end))
        start = end
    return [*runs, range(start, count)]


def groups_of(labels: NDArray[np.int64], correlations: Correlations, joined: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(n,) group numbers: runs within each class, cut by `correlations`, and joined where any two of their slices are
    `joined` (n, n).
    """
    run_of = np.zeros(len(labels), np.int64)
    runs = 0
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        for run in cut_into_runs(correlations[members[:-1], members[1:]]):
            run_of[members[run.start : run.stop]] = runs
            runs += 1
    parent = list(range(runs))

    def root(run: int) -> int:
        while parent[run] != run:
            run = parent[run]
        return run

    for first, second in zip(*np.nonzero(np.triu(joined, 1)), strict=True):
        low, high = sorted((root(int(run_of[first])), root(int(run_of[second]))))
        parent[high] = low
    return np.array([root(int(run)) for run in run_of])


def patients_of(samples: Sequence[Sample]) -> NDArray[np.int64]:
    """(n,) group numbers: one a patient."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(sample.patient, len(numbers)) for sample in samples], np.int64)


def folds_of(labels: NDArray[np.int64], groups: NDArray[np.int64], folds: int = FOLDS) -> NDArray[np.int64]:
    """(n,) fold numbers: groups stay whole, folds are equally large in both classes as nearly as groups allow.

    Large groups are placed first, in the fold that has most room; the rest follow in order of their numbers, so that
    neighbouring runs share a fold and few slices are lost to guard gaps.
    """
    names, classes = np.unique(groups), np.unique(labels)
    sizes = np.array([[np.sum((groups == name) & (labels == label)) for label in classes] for name in names])
    room = np.repeat(sizes.sum(axis=0, keepdims=True) / folds, folds, axis=0)
    fold_of: dict[int, int] = {}
    large = [index for index in np.argsort(-sizes.sum(axis=1), kind="stable") if sizes[index].sum() > 1.5 * LONGEST_RUN]
    for index in large:
        fold = int(np.argmax((room * (sizes[index] > 0)).sum(axis=1)))
        fold_of[int(names[index])] = fold
        room[fold] -= sizes[index]
    for label in range(len(classes)):
        fold = 0
        for index, name in enumerate(names):
            if int(name) in fold_of or sizes[index, label] == 0:
                continue
            while fold < folds - 1 and room[fold, label] < sizes[index, label] / 2:
                fold += 1
            fold_of[int(name)] = fold
            room[fold] -= sizes[index]
    return np.array([fold_of[int(group)] for group in groups])


def refined(
    labels: NDArray[np.int64], groups: NDArray[np.int64], folds: NDArray[np.int64], gap: int
) -> NDArray[np.int64]:
    """The folds after moving groups one by one to where they even out both classes and leave out fewer slices.

    What is made small is the squared deviation of what each fold tests of each class from an equal share, and the
    share of slices left out; a fold without a class is worse than both. Ends where no move helps.
    """
    names, numbers = np.unique(groups), np.unique(folds)
    classes = np.unique(labels)
    equal = np.array([np.sum(labels == label) for label in classes]) / len(numbers)

    def badness(trial: NDArray[np.int64]) -> float:
        out = guarded(labels, trial, gap)
        tested = [[np.sum((trial == fold) & (labels == label) & ~out) for label in classes] for fold in numbers]
        uneven = float((((np.array(tested) - equal) / equal) ** 2).sum())
        return uneven + 2 * float(out.mean()) + EMPTY * int((np.array(tested) == 0).sum())

    best, least = folds, badness(folds)
    while True:
        before = least
        for name in names:
            for fold in numbers:
                trial = np.where(groups == name, fold, best)
                if (bad := badness(trial)) < least:
                    best, least = trial, bad
        if least == before:
            return best


def guarded(labels: NDArray[np.int64], folds: NDArray[np.int64], gap: int) -> NDArray[np.bool_]:
    """(n,) True for the slices to leave out.

    The `gap` on each side of every place where a class's numbers change fold.
    """
    out = np.zeros(len(labels), bool)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        for border in np.flatnonzero(np.diff(folds[members])) + 1:
            out[members[max(0, border - gap) : border + gap]] = True
    return out


def grouped_split(
    samples: Sequence[Sample],
    correlations: Correlations,
    threshold: float = THRESHOLD,
    gap: int = GAP,
    lungs: LungLikeness | None = None,
) -> GroupedSplit:
    """Five folds of the samples, which must stand in the order of their numbers within each class.

    Groups are runs of numbers, joined where whole images correlate above `threshold` or, with `lungs`, where lungs are
    more alike than those of different patients are. Where the patients are known, they are the groups, and nothing is
    left out.
    """
    labels = np.array([sample.label for sample in samples], np.int64)
    known = all(sample.patient for sample in samples)
    joined = correlations > threshold
    if lungs is not None:
        joined |= lungs.joins(labels)
    groups = patients_of(samples) if known else groups_of(labels, correlations, joined)
    fold_numbers = folds_of(labels, groups)
    if not known:
        fold_numbers = refined(labels, groups, fold_numbers, gap)
    out = np.zeros(len(samples), bool) if known else guarded(labels, fold_numbers, gap)
    folds = []
    for fold in range(FOLDS):
        chosen = (fold_numbers == fold) & ~out
        members = [np.flatnonzero(chosen & (groups == group)) for group in np.unique(groups[chosen])]
        folds.append(tuple(tuple(samples[int(index)].name for index in group) for group in members))
    across = (fold_numbers[:, None] != fold_numbers) & ~out[:, None] & ~out
    facts = {
        "protocol": "grouped",
        "runs": "patients"
        if known
        else f"{SHORTEST_RUN} to {LONGEST_RUN} neighbouring numbers, cut where neighbours correlate least",
        "thumbnail": THUMBNAIL,
        "threshold": threshold,
        "gap": gap,
        "groups": len(np.unique(groups)),
        "largest_group": int(np.bincount(groups).max()),
        "left_out": int(out.sum()),
        "fold_sizes": [
            {str(label): int(np.sum((fold_numbers == fold) & ~out & (labels == label))) for label in np.unique(labels)}
            for fold in range(FOLDS)
        ],
        "largest_correlation_across_folds": round(float(correlations[across].max()), 4) if across.any() else None,
    }
    if lungs is not None and not known:
        same = across & (labels[:, None] == labels)
        facts |= {
            "lung_threshold": round(lungs.threshold, 4),
            "lung_null_quantile": NULL_QUANTILE,
            "largest_lung_likeness_across_folds": round(float(lungs.values[same].max()), 4) if same.any() else None,
        }
    return GroupedSplit(tuple(folds), tuple(samples[int(index)].name for index in np.flatnonzero(out)), facts)


def fold_split(split: GroupedSplit, fold: int, seed: int = 2020) -> Split:
    """Train, validation and test for one fold.

    Whole groups of the other folds, a tenth of the slices of each class as nearly as groups allow, are validation; at
    least one group of each class where there are two.
    """
    others = [group for number, groups in enumerate(split.folds) if number != fold for group in groups]
    classes = [class_of(group) for group in others]
    validation: list[str] = []
    train: list[str] = []
    room = dict.fromkeys(classes, 0.0)
    for group, name in zip(others, classes, strict=True):
        room[name] += VALIDATION_SHARE * len(group)
    left = Counter(classes)
    smallest_first = sorted(
        np.random.default_rng([seed, fold]).permutation(len(others)), key=lambda i: len(others[i]) > LONGEST_RUN
    )
    for index in smallest_first:
        group, name = others[index], classes[index]
        chosen = room[name] > 0 and left[name] > 1
        (validation if chosen else train).extend(group)
        if chosen:
            room[name] -= len(group)
            left[name] -= 1
    return Split(tuple(train), tuple(validation), tuple(name for group in split.folds[fold] for name in group))


def class_of(group: Sequence[str]) -> str:
    """The folder that most slices of a group are in, which is their class; '' where names have no folder."""
    return Counter(name.rpartition("/")[0] for name in group).most_common(1)[0][0]


def write_grouped(split: GroupedSplit, file: Path) -> None:
    """Write the folds as JSON: {"facts": {...}, "left_out": [names], "folds": [[[names of a group], ...], ...]}."""
    content = {"facts": dict(split.facts), "left_out": split.left_out, "folds": split.folds}
    file.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def read_grouped(file: Path) -> GroupedSplit:
    """Read what `write_grouped` wrote. Raises OSError, or `UnreadableFile` when it is no grouped split."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        folds = tuple(tuple(tuple(group) for group in fold) for fold in content["folds"])
        return GroupedSplit(folds, tuple(content["left_out"]), content["facts"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile("{file} is not a grouped split file.", file=str(file)) from error
