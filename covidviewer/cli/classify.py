"""`covidviewer classify PATH...`: a score or a reason for every slice, as JSON, CSV or lines, and heat maps."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from covidviewer.cli.common_options import add_heat_maps, add_model, add_paths, chosen_scorer, given
from covidviewer.cli.console import DONE, FAILED, print_status, tell_empty_folders
from covidviewer.disclaimer import NOTICE
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.services.heatmaps import HeatMapFolder
    from covidviewer.services.scoring import Answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, on what, and in which form."""
    add_paths(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print a list of objects")
    form.add_argument("--csv", type=given, metavar="FILE", help="write a table to FILE, or to stdout for -")
    add_heat_maps(parser)
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Score everything; 1 when a slice failed, a folder held none, or a file could not be written."""
    from covidviewer.cli.tables import answer_writer

    writer = answer_writer(options.json, options.csv)
    heat_maps = folder_of(options.heatmaps)
    code = DONE
    with closing(chosen_scorer(options)) as scorer:
        print_status(scorer.notice, NOTICE)
        with writer as write:
            for answer in scorer.score(options.paths):
                write(answer)
                written = heat_maps is None or write_heat_map(heat_maps, answer)
                if answer.result.outcome == "failed" or not written:
                    code = FAILED
    return FAILED if tell_empty_folders(options.paths) else code


def folder_of(path: Path | None) -> HeatMapFolder | None:
    """The folder for heat maps, made now, so that a wrong place is known before an hour's work."""
    if path is None:
        return None
    from covidviewer.services.heatmaps import HeatMapFolder

    return HeatMapFolder(path)


def write_heat_map(folder: HeatMapFolder, answer: Answer) -> bool:
    """Write the heat map of a scored slice; False, with a sentence on stderr, when it cannot be written."""
    if answer.slice is None:
        return True
    name = answer.path.name if answer.frame == 0 else f"{answer.path.name}.frame-{answer.frame + 1:03d}"
    try:
        folder.write(answer.slice, answer.result, name)
    except CovidViewerError as error:
        print_status(error)
        return False
    return True
