"""What trivial methods reach on the same slices: the figures every result has to be read above."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--split", type=Path, required=True, metavar="FILE", help="the random split")
    parser.add_argument(
        "--grouped", type=Path, metavar="FILE", help="the grouped folds (default: beside the random split)"
    )
    parser.add_argument("--external", action="append", default=[], metavar="NAME=DIR", help="covid-ct, luna, ctmd")
    parser.add_argument(
        "--only", action="append", default=[], metavar="METHOD", help="renew these rows of the file alone"
    )
    parser.add_argument("--out", type=Path, default=Path("training/reports/floors.json"), metavar="FILE")


def run(arguments: argparse.Namespace) -> None:
    """Write the baselines as JSON and print them as a table."""
    from training.data.external import parsed, questions
    from training.data.folders import labelled_samples
    from training.data.grouped import read_grouped
    from training.data.split import read_split
    from training.evaluation.baseline_table import baseline_table
    from training.network.run import read_json, write_json

    beside = arguments.split.with_name("grouped-5-fold.json")
    grouped = arguments.grouped or (beside if beside.exists() else None)
    table = baseline_table(
        labelled_samples(arguments.data),
        read_split(arguments.split),
        read_grouped(grouped) if grouped else None,
        questions(parsed(arguments.external)),
        print,
        arguments.only,
    )
    if arguments.only and arguments.out.exists():
        before = read_json(arguments.out)
        rows = {name: before["methods"].get(name, {}) | row for name, row in table["methods"].items()}
        table = {"methods": before["methods"] | rows, "wrong": before["wrong"] | table["wrong"]}
    table["splits"] = [arguments.split.name] + ([grouped.name] if grouped else [])
    write_json(table, arguments.out)
    print(f"-> {arguments.out}")
