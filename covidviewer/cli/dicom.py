"""`covidviewer dicom PATH... --out DIR`: heat maps and scores of DICOM series as DICOM objects."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from covidviewer.cli.exits import DONE, FAILED
from covidviewer.cli.output import put
from covidviewer.cli.paths import given_path, tell_empty_folders
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Series
    from covidviewer.inference.results import Result
    from covidviewer.services.scoring import Scorer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which series, where to, and whether with the patient's elements."""
    parser.add_argument("paths", nargs="+", type=given_path, metavar="PATH", help="files, folders (walked), archives")
    parser.add_argument("--out", type=given_path, required=True, metavar="DIR", help="output folder")
    parser.add_argument(
        "--identified", action="store_true", help="include patient and study attributes; by default they are empty"
    )
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto", help="device to use")
    parser.add_argument(
        "--engine", choices=("auto", "litert", "openvino"), default="auto", help="inference engine to use"
    )
    parser.add_argument("--model", type=given_path, metavar="DIR", help="use another model than the bundled one")


def run(options: argparse.Namespace) -> int:
    """Score each series and write its objects, one file name a line.

    1 when a series or a file failed, or a folder held none.
    """
    from covidviewer.disclaimer import NOTICE
    from covidviewer.files import make_folder
    from covidviewer.imaging.opening import open_paths
    from covidviewer.services.dicom.export import check_dicom_out, write_dicom
    from covidviewer.services.scoring import load_scorer

    check_dicom_out()
    make_folder(options.out)
    opened = open_paths(options.paths)
    for unread in opened.unread:
        print(f"{unread.path}: {unread.reason}", file=sys.stderr)
    empty = tell_empty_folders(options.paths)
    code = FAILED if empty or opened.unread or not opened.series else DONE
    scorer = load_scorer(options.engine, options.device, options.model)
    try:
        for sentence in (scorer.notice, NOTICE):
            if sentence:
                print(sentence, file=sys.stderr)
        for series in opened.series:
            try:
                results = results_of(series, scorer)
                written = write_dicom(series, results, scorer.card, options.out, identified=options.identified)
            except CovidViewerError as error:
                print(f"{series.title}: {error}", file=sys.stderr)
                code = FAILED
            else:
                put("".join(f"{path}\n" for path in written))
    finally:
        scorer.close()
    return code


def results_of(series: Series, scorer: Scorer) -> dict[int, Result]:
    """The results of a series by slice index; slices that cannot be read are told and left out."""
    from covidviewer.inference.analyser import BATCH, carefully_prepared

    results: dict[int, Result] = {}
    indices = iter(range(len(series)))
    while chunk := list(islice(indices, BATCH)):
        prepared = {}
        for index in chunk:
            try:
                prepared[index] = carefully_prepared(series.read_slice(index))
            except CovidViewerError as error:
                print(f"{series.headers[index].source.path}: {error}", file=sys.stderr)
        scored = scorer.settle(list(prepared.values()))
        results |= {index: replace(one, model_input=None) for index, one in zip(prepared, scored, strict=True)}
    return results
