"""What a finished model sees, asked from outside: clear lungs, a painted opacity, phantoms, one slice stored otherwise.

Everything goes through the program's analyser, so that what is measured is what people get. Knows slices and results,
neither engines nor files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.framing import Box, Framing, frame_lungs
from covidviewer.imaging.slices import Slice
from covidviewer.inference.evidence import cells_centred_in
from covidviewer.inference.results import Label, Outcome, Result
from covidviewer.services.series_score import series_score
from training.data.framed import read_sample
from training.data.samples import Sample
from training.evaluation.phantoms import phantom
from training.evaluation.probe_opacities import SHARE, Painted, paint_opacity
from training.evaluation.stored_otherwise import STORED
from training.statistics.intervals import Interval, clustered_mean, clustered_share, grouped_bootstrap, wilson
from training.statistics.metrics import area_under_roc

Look = Callable[[Iterable[Slice]], Iterator[Result]]
"""The program's analyser: one result a slice, in order."""
Say = Callable[[str], None]
CLEAR_SLICES, PHANTOMS, SEED = 200, 100, 2020
LESIONS = 6
CLEAR_LOGIT, OPACITY_LOGIT = -1.0, 1.0
NORMAL, ILL = "normal", "COVID"
MIDDLE = 0.25, 0.75
"""Of a series' slices, by their number: where both lungs are whole."""


@dataclass(frozen=True)
class Bound:
    """What a figure has to reach: at most `limit`, or at least; `strict` where the limit itself is not enough."""

    limit: float
    at_most: bool = False
    strict: bool = False

    def met(self, value: float) -> bool:
        """Whether a value keeps it; NaN does not."""
        if value == self.limit:
            return not self.strict
        return value < self.limit if self.at_most else value > self.limit

    def as_json(self) -> dict[str, float | bool]:
        """Limit, direction and whether the limit itself is enough."""
        return {"limit": self.limit, "at_most": self.at_most, "strict": self.strict}


