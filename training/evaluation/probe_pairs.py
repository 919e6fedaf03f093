"""Clear slices, and the same with one opacity painted in: what a model makes of both, and where its heat lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from covidviewer.imaging.lungs.box import Box
from covidviewer.imaging.lungs.framing import Framing, frame_lungs
from covidviewer.imaging.slices import Slice
from covidviewer.inference.evidence import cells_centred_in
from covidviewer.inference.results import Label, Outcome, Result
from training.data.framed import read_sample
from training.evaluation.probe_figures import Figure
from training.evaluation.probe_opacities import SHARE, Painted, paint_opacity
from training.evaluation.probe_subjects import Subjects
from training.statistics.intervals import clustered_mean, clustered_share, grouped_bootstrap
from training.statistics.metrics import area_under_roc

Look = Callable[[Iterable[Slice]], Iterator[Result]]
"""The program's analyser: one result a slice, in order."""


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
