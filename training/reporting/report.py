"""The report: every part of `items` filled from `metrics.json`; written as HTML, figures and metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from covidviewer.errors import UnreadableFile
from covidviewer.files import make_folder, unwritable
from training.evaluation.metrics_file import Metrics
from training.network.run import write_json
from training.reporting import results, sections
from training.reporting.blocks import Block, Figure, Section
from training.reporting.history import History, history_blocks
from training.reporting.items import PARTS
from training.reporting.page import html

NONE_KEPT: History = {"versions": [], "other": []}
TITLE = "A published COVID-19 CT network, reproduced and measured"


def report_sections(
    contents: Sequence[Metrics], card: Mapping[str, Any] | None, history: History = NONE_KEPT
) -> tuple[Section, ...]:
    """All parts, in the table's order. `contents` are the runs' metrics, the model's first."""
    content, others = contents[0], contents[1:]
    blocks: dict[str, list[Block]] = {
        "purpose": sections.purpose(content),
        "data": sections.data(content),
        "samples": sections.samples(content),
        "partition": sections.partition(content),
        "training": sections.training(content),
        "selection": [*sections.selection(content), *history_blocks(history)],
        "results": results.results(content),
        "calibration": results.calibration(content),
        "decisions": results.decisions(content),
        "protocols": results.protocols(content, others),
        "robustness": results.robustness(content),
        "strangers": results.ood_section(content),
        "failures": results.failures(content),
        "explanation": results.explanation(content),
        "engines": results.engines(card),
        "limits": sections.limits(),
        "versions": sections.versions(content),
    }
    return tuple(Section(part, tuple(blocks[part.anchor])) for part in PARTS)


def write_report(
    contents: Sequence[Metrics], card: Mapping[str, Any] | None, out: Path, history: History = NONE_KEPT
) -> tuple[Path, ...]:
    """Write report.html, figures/ and metrics.json into `out`; returns the files.

    Raises `OutputUnwritable`.
    """
    if "random" not in contents[0].get("columns", {}):
        raise UnreadableFile(
            "The first run must be one with a random test; grouped folds join it through evaluate --grouped."
        )
    parts = report_sections(contents, card, history)
    words = sections.summary(contents[0])
    make_folder(out / "figures", private=False)
    pages = {out / "report.html": html(TITLE, words, parts).encode()}
    for section in parts:
        pages |= {
            out / "figures" / f"{block.name}.png": block.png for block in section.blocks if isinstance(block, Figure)
        }
    try:
        for file, page in pages.items():
            file.write_bytes(page)
    except OSError as error:
        raise unwritable(out, error) from error
    write_json(contents[0], out / "metrics.json")
    return (*pages, out / "metrics.json")
