"""Write the report of one or more runs.

One HTML file that needs no other, the figures, the metrics it was made from, and the first run's record.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "folders",
        type=Path,
        nargs="+",
        metavar="RUN",
        help="the first is the model; others are seeds or recipes beside it",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--card",
        type=Path,
        default=Path("resources/models/model_card.json"),
        metavar="FILE",
        help="for export and agreement",
    )
    parser.add_argument(
        "--history",
        type=Path,
        metavar="FILE",
        help="how often the test slices were looked at; the first run is added (default: history.json beside DIR)",
    )
    parser.add_argument(
        "--readme", type=Path, metavar="FILE", help="also renew the results table between this file's markers"
    )


def run(arguments: argparse.Namespace) -> None:
    """Write the report, and the README's table when asked."""
    from training.network import run as runs
    from training.reporting.history import HISTORY, look, read_history, version_of, with_look
    from training.reporting.report import write_report
    from training.reporting.results_table import renew

    metrics = [runs.read_json(folder / runs.METRICS) for folder in arguments.folders]
    card = runs.read_json(arguments.card) if arguments.card.exists() else None
    today = datetime.now().astimezone().date()
    file = arguments.history or arguments.out.parent / HISTORY
    history = with_look(read_history(file), look(version_of(metrics[0], card), metrics[0], today))
    written = write_report(metrics, card, arguments.out, history)
    runs.write_json(history, file)
    for file in (*written, *runs.keep_record(arguments.folders[0], arguments.out)):
        print(file)
    if arguments.readme:
        renew(arguments.readme, metrics[0])
        print(arguments.readme)
