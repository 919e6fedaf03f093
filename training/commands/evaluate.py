"""Measure a run: its parts, other sources, distortions, pictures to refuse; writes metrics.json and scores.csv.

A folder that holds fold-0 .. fold-4 is measured as the grouped figure.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from covidviewer.inference.card import CARD_FILE
from training.commands.train import say
from training.evaluation.metrics_file import FoldMetrics, Metrics
from training.fit.hardware import choose_backend


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("folder", type=Path, metavar="RUN")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--external",
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="covid-ct, luna, ctmd, dicom (for the probe), ood (pictures to refuse), or any name for a folder with "
        "COVID/ and non-COVID/",
    )
    parser.add_argument(
        "--extra",
        type=Path,
        metavar="DIR",
        help="clear slices of another source (LUNA16; even scans): the threshold leaves 95 %% of them uncalled",
    )
    parser.add_argument(
        "--grouped",
        type=Path,
        metavar="FOLDS",
        help="the evaluated run of the grouped folds: its figure becomes a column",
    )
    parser.add_argument("--floors", type=Path, default=Path("training/reports/floors.json"), metavar="FILE")
    parser.add_argument(
        "--grouped-split", type=Path, default=Path("training/splits/grouped-5-fold.json"), metavar="FILE"
    )
    parser.add_argument("--config", metavar="NAME|FILE", help="of a run whose folder does not hold it")
    parser.add_argument("--split", type=Path, metavar="FILE", help="of a run whose folder does not hold it")
    parser.add_argument(
        "--model",
        type=Path,
        metavar="DIR",
        help="the model exported from the run: measure that file as the program runs it, and fill in its card",
    )
    parser.add_argument("--quick", action="store_true", help="leave out training slices, distortions and explanations")


def run(arguments: argparse.Namespace) -> None:
    """Measure and write."""
    choose_backend()
    from training.data.folders import labelled_samples
    from training.network import run as runs

    samples = labelled_samples(arguments.data)
    folds = sorted(place for place in arguments.folder.glob("fold-*") if place.is_dir())
    metrics = arguments.folder / runs.METRICS
    if folds:
        runs.write_json(of_folds(arguments, folds, samples), metrics)
    else:
        content = of_run(arguments, samples)
        runs.write_json(content, metrics)
        if arguments.model:
            fill_card(arguments.model / CARD_FILE, content)
    say(f"-> {metrics}")


def fill_card(card: Path, content: Metrics) -> None:
    """Put the figures into the card of the model that was measured."""
    from training.export.package_model import refill_fields
    from training.reporting.card_fields import card_fields

    refill_fields(card, card_fields(content))
    say(f"-> {card}")


def of_folds(arguments: argparse.Namespace, folds: list[Path], samples: Any) -> FoldMetrics:
    """metrics.json of the grouped folds."""
    from training.data.grouped import read_grouped
    from training.evaluation.folds import evaluate_folds
    from training.network import run as runs

    opened = [runs.open_run(fold, arguments.config) for fold in folds]
    return evaluate_folds(opened, read_grouped(arguments.grouped_split), samples, say)


def of_run(arguments: argparse.Namespace, samples: Any) -> Metrics:
    """metrics.json of one run, with the grouped figure and the baselines where they were measured."""
    from training.data.external import parsed, questions
    from training.data.folders import luna_samples
    from training.data.grouped import read_grouped
    from training.evaluation.comparison import against_baselines
    from training.evaluation.evaluate import evaluate
    from training.evaluation.probe_subjects import subjects_in
    from training.network import run as runs

    opened = runs.open_run(arguments.folder, arguments.config, arguments.split)
    folders = parsed(arguments.external)
    content = evaluate(
        opened,
        samples,
        questions(folders),
        folders.get("ood"),
        say,
        thorough=not arguments.quick,
        shipped=arguments.model,
        subjects=subjects_in(folders),
        clear=luna_samples(arguments.extra, even=True) if arguments.extra else (),
        groups=read_grouped(arguments.grouped_split).groups if arguments.grouped_split.exists() else None,
    )
    if arguments.floors.exists():
        content["floors"] = runs.read_json(arguments.floors)
        if set(opened.split.test) >= {name for missed in content["floors"]["wrong"].values() for name in missed}:
            content["against_floors"] = against_baselines(content, opened, content["floors"])
    if arguments.grouped:
        theirs: FoldMetrics = runs.read_json(arguments.grouped / runs.METRICS)
        content["columns"]["grouped"] = theirs["columns"]["grouped"]
        content["sets"]["grouped"] = theirs["sets"]["grouped"]
        content["folds"], content["grouping"] = theirs["folds"], theirs["grouping"]
        content["grouped_against_floors"] = theirs.get("against_floors", {})
        if (arguments.grouped / runs.SCORES).is_file():
            runs.copied(arguments.grouped / runs.SCORES, arguments.folder / runs.OUT_OF_FOLD)
    return content
