"""Divide the slices: at random as in the paper (80/10/10), or into five grouped folds."""

from __future__ import annotations

import argparse
from pathlib import Path

from covidviewer.files import make_folder
from training.data.folders import labelled_samples


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with COVID/ and non-COVID/")
    parser.add_argument("--protocol", choices=("random", "grouped"), required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--seed", type=int, default=2020, help="of the random protocol")
    parser.add_argument(
        "--threshold", type=float, help="correlation above which two slices may not be parted (grouped)"
    )
    parser.add_argument("--gap", type=int, help="slices left out on each side where folds meet (grouped)")
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help="framed images are kept here (default: cache beside the split; grouped)",
    )
    parser.add_argument(
        "--no-sensitivity", action="store_true", help="leave out the table of other thresholds and gaps (grouped)"
    )


def run(arguments: argparse.Namespace) -> None:
    """Write the split file."""
    samples = labelled_samples(arguments.data)
    make_folder(arguments.out.parent, private=False)
    if arguments.protocol == "random":
        from training.data.split import random_split, write_split

        split = random_split(samples, arguments.seed)
        write_split(split, arguments.out)
        print(f"{len(split.train)} / {len(split.validation)} / {len(split.test)} slices -> {arguments.out}")
        return
    from dataclasses import replace

    from training.data.framed import framed_canvases
    from training.data.grouped import GAP, THRESHOLD, grouped_split, thumbnail_correlations, write_grouped
    from training.data.likeness import lung_likeness
    from training.evaluation.sensitivity import sensitivity

    correlations = thumbnail_correlations(samples)
    threshold = THRESHOLD if arguments.threshold is None else arguments.threshold
    gap = GAP if arguments.gap is None else arguments.gap
    cache = arguments.cache or arguments.out.parent / "cache"
    lungs = lung_likeness(framed_canvases(samples, cache), tuple(sample.name for sample in samples))
    grouped = grouped_split(samples, correlations, threshold, gap, lungs)
    if not arguments.no_sensitivity:
        facts = dict(grouped.facts) | {"sensitivity": sensitivity(samples, correlations, lungs, print)}
        grouped = replace(grouped, facts=facts)
    write_grouped(grouped, arguments.out)
    sizes = ", ".join(str(sum(size.values())) for size in grouped.facts["fold_sizes"])
    print(
        f"{grouped.facts['groups']} groups, folds of {sizes}, {grouped.facts['left_out']} left out -> {arguments.out}"
    )
