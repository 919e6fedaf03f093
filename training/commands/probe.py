"""Ask a model from outside what it sees: clear lungs, a painted opacity, phantoms, one slice stored in other ways.

Every figure stands beside the bound that it has to reach.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from training.commands.train import say


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="MODEL|RUN",
        help="folder of an exported model, or a run (its float32 weights); without it the bundled model",
    )
    parser.add_argument(
        "--external",
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="luna (odd scans: clear lungs), ctmd (two patients' series), dicom (axial series to store in other ways)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the figures as JSON")
    parser.add_argument("--into", type=Path, metavar="FILE", help="a metrics.json that takes the figures in")


def run(arguments: argparse.Namespace) -> None:
    """Measure, print the table, write."""
    from training.data.external import parsed
    from training.evaluation.probe import probe
    from training.evaluation.probe_subjects import subjects_in
    from training.network.run import read_json, write_json
    from training.reporting.probe_table import as_text

    analyser = analyser_of(arguments.folder)
    found = probe(analyser.analyse_many, analyser.bundle.card.threshold, subjects_in(parsed(arguments.external)), say)
    found["model"] = analyser.bundle.card.version
    analyser.close()
    print(as_text(found))
    if arguments.out:
        write_json(found, arguments.out)
        say(f"-> {arguments.out}")
    if arguments.into:
        write_json(read_json(arguments.into) | {"probe": found}, arguments.into)
        say(f"-> {arguments.into}")


def analyser_of(folder: Path | None) -> Any:
    """The analyser of an exported model, or of a run with the calibration of its metrics.json."""
    from covidviewer.inference.card import CARD_FILE
    from training.evaluation.probed_models import analyser_of_model, analyser_of_run

    if folder is None or (folder / CARD_FILE).is_file():
        return analyser_of_model(folder)
    from training.fit.hardware import choose_backend

    choose_backend()
    from training.evaluation.run_model import load_run_model
    from training.network import run as runs

    opened = runs.open_run(folder)
    metrics = folder / runs.METRICS
    line = runs.read_json(metrics)["calibration"] if metrics.is_file() else {"temperature": 1.0, "offset": 0.0}
    scoring_model = load_run_model(opened.config, folder)
    return analyser_of_run(scoring_model, f"run {opened.config.name}", line["temperature"], line["offset"])
