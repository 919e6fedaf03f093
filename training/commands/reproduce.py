"""All of it, in order: splits, baselines, training, grouped folds, export, evaluation, report.

What is done already is not done again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from covidviewer.errors import OutputUnwritable
from training.commands.train import say
from training.network.config import load_config


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--extra", type=Path, metavar="DIR")
    parser.add_argument("--outlined", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--config", default="bundled", metavar="NAME|FILE")
    parser.add_argument(
        "--folds",
        metavar="NAME|FILE|FOLDER|none",
        help="config of the grouped folds, or the folder of folds (or of a report) that were measured before (default: "
        "the model's own config, none for whole pictures)",
    )
    parser.add_argument("--split", type=Path, metavar="FILE", help="the random split (default: made with seed 2020)")
    parser.add_argument("--grouped-split", type=Path, metavar="FILE", help="the grouped folds (default: made)")
    parser.add_argument("--weights", default="none", metavar="ct|imagenet|none|FILE")
    parser.add_argument("--external", action="append", default=[], metavar="NAME=DIR")
    parser.add_argument(
        "--no-export",
        action="store_true",
        help="leave out the program's file (it needs TensorFlow; runs on whole pictures have none)",
    )


def run(arguments: argparse.Namespace) -> None:
    """Run the steps whose result is missing."""
    for words, result in steps(arguments):
        if result is not None and result.exists():
            say(f"done before: {words[0]} -> {result}")
            continue
        say(" ".join(["python -m training", *words]))
        call(words)


def call(words: list[str]) -> None:
    """Run another command; export in a process of its own, since it needs Keras on TensorFlow.

    Its errors are this one's. Raises `OutputUnwritable` when the other process failed (it has said why).
    """
    if words[0] == "export":
        environment = os.environ | {"KERAS_BACKEND": "tensorflow"}
        if subprocess.run([sys.executable, "-m", "training", *words], env=environment, check=False).returncode:
            raise OutputUnwritable("The export failed; what it said stands above.")
        return
    from training.__main__ import parser

    arguments = parser().parse_args(words)
    work: Callable[[argparse.Namespace], None] = arguments.run
    work(arguments)


def steps(arguments: argparse.Namespace) -> list[tuple[list[str], Path | None]]:
    """(command, the file that it makes, or None when it decides itself what is left to do), in order."""
    out: Path = arguments.out
    data = ["--data", str(arguments.data)]
    extra = ["--extra", str(arguments.extra)] if arguments.extra else []
    outlined = ["--outlined", str(arguments.outlined)] if arguments.outlined else []
    outside = [word for one in arguments.external for word in ("--external", one)]
    random, grouped = arguments.split or out / "random.json", arguments.grouped_split or out / "grouped.json"
    model, folds, floors = out / "model", out / "grouped", out / "floors.json"
    cache = ["--cache", str(out / "cache")]
    config = load_config(arguments.config)
    train = ["train", *data, *extra, *outlined, *cache, "--resume"]
    weights = ["--weights", arguments.weights]
    plan: list[tuple[list[str], Path | None]] = [
        (["split", *data, "--protocol", "random", "--out", str(random)], random),
        (["split", *data, "--protocol", "grouped", *cache, "--out", str(grouped)], grouped),
        (["floors", *data, "--split", str(random), "--grouped", str(grouped), *outside, "--out", str(floors)], floors),
    ]
    plan.append(
        ([*train, "--config", arguments.config, "--split", str(random), *weights, "--out", str(model)], None),
    )
    of_folds = arguments.folds or (arguments.config if config.framed else "none")
    measured = Path(of_folds).is_dir()
    with_folds = of_folds != "none" and not measured
    if with_folds:
        same = weights if of_folds == arguments.config else []
        fold = [*train, "--config", of_folds, "--split", str(grouped), *same, "--fold", "all", "--out", str(folds)]
        plan += [
            (fold, None),
            (["evaluate", str(folds), *data, "--grouped-split", str(grouped)], folds / "metrics.json"),
        ]
    exported = config.framed and not arguments.no_export
    joined = ["--grouped-split", str(grouped)]
    joined += ["--grouped", of_folds if measured else str(folds)] if with_folds or measured else []
    if exported:
        plan.append(
            (["export", str(model), *data, *extra, "--out", str(out / "export")], out / "export" / "model_card.json")
        )
        joined += ["--model", str(out / "export")]
    plan.append(
        (["evaluate", str(model), *data, *extra, *outside, "--floors", str(floors), *joined], model / "metrics.json")
    )
    card = ["--card", str(out / "export" / "model_card.json")]
    plan.append((["report", str(model), *card, "--out", str(out / "report")], out / "report" / "report.html"))
    return plan