BOUNDS: Mapping[str, Bound] = {
    "clear called COVID": Bound(0.05, at_most=True),
    "drawn called COVID": Bound(0.90),
    "drawn against clear AUC": Bound(0.985),
    "strongest cell on the opacity": Bound(0.95),
    "strongest cell in the lungs": Bound(0.98),
    "positive heat in the lungs": Bound(0.85),
    "clear phantoms below": Bound(0.95),
    "phantoms with opacities above": Bound(0.95),
    "stored transposed": Bound(0.05, at_most=True),
    "stored front to back": Bound(0.05, at_most=True),
    "stored upside down": Bound(0.05, at_most=True),
    "long pixels": Bound(0.05, at_most=True),
    "normal patient called COVID": Bound(0.0, at_most=True),
}
"""By the figure's key; the others are told without one."""


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Attributes
    ----------
    key, question
        For `BOUNDS`, and for people.
    interval
        The figure, 0..1, with its 95 % interval.
    n
        Slices (or phantoms, or places) that it was computed from.
    note
        What else has to be known: the chance level, how many were refused; '' for nothing.
    bound
        In place of that of `BOUNDS`.
    """

    key: str
    question: str
    interval: Interval
    n: int
    note: str = ""
    bound: Bound | None = None

    def as_json(self) -> dict[str, Any]:
        """Key, question, value with interval, n, bound and whether it is met."""
        bound = self.bound or BOUNDS.get(self.key)
        return {
            "key": self.key,
            "question": self.question,
            "value": [None if one is None or np.isnan(one) else one for one in self.interval.as_json()],
            "n": self.n,
            "note": self.note,
            "bound": None if bound is None else bound.as_json(),
            "met": None if bound is None else bound.met(self.interval.value),
        }


@dataclass(frozen=True)
class Subjects:
    """What is looked at; what is empty is not measured.

    Attributes
    ----------
    clear
        Slices of clear lungs, of scans that no network was trained on.
    groups
        The scan of each.
    upright
        DICOM slices with a geometry, of chests.
    normal, ill
        The slices of a normal patient's series and of a COVID-19 patient's, in order.
    phantoms
        How many of each kind.
    """

    clear: Sequence[Sample] = ()
    groups: Sequence[str] = ()
    upright: Sequence[Slice] = ()
    normal: Sequence[Sample] = ()
    ill: Sequence[Sample] = ()
    phantoms: int = PHANTOMS
    clear_slices: int = CLEAR_SLICES


def probe(look: Look, threshold: float, subjects: Subjects, say: Say, seed: int = SEED) -> dict[str, Any]:
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


@dataclass(frozen=True, eq=False)
class Pair:
    """A clear slice and the same with an opacity: what was said of both, and where the opacity is."""

    group: str
    clear: Result
    drawn: Result
    mask: NDArray[np.bool_]


def pairs_of(look: Look, subjects: Subjects, rng: np.random.Generator) -> tuple[list[Pair], int]:
    """Pairs of at most `clear_slices` slices, evenly over the list; and how many slices had no room for an opacity.

    Slices without lungs are passed over: neither can anything be painted there, nor does the program score them.
    """
    order = np.linspace(0, len(subjects.clear) - 1, min(len(subjects.clear), subjects.clear_slices)).round().astype(int)
    spare = np.setdiff1d(np.arange(len(subjects.clear)), order)
    groups: list[str] = []
    clear: list[Slice] = []
    painted: list[Painted] = []
    without = 0
    for at in (*order, *rng.permutation(spare)):
        if len(painted) == len(order):
            break
        slice_ = read_sample(subjects.clear[at])
        framing = frame_lungs(slice_)
        made = paint_opacity(slice_, framing, rng) if isinstance(framing, Framing) else None
        if made is None:
            without += 1
            continue
        groups.append(subjects.groups[at])
        clear.append(slice_)
        painted.append(made)
    answers = zip(groups, look(clear), look(one.slice for one in painted), painted, strict=True)
    return [Pair(group, before, after, one.mask) for group, before, after, one in answers], without


def opacity_figures(pairs: Sequence[Pair], without: int) -> list[Figure]:
    """Calls, ranking and heat of clear slices and of the same with one opacity."""
    figures = []
    for key, results in (("clear", [pair.clear for pair in pairs]), ("drawn", [pair.drawn for pair in pairs])):
        scored = [at for at, result in enumerate(results) if result.outcome is Outcome.SCORED]
        what = "clear lungs" if key == "clear" else f"the same with one opacity of {SHARE * 100:.0f} % of the lungs"
        called = [results[at].label is Label.COVID for at in scored]
        groups = [pairs[at].group for at in scored]
        note = f"{len(results) - len(scored)} of {len(results)} refused" + (
            f"; {without} slices without lungs passed over" if key == "clear" and without else ""
        )
        figures.append(
            Figure(f"{key} called COVID", f"{what}: called COVID", clustered_share(called, groups), len(scored), note)
        )
    both = [pair for pair in pairs if pair.clear.outcome is Outcome.SCORED and pair.drawn.outcome is Outcome.SCORED]
    if both:
        logits = np.array([[pair.clear.logit_covid, pair.drawn.logit_covid] for pair in both], np.float64)

        def area(at: NDArray[np.intp]) -> float:
            truth = np.repeat((False, True), len(at))
            return area_under_roc(truth, np.concatenate([logits[at, 0], logits[at, 1]]))

        ranking = grouped_bootstrap(area, [pair.group for pair in both])
        figures.append(Figure("drawn against clear AUC", "AUC, with the opacity against clear", ranking, len(both)))
    return figures + heat_figures([pair for pair in pairs if pair.drawn.heat_map is not None])


def heat_figures(pairs: Sequence[Pair]) -> list[Figure]:
    """Where the heat of the slices with an opacity lies."""
    on_opacity, in_lungs, shares, areas, chances, chances_inside, groups = [], [], [], [], [], [], []
    for pair in pairs:
        heat, framing, seen = pair.drawn.heat_map, pair.drawn.framing, pair.drawn.model_input
        if heat is None or framing is None or seen is None:
            continue
        grid = (heat.shape[0], heat.shape[1])
        touched = touched_cells(pair.mask, framing.box, grid)
        inside = cells_centred_in(framing.lungs, framing.box, *grid)
        strongest = np.unravel_index(int(heat.argmax()), grid)
        hull = cv2.resize(seen[..., 1], grid[::-1], interpolation=cv2.INTER_AREA)
        positive = np.maximum(heat, 0)
        on_opacity.append(bool(touched[strongest]))
        in_lungs.append(bool(inside[strongest]))
        shares.append(float((positive * hull).sum() / positive.sum()) if positive.any() else 0.0)
        areas.append(float(hull.mean()))
        chances.append(float(touched.mean()))
        chances_inside.append(float(touched[inside].mean()) if inside.any() else 0.0)
        groups.append(pair.group)
    if not groups:
        return []
    chance = f"chance {in_percent(chances)}, {in_percent(chances_inside)} among the cells in the lungs"
    return [
        Figure(
            "strongest cell on the opacity",
            "the heat map's strongest cell touches the opacity",
            clustered_share(on_opacity, groups),
            len(groups),
            chance,
        ),
        Figure(
            "strongest cell in the lungs",
            "the heat map's strongest cell lies in the lungs",
            clustered_share(in_lungs, groups),
            len(groups),
        ),
        Figure(
            "positive heat in the lungs",
            "share of positive heat in the lungs",
            clustered_mean(shares, groups),
            len(groups),
            f"the lungs take {in_percent(areas)} of the area",
        ),
    ]


def in_percent(shares: Sequence[float]) -> str:
    """The mean of some shares: "17.5 %"."""
    return f"{np.mean(shares) * 100:.1f} %"


def touched_cells(mask: NDArray[np.bool_], box: Box, grid: tuple[int, int]) -> NDArray[np.bool_]:
    """(rows, columns) of the grid over the box: cells with the centre of at least one pixel of the mask."""
    touched = np.zeros(grid, bool)
    ys, xs = np.nonzero(mask)
    rows = np.floor((ys + 0.5 - box.top) / (box.bottom - box.top) * grid[0]).astype(int)
    columns = np.floor((xs + 0.5 - box.left) / (box.right - box.left) * grid[1]).astype(int)
    inside = (rows >= 0) & (rows < grid[0]) & (columns >= 0) & (columns < grid[1])
    touched[rows[inside], columns[inside]] = True
    return touched


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
