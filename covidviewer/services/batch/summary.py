"""What a batch says as a whole: counts, reasons, a histogram, a score for each series, and a confusion matrix.

Counts rows one by one, so that its memory does not grow with them.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.errors import Sentence
from covidviewer.inference.card_text import BY_THRESHOLD
from covidviewer.inference.results import Label, Outcome
from covidviewer.inference.training_parts import Part
from covidviewer.services.batch.journal import Entry, Row
from covidviewer.services.batch.labels import LabelOf, label_of_folders
from covidviewer.services.series_score import HIGHEST_SCORES, SERIES_RULE, series_score
from covidviewer.texts import N_

BINS: Final = 20
MOST_REASONS: Final = 20
"""That a person is shown; a program gets all."""


@dataclass(frozen=True)
class SeriesScore:
    """One series.

    Attributes
    ----------
    name
        Its folder; with several in one, the end of the Series Instance UID too.
    slices, scored, at_threshold
        How many there are, have a score, and have one at or above the card's threshold.
    score
        By `SERIES_RULE`, or None where no slice was scored.
    """

    name: str
    slices: int
    scored: int
    at_threshold: int
    score: float | None


@dataclass(eq=False)
class _Tally:
    slices: int = 0
    scored: int = 0
    at_threshold: int = 0
    highest: list[float] = field(default_factory=list)

    def add(self, p_covid: float | None, above: bool) -> None:
        self.slices += 1
        if p_covid is None:
            return
        self.scored += 1
        self.at_threshold += above
        heapq.heappush(self.highest, p_covid)
        if len(self.highest) > HIGHEST_SCORES:
            heapq.heappop(self.highest)


@dataclass(frozen=True, eq=False)
class Summary:
    """The whole batch.

    Attributes
    ----------
    files, failed_files
        How many there are, and how many of them have a slice that failed.
    outcomes
        Slices by `Outcome`.
    labels
        Scored slices by `Label`.
    reasons
        Why slices have no score, all of them, the commonest first: (sentence, slices).
    histogram
        Scored slices by score, `BINS` bins of equal width over 0..1.
    series
        In the order of the files.
    confusion
        (known label, label of the score or "no score") to slices; empty where no file's label is known.
    made_from
        Scored slices by `Part`: those that the model was trained, calibrated or tested on.
    left_out
        Of these, slices with a known label that the confusion matrix leaves out, by `Part`.
    models
        Versions of the models that scored, the commonest first.
    """

    files: int
    failed_files: int
    outcomes: dict[str, int]
    labels: dict[str, int]
    reasons: tuple[tuple[str, int], ...]
    histogram: tuple[int, ...]
    series: tuple[SeriesScore, ...]
    confusion: dict[tuple[str, str], int]
    models: tuple[str, ...]
    made_from: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether any file's label is known."""
        return bool(self.confusion or self.left_out)

    @property
    def left_out_sentence(self) -> str:
        """How many slices the confusion matrix leaves out, and why; '' for none."""
        if not self.left_out:
            return ""
        return Sentence(
            "Left out: {n} slices that the model was trained on and {m} that it was calibrated on, since their "
            "scores say nothing about new slices.",
            n=self.left_out.get(Part.TRAINING, 0),
            m=self.left_out.get(Part.VALIDATION, 0),
        )

    @property
    def slices(self) -> int:
        """All slices."""
        return sum(self.outcomes.values())

    @property
    def shown_reasons(self) -> tuple[tuple[str, int], ...]:
        """The commonest reasons, and a last line for all others; a single other one is shown itself."""
        rest = self.reasons[MOST_REASONS:]
        if len(rest) < 2:
            return self.reasons
        others = Sentence("and {n} more reasons", n=len(rest))
        return (*self.reasons[:MOST_REASONS], (others, sum(slices for _, slices in rest)))

    def as_json(self) -> dict[str, Any]:
        """The summary as a program reads it."""
        return {
            "files": self.files,
            "failed_files": self.failed_files,
            "slices": self.slices,
            "outcomes": self.outcomes,
            "labels": self.labels,
            "reasons": [{"reason": reason, "slices": slices} for reason, slices in self.reasons],
            "histogram": {"from": 0.0, "to": 1.0, "slices": list(self.histogram)},
            "series_rule": SERIES_RULE,
            "series": [vars(one) for one in self.series],
            "confusion": [
                {"known": known, "found": found, "slices": slices} for (known, found), slices in self.confusion.items()
            ],
            "training_set": self.made_from,
            "left_out_of_confusion": self.left_out,
            "models": list(self.models),
        }


NO_SCORE: Final = N_("no score")
LEARNT_FROM: Final = (Part.TRAINING, Part.VALIDATION)
"""What the model was fitted to."""
ITSELF: Final = "(the folder itself)"


