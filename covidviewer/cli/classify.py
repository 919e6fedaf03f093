"""`covidviewer classify PATH...`: a score or a reason for every slice, as JSON, CSV or lines, and heat maps."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from covidviewer.cli.exits import DONE, FAILED
from covidviewer.cli.paths import given, given_path, tell_empty_folders
from covidviewer.disclaimer import NOTICE
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.services.heatmaps import HeatMapFolder
    from covidviewer.services.scoring import Answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, on what, and in which form."""
    parser.add_argument("paths", nargs="+", type=given_path, metavar="PATH", help="files, folders (walked), archives")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print a list of objects")
    form.add_argument("--csv", type=given, metavar="FILE", help="write a table to FILE, or to stdout for -")
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto", help="device to use")
    parser.add_argument(
        "--engine", choices=("auto", "litert", "openvino"), default="auto", help="inference engine to use"
    )
    parser.add_argument(
        "--heatmaps", type=given_path, metavar="DIR", help="write a heat map of each scored slice into DIR"
    )
    parser.add_argument("--model", type=given_path, metavar="DIR", help="use another model than the bundled one")


def run(options: argparse.Namespace) -> int:
    """Score everything; 1 when a slice failed, a folder held none, or a file could not be written."""
    from covidviewer.cli.tables import writer_of
    from covidviewer.services.scoring import load_scorer

    writer = writer_of(options.json, options.csv)
    heat_maps = folder_of(options.heatmaps)
    scorer = load_scorer(options.engine, options.device, options.model)
    for sentence in (scorer.notice, NOTICE):
        if sentence:
            print(sentence, file=sys.stderr)
    code = DONE
    try:
        with writer:
            for answer in scorer.score(options.paths):
                writer.add(answer)
                written = heat_maps is None or write_heat_map(heat_maps, answer)
                if answer.result.outcome == "failed" or not written:
                    code = FAILED
    finally:
        scorer.close()
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
        print(error, file=sys.stderr)
        return False
    return True
