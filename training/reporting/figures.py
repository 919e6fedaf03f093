"""The report's figures, drawn with Matplotlib from `metrics.json` and from phantoms.

Each returns a PNG file as bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from covidviewer.phantom.slices import phantom_slice
from training.evaluation.metrics_file import Metrics, Triple
from training.evaluation.phantoms import PHANTOM_SEEDS
from training.reporting.results_table import COLUMNS, baseline_figures

INK, BLUE, GREY = "#1f2937", "#2563eb", "#9ca3af"


def drawn(size: tuple[float, float], columns: int = 1) -> Any:
    """A figure and its axes."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, columns, figsize=size, layout="constrained")
    for one in np.atleast_1d(axes):
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes


def png(figure: Any) -> bytes:
    """The figure as PNG, and forgotten."""
    import matplotlib.pyplot as plt

    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=110)
    plt.close(figure)
    return stream.getvalue()


def curves(record: Sequence[Mapping[str, Any]]) -> bytes:
    """Loss and accuracy over the epochs of all phases."""
    figure, (left, right) = drawn((9, 3.2), 2)
    epochs = range(1, len(record) + 1)
    for axes, name in ((left, "loss"), (right, "accuracy")):
        axes.plot(epochs, [row[name] for row in record], color=GREY, label="training (augmented)")
        axes.plot(
            epochs, [row[f"validation_{name}"] for row in record], color=BLUE, label="validation (averaged weights)"
        )
        axes.set(xlabel="epoch", title=name)
        for index in range(1, len(record)):
            if record[index]["phase"] != record[index - 1]["phase"]:
                axes.axvline(index + 0.5, color=INK, linewidth=0.6, linestyle=":")
    left.legend(frameon=False, fontsize=8)
    return png(figure)


def confusion(counts: Sequence[Sequence[int]]) -> bytes:
    """Confusion matrix: rows are the truth."""
    figure, axes = drawn((3.6, 3.2))
    axes.imshow(counts, cmap="Blues")
    names = ("COVID", "non-COVID")
    axes.set(xticks=(0, 1), yticks=(0, 1), xticklabels=names, yticklabels=names, xlabel="called", ylabel="labelled")
    for row in (0, 1):
        for column in (0, 1):
            dark = counts[row][column] > np.max(counts) / 2
            axes.text(
                column,
                row,
                str(counts[row][column]),
                ha="center",
                va="center",
                color="white" if dark else INK,
                fontsize=14,
            )
    return png(figure)


def roc(sets: Mapping[str, Sequence[Sequence[float]]]) -> bytes:
    """ROC curves by set."""
    figure, axes = drawn((4.6, 4.2))
    axes.plot((0, 1), (0, 1), color=GREY, linestyle=":", linewidth=1)
    for name, points in sets.items():
        axes.plot(*np.array(points).T, label=name, linewidth=1.6)
    axes.set(xlabel="false positive rate", ylabel="true positive rate")
    axes.legend(frameon=False, fontsize=7, loc="lower right")
    return png(figure)


def reliability(sets: Mapping[str, Sequence[Mapping[str, float]]]) -> bytes:
    """Share of COVID against mean probability per bin; a dot's area is the bin's count."""
    figure, axes = drawn((4.4, 4.0))
    axes.plot((0, 1), (0, 1), color=GREY, linestyle=":", linewidth=1)
    for name, bins in sets.items():
        x, y = [row["mean_probability"] for row in bins], [row["covid_share"] for row in bins]
        axes.plot(x, y, linewidth=1)
        axes.scatter(x, y, s=[4 + 2 * row["count"] ** 0.8 for row in bins], label=name, alpha=0.7)
    axes.set(xlabel="calibrated probability", ylabel="share of COVID", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False, fontsize=8)
    return png(figure)


def decision_curve(rows: Sequence[Mapping[str, float]]) -> bytes:
    """Net benefit over threshold probabilities."""
    figure, axes = drawn((5, 3.2))
    x = [row["threshold"] for row in rows]
    axes.plot(x, [row["score"] for row in rows], color=BLUE, label="by the score")
    axes.plot(x, [row["everybody"] for row in rows], color=GREY, label="everybody")
    axes.axhline(0, color=INK, linewidth=0.8, label="nobody")
    axes.set(xlabel="threshold probability", ylabel="net benefit", ylim=(-0.15, None))
    axes.legend(frameon=False, fontsize=8)
    return png(figure)


def protocols(content: Metrics) -> bytes:
    """AUROC of ours and of two baselines in each column, with intervals."""
    figure, axes = drawn((8, 3.2))
    methods = content.get("floors", {}).get("methods", {})
    series: dict[str, list[Triple | None]] = {}
    series["ours"] = [(one := content["columns"].get(column)) and one["auroc"] for column in COLUMNS]
    for name in ("15-NN on thumbnails", "opacity numbers"):
        of_baseline = [baseline_figures(methods.get(name, {}), column) for column in COLUMNS]
        series[name] = [row and row["auroc"] for row in of_baseline]
    for place, (name, cells) in enumerate(series.items()):
        known = [(at, *with_ends(one)) for at, one in enumerate(cells) if one and one[0] is not None]
        x = [at + (place - 1) * 0.15 for at, *_ in known]
        y = [value for _, value, _, _ in known]
        ends = [[value - low for _, value, low, _ in known], [high - value for _, value, _, high in known]]
        axes.errorbar(x, y, yerr=np.maximum(ends, 0), fmt="o", capsize=3, label=name, color=(BLUE, GREY, INK)[place])
    axes.axhline(0.5, color=GREY, linestyle=":", linewidth=1)
    axes.set(xticks=range(len(COLUMNS)), xticklabels=COLUMNS, ylabel="AUROC", ylim=(0.3, 1.02))
    axes.legend(frameon=False, fontsize=8, loc="lower left")
    return png(figure)


def with_ends(interval: Triple) -> tuple[float, float, float]:
    """Value and ends of a defined figure; without an interval both ends are the value."""
    value, low, high = interval
    middle = value or 0.0
    return middle, middle if low is None else low, middle if high is None else high


def phantoms(heat: Sequence[Sequence[Sequence[float]]] | None) -> bytes:
    """A phantom without and with opacities; below, what the network looked at, where the run has it."""
    import matplotlib.pyplot as plt

    rows = 2 if heat else 1
    figure, axes = plt.subplots(rows, 2, figsize=(6.4, 3.2 * rows), layout="constrained", squeeze=False)
    for column, lesions in enumerate((0, 6)):
        made = phantom_slice(PHANTOM_SEEDS[0], 0.5, lesions)
        axes[0, column].imshow(made.values, cmap="gray", vmin=-1000, vmax=300)
        axes[0, column].set_title("clear phantom" if not lesions else "phantom with synthetic opacities", fontsize=9)
        if heat:
            largest = float(np.abs(heat).max()) or 1.0
            axes[1, column].imshow(heat[column], cmap="coolwarm", vmin=-largest, vmax=largest)
            axes[1, column].set_title("class activation inside the box", fontsize=9)
    for one in axes.ravel():
        one.axis("off")
    return png(figure)