def summarise(entries: Iterable[Entry], label_of: LabelOf = label_of_folders, seen_before: bool = False) -> Summary:
    """Count the entries of a batch, in the order of its files.

    `seen_before`: slices that the model was trained or calibrated on stand in the confusion matrix too.
    """
    files = failed_files = 0
    outcomes: Counter[str] = Counter({outcome.value: 0 for outcome in Outcome})
    labels: Counter[str] = Counter({label.value: 0 for label in Label})
    reasons: Counter[str] = Counter()
    histogram = [0] * BINS
    series: dict[tuple[str, str], _Tally] = {}
    confusion: Counter[tuple[str, str]] = Counter()
    models: Counter[str] = Counter()
    made_from: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for entry in entries:
        files += 1
        failed_files += any(row["status"] == Outcome.FAILED for row in entry.rows)
        known = label_of(entry.file)
        for row in entry.rows:
            outcomes[str(row["status"])] += 1
            p_covid, label = score_of(row), row["label"]
            if p_covid is None:
                reasons[str(row["reason"])] += 1
            else:
                labels[str(label)] += 1
                histogram[min(BINS - 1, int(p_covid * BINS))] += 1
                models[str(row["model_version"])] += 1
            if row["status"] != Outcome.FAILED:
                folder = str(PurePosixPath(str(row["path"])).parent)
                folder = ITSELF if folder == "." else folder
                series.setdefault((folder, str(row["series"] or "")), _Tally()).add(p_covid, label == Label.COVID)
            part = row.get("training_set")
            if part is not None:
                made_from[str(part)] += 1
            if known is None:
                continue
            if part in LEARNT_FROM and not seen_before:
                left_out[str(part)] += 1
            else:
                confusion[known.value, str(label) if p_covid is not None else NO_SCORE] += 1
    return Summary(
        files,
        failed_files,
        dict(outcomes),
        dict(labels),
        tuple(reasons.most_common()),
        tuple(histogram),
        tuple(named(series)),
        {key: confusion[key] for key in cells() if confusion} if confusion else {},
        tuple(model for model, _ in models.most_common()),
        dict(made_from),
        dict(left_out),
    )


def score_of(row: Row) -> float | None:
    """The score of a row, or None."""
    return row["p_covid"] if isinstance(row["p_covid"], float) else None


def cells() -> list[tuple[str, str]]:
    """The cells of the confusion matrix, row by row."""
    return [(known.value, found) for known in Label for found in (*(label.value for label in Label), NO_SCORE)]


def named(series: dict[tuple[str, str], _Tally]) -> list[SeriesScore]:
    """The scores of all series, each under a name of its own."""
    shared = Counter(folder for folder, _ in series)
    return [
        SeriesScore(
            folder if shared[folder] == 1 or not uid else f"{folder} …{uid[-12:]}",
            tally.slices,
            tally.scored,
            tally.at_threshold,
            series_score(tally.highest),
        )
        for (folder, uid), tally in series.items()
    ]


def lines(summary: Summary) -> list[str]:
    """The summary for a person's eye, in lines."""
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in summary.outcomes.items())
    labels = ", ".join(f"{count} {label}" for label, count in summary.labels.items())
    told = [
        f"{summary.files} files, {summary.slices} slices: {outcomes}",
        f"{BY_THRESHOLD}: {labels}",
    ]
    told += [f"  {slices} without a score: {reason}" for reason, slices in summary.shown_reasons]
    if summary.outcomes[Outcome.SCORED]:
        told += ["Scores:", *histogram_lines(summary.histogram)]
    told += ["Series, highest score first:", *series_lines(summary.series)] if summary.series else []
    if summary.made_from:
        parts = ", ".join(f"{slices} {part}" for part, slices in summary.made_from.items())
        told.append(f"Slices from the model's own data set: {parts}")
    if summary.known:
        told.append("Reference label and score:")
        told += confusion_lines(summary.confusion) if summary.confusion else []
        told += [f"  {summary.left_out_sentence}"] if summary.left_out else []
    return [*told, DISCLAIMER]


BAR: Final = 40
MOST_SERIES: Final = 20


def histogram_lines(histogram: tuple[int, ...]) -> list[str]:
    """A bar for each tenth."""
    pairs = [sum(histogram[at : at + 2]) for at in range(0, BINS, 2)]
    return [
        f"  {at / 10:.1f} to {at / 10 + 0.1:.1f} {'#' * round(BAR * count / max(pairs)):<{BAR}} {count}"
        for at, count in enumerate(pairs)
    ]


def series_lines(series: tuple[SeriesScore, ...]) -> list[str]:
    """A line for each of the series with the highest scores."""
    ranked = sorted(series, key=lambda one: -1 if one.score is None else one.score, reverse=True)
    told = [
        f"  {'no score' if one.score is None else f'{one.score:.3f}'}  {one.at_threshold} of {one.scored} scored "
        f"slices at the threshold or above  {one.name}".replace("\n", "\\n")
        for one in ranked[:MOST_SERIES]
    ]
    return told + ([f"  and {len(series) - MOST_SERIES} more"] if len(series) > MOST_SERIES else [])


def confusion_lines(confusion: dict[tuple[str, str], int]) -> list[str]:
    """The matrix with its heads."""
    found = (*(label.value for label in Label), NO_SCORE)
    head = f"  {'known':<10}" + "".join(f"{name:>10}" for name in found)
    return [head] + [
        f"  {known.value:<10}" + "".join(f"{confusion[known.value, name]:>10}" for name in found) for known in Label
    ]
