"""`covidviewer dicom PATH... --out DIR`: heat maps and scores of DICOM series as DICOM objects."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from covidviewer.cli.common_options import add_model, add_paths, chosen_scorer, given_path
from covidviewer.cli.console import DONE, FAILED, print_status, tell_empty_folders, write_stdout
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Series
    from covidviewer.inference.results import Result
    from covidviewer.services.scoring import Scorer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which series, where to, and whether with the patient's elements."""
    add_paths(parser)
    parser.add_argument("--out", type=given_path, required=True, metavar="DIR", help="output folder")
    parser.add_argument(
        "--identified", action="store_true", help="include patient and study attributes; by default they are empty"
    )
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Score each series and write its objects, one file name a line.

    1 when a series or a file failed, or a folder held none.
    """
    from covidviewer.disclaimer import DISCLAIMER
    from covidviewer.files import make_folder
    from covidviewer.imaging.opening import open_paths
    from covidviewer.services.dicom.export import check_dicom_out, write_dicom

    check_dicom_out()
    make_folder(options.out)
    opened = open_paths(options.paths)
    for unread in opened.unread:
        print_status(f"{unread.path}: {unread.reason}")
    empty = tell_empty_folders(options.paths)
    code = FAILED if empty or opened.unread or not opened.series else DONE
    with closing(chosen_scorer(options)) as scorer:
        print_status(scorer.notice, DISCLAIMER)
        for series in opened.series:
            try:
                results = results_of(series, scorer)
                written = write_dicom(series, results, scorer.card, options.out, identified=options.identified)
            except CovidViewerError as error:
                print_status(f"{series.title}: {error}")
                code = FAILED
            else:
                write_stdout("".join(f"{path}\n" for path in written))
    return code


def results_of(series: Series, scorer: Scorer) -> dict[int, Result]:
    """The results of a series by slice index; slices that cannot be read are told and left out."""
    from covidviewer.inference.analyser import BATCH, prepare_safely

    results: dict[int, Result] = {}
    indices = iter(range(len(series)))
    while chunk := list(islice(indices, BATCH)):
        prepared = {}
        for index in chunk:
            try:
                prepared[index] = prepare_safely(series.read_slice(index))
            except CovidViewerError as error:
                print_status(f"{series.headers[index].source.path}: {error}")
        scored = scorer.classify_prepared(list(prepared.values()))
        results |= {index: replace(one, model_input=None) for index, one in zip(prepared, scored, strict=True)}
    return results
