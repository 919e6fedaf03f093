"""`covidviewer bench --json`: what start, load and a slice cost here, and whether the engines compute right."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from covidviewer.cli.common_options import add_model
from covidviewer.cli.console import DONE, print_status, write_stdout

if TYPE_CHECKING:
    from covidviewer.imaging.slices import Slice

ROUNDS: Final = 9
SEED: Final = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """On what, and in which form."""
    parser.add_argument("--json", action="store_true", help="print one object instead of lines")
    add_model(parser)


def run(options: argparse.Namespace) -> int:
    """Measure and print. Raises `BrokenModel` when nothing can be measured."""
    figures = measured(options.engine, options.device, options.model)
    write_stdout((json.dumps(figures, indent=2) if options.json else lines(figures)) + "\n")
    return DONE


def measured(engine: str, device: str, model: Path | None) -> dict[str, Any]:
    """All figures: milliseconds are medians but for import, load and first slice, which happen once."""
    began = perf_counter()
    from covidviewer.inference.engines.cpu import physical_cores
    from covidviewer.inference.engines.process_memory import resident_mb
    from covidviewer.inference.engines.report import check_as_json
    from covidviewer.inference.loading import load_model
    from covidviewer.inference.selfcheck import synthetic_input

    imported = perf_counter()
    loaded = load_model(engine, device, model)
    ready = perf_counter()
    analyser, classifier, report = loaded.analyser, loaded.analyser.classifier, loaded.report
    print_status(report.notice)
    slice_ = phantom()
    before = perf_counter()
    analyser.analyse(slice_)
    first = perf_counter()
    inputs = synthetic_input(SEED)[None]
    sixteen = inputs.repeat(16, axis=0)
    rounds = ROUNDS if report.chosen.place.kind == "cpu" else 1
    figures: dict[str, Any] = {
        "import_ms": milliseconds(imported - began),
        "load_ms": milliseconds(ready - imported),
        "first_ms": milliseconds(first - before),
        "per_slice_ms": {
            "1": timed(lambda: classifier.predict(inputs), rounds),
            "16": round(timed(lambda: classifier.predict(sixteen), max(1, rounds // 3)) / 16, 2),
        },
        "whole_slice_ms": timed(lambda: analyser.analyse(slice_), rounds),
        "rss_mb": rounded(resident_mb()),
        "device": classifier.device,
        "engine": classifier.engine,
        "threads": physical_cores(),
        "model_version": analyser.bundle.card.version,
    }
    analyser.close()
    survey = loaded.engines.survey(report.chosen.place)
    chosen = survey.chosen
    figures["self_check"] = check_as_json(chosen.measured.check, chosen.device) if chosen.measured else None
    figures["engines"] = [row.as_json() for row in survey.rows]
    return figures


def phantom() -> Slice:
    """A whole-field slice of 512 x 512 pixels in Hounsfield units."""
    from covidviewer.imaging.slices import FileKind, Slice, Source, Units
    from covidviewer.phantom.slices import phantom_slice

    made = phantom_slice(SEED)
    return Slice(made.values, Units.HU, Source(Path("phantom"), FileKind.DICOM), modality="CT")


def timed(work: Callable[[], object], rounds: int) -> float:
    """Median milliseconds of `rounds` runs."""
    times = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return milliseconds(median(times))


def milliseconds(seconds: float) -> float:
    """To a hundredth of a millisecond."""
    return round(seconds * 1000, 2)


def rounded(value: float | None) -> float | None:
    """To a tenth, where known."""
    return None if value is None else round(value, 1)


def lines(figures: dict[str, Any]) -> str:
    """The figures for a person's eye."""
    alone, of_sixteen = figures["per_slice_ms"].values()
    rows = [
        f"Model {figures['model_version']}, {figures['engine']}, {figures['device']}",
        "Import {import_ms:.0f} ms, load {load_ms:.0f} ms, first slice {first_ms:.0f} ms".format_map(figures),
        f"Network: {alone:.1f} ms for a single slice, {of_sixteen:.1f} ms per slice in batches of 16",
        f"Whole slice with framing and opacity: {figures['whole_slice_ms']:.1f} ms",
        f"Memory: {figures['rss_mb']} MB",
    ]
    for row in figures["engines"]:
        check = row["self_check"]
        verdict = row["problem"] or ("self-check passed" if check and check["passed"] else "self-check failed")
        times = [
            f"{row['per_slice_ms'][count]:.1f} ms {words}"
            for count, words in (("1", "single slice"), ("16", "per slice, batch of 16"))
            if row["per_slice_ms"] and row["per_slice_ms"][count] is not None
        ]
        said = ", ".join((verdict, *times))
        rows.append(f"{'*' if row['chosen'] else ' '} {row['name']} on {row['device']}: {said}")
    return "\n".join(rows)
