"""Make the run of a shipped model out of its file and its report, to evaluate or export it again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from training.commands.train import say


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("model", type=Path, metavar="MODEL.tflite")
    parser.add_argument("--report", type=Path, required=True, metavar="DIR", help="training/reports/VERSION")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="for batch statistics")
    parser.add_argument("--split", type=Path, required=True, metavar="FILE", help="that the model was trained on")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN")


def run(arguments: argparse.Namespace) -> None:
    """Restore."""
    os.environ["KERAS_BACKEND"] = "tensorflow"  # as for export, which most often follows
    from training.export.restore import restore

    restore(arguments.model, arguments.report, arguments.split, arguments.data, arguments.out, say)
