"""The engines of this computer in words: which computes, on what, how far off it was in the self-check, how fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer.ui.figures import milliseconds
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.inference.engines.report import EngineReport, EngineRow


def rows_of(report: EngineReport) -> tuple[tuple[str, str], ...]:
    """(name, value) of each engine for people."""
    return tuple((engine_name(row), engine_text(row)) for row in report.rows)


def in_use(report: EngineReport) -> str:
    """ "LiteRT, CPU, 2 threads" """
    return f"{report.chosen.place.title}, {tr(report.chosen.device)}"


def engine_name(row: EngineRow) -> str:
    """ "LiteRT, processor" """
    kind = tr("GPU") if row.place.kind == "gpu" else tr("CPU")
    return f"{row.place.title}, {kind}"


def engine_text(row: EngineRow) -> str:
    """Used or not, what computes, and how far off it was in the self-check."""
    parts = [tr("in use")] if row.chosen else []
    if row.device:
        parts.append(tr(row.device))
    if row.measured is not None:
        outcome = row.measured.check
        verdict = tr("self-check passed") if outcome.passed else tr("self-check failed")
        off = tr("largest error {error:.3f}", error=outcome.max_probability_error)
        parts.append(f"{verdict} ({off})")
        if row.measured.one_ms is not None:
            parts.append(tr("{time} per slice", time=milliseconds(row.measured.one_ms)))
    if row.problem:
        parts.append(tr(row.problem))
    return ", ".join(parts) if parts else tr("not tested yet")
