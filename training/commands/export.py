"""Make the file that the program runs, with its card: rewritten, converted, compared with the network it came from."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from training.commands.train import say


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("folder", type=Path, metavar="RUN")
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="for calibration slices and the agreement"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="resources/models in a checkout")


def run(arguments: argparse.Namespace) -> None:
    """Export."""
    os.environ["KERAS_BACKEND"] = "tensorflow"  # the converter reads no other
    from training.export.export import export

    export(arguments.folder, arguments.data, arguments.out, say)
