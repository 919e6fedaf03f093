"""Look at the data before trusting it: contact sheets of the framing, most unusual hulls first.

Pictures stay in the folder you name.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--extra", type=Path, metavar="DIR", help="also the even LUNA scans")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--framing", action="store_true", help="contact sheets of the framing only")


def run(arguments: argparse.Namespace) -> None:
    """Write the sheets."""
    from training.data.folders import labelled_samples, luna_samples
    from training.reporting import visualise

    samples = labelled_samples(arguments.data)
    sources = {"own": samples}
    if arguments.extra:
        sources["luna"] = luna_samples(arguments.extra, even=True)
    written = list(visualise.visualise_framing(sources, arguments.out))
    if not arguments.framing:
        written += visualise.visualise_data(samples, arguments.out)
    for file in written:
        print(file)
