"""`covidviewer batch FOLDER --out FILE`: a folder's scores in one table, whatever happens on the way."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack, closing
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

from covidviewer.cli.common_options import add_heat_maps, add_model, chosen_scorer, given, given_path
from covidviewer.cli.console import DONE, FAILED, USAGE, print_status, printable, write_stdout
from covidviewer.errors import CovidViewerError

if TYPE_CHECKING:
    from covidviewer.services.batch.cluster import ClusterBackend
    from covidviewer.services.batch.labels import LabelOf
    from covidviewer.services.batch.plan import BatchPlan
    from covidviewer.services.batch.progress import Progress
    from covidviewer.services.batch.run import BatchRun
    from covidviewer.services.scoring import Scorer

EVERY_S: Final = 5.0
"""Seconds between two lines of progress where nobody watches a terminal."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, where to, and how."""
    parser.add_argument(
        "folder",
        type=given,
        metavar="FOLDER",
        help="folder of images and archives to score; or a URL: s3://bucket/scans",
    )
    parser.add_argument(
        "--out",
        type=given_path,
        required=True,
        metavar="FILE",
        help="output table: FILE.csv, FILE.json or FILE.parquet",
    )
    parser.add_argument("--recursive", action="store_true", help="include subfolders")
    add_heat_maps(parser)
    parser.add_argument("--report", type=given_path, metavar="FILE.html", help="write a report")
    parser.add_argument(
        "--labels",
        type=given_path,
        metavar="FILE",
        help=(
            "CSV table with the columns path and label; by default, folders named COVID and non-COVID give the labels"
        ),
    )
    parser.add_argument(
        "--include-training-slices",
        action="store_true",
        help="also count slices that the model was trained or calibrated on against the reference labels",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="continue: process only files that are new, changed, failed, or scored by another model",
    )
    parser.add_argument(
        "--workers", type=whole_number, metavar="N", help="reader processes (default: one per physical core)"
    )
    parser.add_argument(
        "--dask", metavar="ADDRESS", help="run on the workers of this Dask scheduler: tcp://10.1.2.3:8786"
    )
    add_model(parser)


def whole_number(text: str) -> int:
    """A number from 1 to 256."""
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("from 1 to 256")
    return number


def run(options: argparse.Namespace) -> int:
    """Score the folder; 1 when a file failed or the table could not be written, 2 when it could not be begun so."""
    from covidviewer.disclaimer import DISCLAIMER
    from covidviewer.services.batch.labels import label_of_folders, labels_of_table
    from covidviewer.services.batch.plan import BatchPlan, check_plan
    from covidviewer.services.batch.remote import folder_of
    from covidviewer.services.batch.run import BatchRun

    plan = BatchPlan(
        folder_of(options.folder),
        options.out,
        options.recursive,
        options.heatmaps,
        options.report,
        options.resume,
        options.workers,
    )
    try:
        check_plan(plan)
        label_of = labels_of_table(options.labels) if options.labels else label_of_folders
    except CovidViewerError as error:
        print_status(error)
        return USAGE
    with ExitStack() as stack:
        scorer = stack.enter_context(closing(chosen_scorer(options)))
        backend = stack.enter_context(cluster(options, plan, scorer)) if options.dask else None
        batch = stack.enter_context(closing(BatchRun(plan, scorer, backend=backend)))
        print_status(scorer.notice, DISCLAIMER)
        return run_batch(batch, label_of, options.include_training_slices)


def cluster(options: argparse.Namespace, plan: BatchPlan, scorer: Scorer) -> ClusterBackend:
    """The cluster that does it: each thread of a worker has a network of its own on one core."""
    from covidviewer.services.batch.cluster import ClusterBackend
    from covidviewer.services.batch.cluster_worker import WorkerConfig, model_name
    from covidviewer.services.scoring import load_scorer

    model = options.model.absolute() if options.model else None
    maps = plan.heat_maps.absolute() if plan.heat_maps else None
    make_scorer = partial(load_scorer, options.engine, options.device, model, 1)
    return ClusterBackend(options.dask, WorkerConfig(make_scorer, model_name(scorer), maps, plan.limits.seconds))


def run_batch(batch: BatchRun, label_of: LabelOf, seen_before: bool = False) -> int:
    """Do the batch, tell how it goes, and print its summary."""
    from covidviewer.services.batch.labels import LabelTable, unmatched
    from covidviewer.services.batch.summary import lines

    meter = Meter()
    try:
        for outcome in batch.outcomes():
            if outcome.outcome == "failed":
                meter.say(f"{outcome.file}: {outcome.reason}")
            meter.show(batch.progress)
    except BaseException:
        done = f"{batch.progress.done} of {batch.progress.total} files are completed and saved"
        meter.say(f"{done}; use --resume to continue.")
        raise
    meter.end()
    summary = batch.finish(label_of, seen_before)
    write_stdout("".join(f"{printable(one)}\n" for one in lines(summary)))
    unused = label_of.unused if isinstance(label_of, LabelTable) else ()
    if unused:
        print_status(unmatched(unused))
    return FAILED if summary.failed_files or unused else DONE


class Meter:
    """Progress on stderr: one line that changes on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = monotonic()
        self._width = 0

    def show(self, progress: Progress) -> None:
        """How far it is, at most a few times a second."""
        now = monotonic()
        if now - self._shown < (0.2 if self._live else EVERY_S):
            return
        self._shown = now
        text = words(progress)
        if self._live:
            print(f"\r{text:<{self._width}}", end="", file=sys.stderr, flush=True)
            self._width = len(text)
        else:
            print(text, file=sys.stderr, flush=True)

    def say(self, sentence: str) -> None:
        """A line that stays."""
        self.end()
        print(printable(sentence), file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line that changes."""
        if self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=sys.stderr, flush=True)
            self._width = 0


def words(progress: Progress) -> str:
    """ "120 of 500 files, 3 failed, 14.2 files/s, 27 s left" """
    from covidviewer.services.formatting import milliseconds

    parts = [f"{progress.done} of {progress.total} files"]
    if progress.earlier:
        parts.append(f"{progress.earlier} done earlier")
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    if progress.rate and progress.seconds_left is not None:
        parts.append(f"{progress.rate:.1f} files/s")
        if progress.done < progress.total:
            parts.append(f"{milliseconds(progress.seconds_left * 1000)} left")
    return ", ".join(parts)
