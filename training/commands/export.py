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
    parser.add_argument(
        "--extra",
        type=Path,
        metavar="DIR",
        help="clear slices of another source (LUNA16; even scans): the threshold leaves 95 %% of them uncalled",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="resources/models in a checkout")


def run(arguments: argparse.Namespace) -> None:
    """Export."""
    os.environ["KERAS_BACKEND"] = "tensorflow"  # the converter reads no other
    from training.data.folders import labelled_samples
    from training.export.export import export
    from training.export.training_slices import write_training_slices
    from training.network.run import open_run

    export(arguments.folder, arguments.data, arguments.out, say)
    slices = write_training_slices(labelled_samples(arguments.data), open_run(arguments.folder).split, arguments.out)
    say(f"-> {slices}")
    if arguments.extra:
        from training.data.folders import luna_samples
        from training.evaluation.threshold import choose_threshold

        card = choose_threshold(arguments.out, luna_samples(arguments.extra, even=True))
        say(f"threshold {card.threshold:.3f}, chosen on {card.threshold_from['slices']} clear slices")
