"""`covidviewer classify PATH...`: a score or a reason for every slice, as JSON, CSV or lines, and heat maps."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from covidviewer.cli.common_options import add_heat_maps, add_model, add_paths, chosen_scorer, given
from covidviewer.cli.console import DONE, FAILED, print_status, tell_empty_folders
from covidviewer.disclaimer import DISCLAIMER
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.services.heatmaps import HeatMapFolder
    from covidviewer.services.scoring import FrameResult


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
    from covidviewer.cli.tables import frame_result_writer

    writer = frame_result_writer(options.json, options.csv)
    heat_maps = folder_of(options.heatmaps)
    code = DONE
    with closing(chosen_scorer(options)) as scorer:
        print_status(scorer.notice, DISCLAIMER)
        with writer as write:
            for frame_result in scorer.score(options.paths):
                write(frame_result)
                written = heat_maps is None or write_heat_map(heat_maps, frame_result)
                if frame_result.result.outcome == "failed" or not written:
                    code = FAILED
    return FAILED if tell_empty_folders(options.paths) else code


def folder_of(path: Path | None) -> HeatMapFolder | None:
    """The folder for heat maps, made now, so that a wrong place is known before an hour's work."""
    if path is None:
        return None
    from covidviewer.services.heatmaps import HeatMapFolder

    return HeatMapFolder(path)


def write_heat_map(folder: HeatMapFolder, frame_result: FrameResult) -> bool:
    """Write the heat map of a scored slice; False, with a sentence on stderr, when it cannot be written."""
    if frame_result.slice is None:
        return True
    name = (
        frame_result.path.name
        if frame_result.frame == 0
        else f"{frame_result.path.name}.frame-{frame_result.frame + 1:03d}"
    )
    try:
        folder.write(frame_result.slice, frame_result.result, name)
    except CovidViewerError as error:
        print_status(error)
        return False
    return True
