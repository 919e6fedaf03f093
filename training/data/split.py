"""Divisions of the data set: the paper's random 80/10/10, as a file of names. Knows names, never pixels."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.data.samples import Sample

PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Split:
    """Names of the slices of each part; no name stands in two."""

    train: tuple[str, ...]
    validation: tuple[str, ...]
    test: tuple[str, ...]

    def __post_init__(self) -> None:
        names = self.train + self.validation + self.test
        if len(set(names)) != len(names):
            raise ValueError("a slice stands in two parts of the split")

    def part(self, samples: Sequence[Sample], name: str) -> tuple[Sample, ...]:
        """The samples of one part ("train", "validation", "test"), in the split's order.

        Raises KeyError for a missing file.
        """
        known = {sample.name: sample for sample in samples}
        return tuple(known[member] for member in getattr(self, name))


def random_split(samples: Sequence[Sample], seed: int = 2020) -> Split:
    """The paper's protocol: 80/10/10 of the slices at random, stratified by class; 2,481 slices give 1984/248/249.

    Where the patients are known, 80/10/10 of those, so that none stands in two parts.
    """
    if all(sample.patient for sample in samples):
        return random_patients(samples, seed)
    rng = np.random.default_rng(seed)
    parts: dict[str, list[str]] = {part: [] for part in PARTS}
    total = len(samples)
    wanted = {"train": int(total * 0.8), "validation": int(total * 0.1)}
    labels = sorted({sample.label for sample in samples}, key=str)
    for index, label in enumerate(labels):
        names = [sample.name for sample in samples if sample.label == label]
        names = [names[i] for i in rng.permutation(len(names))]
        share = len(names) / total
        last = index == len(labels) - 1
        for part in ("train", "validation"):
            count = wanted[part] - len(parts[part]) if last else round(wanted[part] * share)
            parts[part] += names[:count]
            names = names[count:]
        parts["test"] += names
    return Split(*(tuple(parts[part]) for part in PARTS))


def random_patients(samples: Sequence[Sample], seed: int) -> Split:
    """80/10/10 of the patients at random, stratified by the class that most of their slices have."""
    slices: dict[str, list[Sample]] = {}
    for sample in samples:
        slices.setdefault(sample.patient, []).append(sample)
    stand_ins = [
        Sample(patient, own[0].path, Counter(one.label for one in own).most_common(1)[0][0])
        for patient, own in slices.items()
    ]
    patients = random_split(stand_ins, seed)
    return Split(*(tuple(one.name for patient in getattr(patients, part) for one in slices[patient]) for part in PARTS))


def write_split(split: Split, file: Path) -> None:
    """Write the parts as JSON: {"train": [names], "validation": [names], "test": [names]}."""
    file.write_text(
        json.dumps({part: list(getattr(split, part)) for part in PARTS}, indent=0, ensure_ascii=False) + "\n"
    )


def read_split(file: Path) -> Split:
    """Read what `write_split` wrote. Raises OSError, or ValueError when it is no split."""
    parts = json.loads(file.read_text())
    if set(parts) != set(PARTS):
        raise ValueError(f"{file} is not a split file: it needs train, validation and test.")
    return Split(*(tuple(parts[part]) for part in PARTS))
