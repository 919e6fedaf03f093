"""The model card as a page in Markdown: every figure is read from model_card.json, none is written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from covidviewer.disclaimer import LIMIT_SENTENCE
from covidviewer.inference.card import ModelCard, known
from covidviewer.inference.card_text import by_other_networks, outside_sentence
from covidviewer.inference.training_slices import FILE as TRAINING_SLICES
from training.evaluation.metrics_file import PROTOCOLS, Probe
from training.reporting.probe_table import table as probe_table
from training.reporting.results import threshold_text
from training.reporting.results_table import UNKNOWN, markdown

FIGURES = (("accuracy", "accuracy"), ("sensitivity", "sensitivity"), ("specificity", "specificity"))
INTENDED = (
    ("For", "research on slices of chest CT, and teaching what such a score is worth"),
    ("Not for", "diagnosis, triage, or any decision on a patient; it is no medical device"),
    ("Takes", "one axial slice, DICOM or picture, framed by the lungs to {size} × {size} pixels and two channels"),
    (
        "Gives",
        "a number from 0 to 100 %, a probability on its own data set alone; a heat map; or why there is no score",
    ),
)


HOW_GOOD = """Unless said below, the int8 file as the program runs it, with its refusals; 95 % intervals in brackets,
over groups where several slices are of one patient, scan or paper. A refused slice counts as wrong. How each was
measured: [Training](training.md). What simple methods reach on the same slices: the README's results table, and
[Experiments](experiments.md)."""
WHAT_IT_SEES = """Asked from outside with `python -m training probe`: clear lungs of other scanners, the same with one
opacity painted in, phantoms, and one slice stored in several ways. The bounds were set before."""
NOT_PROBED = """Not measured for this model: `python -m training probe`."""
TO_THE_SCORE = """The log odds are divided by {temperature:g}, {offset:+g} is added, and the logistic function makes a
probability of it. {chosen} The words for the bands:"""
COMPUTES = """The same file on every engine, against the float32 network on the test slices. An engine that does not
reproduce known values on the computer in use is refused."""


def card_page(card: ModelCard) -> str:
    """The whole page."""
    source = f"Written by `python -m training card` from `resources/models/model_card.json`, model **{card.version}**."
    purpose = [[name, text.format(size=card.input_size)] for name, text in INTENDED]
    made = [[str(name), str(value)] for name, value in card.training.items()]
    files = [
        (card.file, card.sha256),
        (card.arrays_file, card.arrays_sha256),
        *([(TRAINING_SLICES, card.training_slices_sha256)] if card.training_slices_sha256 else []),
    ]
    parts = (
        "# Model card",
        source,
        f"**{LIMIT_SENTENCE}**",
        "## What it is for",
        markdown([["question", "answer"], *purpose]),
        "## How good it is",
        f"**{outside_sentence(card, 1.0)}**" if outside_sentence(card, 1.0) else "",
        HOW_GOOD,
        markdown(figure_rows(card)),
        "\n".join(
            f"- **{word}**: {', '.join(filter(None, (meant, by_other_networks(card.metrics.get(key, {})))))}"
            for _, key, word, meant in PROTOCOLS
        ),
        "## What it sees",
        WHAT_IT_SEES if card.probe.get("rows") else NOT_PROBED,
        *([markdown(probe_table(cast("Probe", card.probe)))] if card.probe.get("rows") else []),
        "## How it was made",
        markdown([["fact", "value"], *made]),
        "## From the network to the score",
        TO_THE_SCORE.format(
            temperature=card.temperature,
            offset=card.offset,
            chosen=threshold_text(card.threshold, card.threshold_from),
        ),
        markdown(band_rows(card)),
        "## How it computes",
        COMPUTES,
        markdown(agreement_rows(card.agreement)),
        "## Files",
        markdown([["file", "SHA-256"], *[[f"`{name}`", f"`{digest}`"] for name, digest in files]]),
    )
    return "\n\n".join(filter(None, parts)) + "\n"


def figure_rows(card: ModelCard) -> list[list[str]]:
    """One row a test; a test that was not made says so."""
    rows = [["test", "slices", "refused", "AUC", *(name for _, name in FIGURES)]]
    for _, name, word, _ in PROTOCOLS:
        protocol = card.metrics.get(name, {})
        if not protocol:
            rows.append([word, UNKNOWN, *[""] * (len(rows[0]) - 2)])
            continue
        counts = [str(protocol.get("n", "")), str(protocol.get("refused", ""))]
        shares = [interval(protocol, figure, 100, 1, " %") for figure, _ in FIGURES]
        rows.append([word, *counts, interval(protocol, "auc", 1, 3, ""), *shares])
    return rows


def interval(protocol: Mapping[str, Any], figure: str, factor: float, digits: int, unit: str) -> str:
    """ "93.6 % (89.8 to 96.0)"."""
    if not known(protocol, figure):
        return UNKNOWN
    value, low, high = (protocol[figure][bound] * factor for bound in ("value", "low", "high"))
    return f"{value:.{digits}f}{unit} ({low:.{digits}f} to {high:.{digits}f})"


def band_rows(card: ModelCard) -> list[list[str]]:
    """From which score on which words."""
    return [["from", "words"], *[[f"{band.start * 100:.0f} %", band.words] for band in card.bands]]


def agreement_rows(agreement: Mapping[str, Any]) -> Sequence[Sequence[str]]:
    """One row an engine."""
    head = ["engine", "slices", "largest difference of the probability", "mean", "labels changed"]
    return [
        head,
        *(
            [
                f"{name} ({found['device']})",
                str(found["slices"]),
                f"{found['max_probability_difference']:.3f}",
                f"{found['mean_probability_difference']:.4f}",
                str(found["labels_changed"]),
            ]
            for name, found in sorted(agreement.items())
        ),
    ]
