"""The real scorer: bundle, engine and analyser together on the inference thread. Imports engines: imported late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.engines.choice import EngineReport, EngineRow, Engines
from covidviewer.inference.engines.switch import LongRun
from covidviewer.services.formatting import milliseconds
from covidviewer.ui.translation import tr

if TYPE_CHECKING:
    from covidviewer.imaging.lungs.framing import Box
    from covidviewer.imaging.slices import Slice
    from covidviewer.inference.card import ModelCard
    from covidviewer.inference.results import Result


class BundledModel:
    """An `Analyser` with what the window says of it.

    Parameters
    ----------
    analyser
        Ready to score; closed with this.
    engines, report
        Those of this computer, and which of them were tried.
    long_run
        Changes the analyser's engine.
    """

    def __init__(self, analyser: Analyser, engines: Engines, report: EngineReport, long_run: LongRun) -> None:
        self._analyser = analyser
        self._engines = engines
        self._long_run = long_run
        self.card: ModelCard = analyser.bundle.card
        self.notice = report.notice
        self._tell(report)

    def analyse(self, slice_: Slice, box: Box | None = None) -> Result:
        """See `Analyser.analyse`; behind many slices the next one may be computed by a faster engine."""
        result = self._analyser.analyse(slice_, box)
        changed = self._long_run.scored(1)
        if changed is not None:
            self._tell(changed)
        return result

    def measure_engines(self) -> None:
        """Check and time every engine of this computer."""
        self._tell(self._engines.survey(self._place))

    def _tell(self, report: EngineReport) -> None:
        self._place = report.chosen.place
        self.engine_rows = rows_of(report)
        self.in_use = in_use(report)

    def close(self) -> None:
        """Release the model."""
        self._analyser.close()


def bundled_model(engine: str, device: str, threads: int) -> BundledModel:
    """Load the bundled model with an engine that is right; threads 0: the physical cores.

    Raises `BrokenModel` or `DeviceUnavailable`.
    """
    bundle = load_bundle()
    engines = Engines(bundle, threads=threads)
    classifier, report = engines.choose(engine, device)
    analyser = Analyser(classifier, bundle)
    long_run = LongRun(engines, analyser, classifier, may_change=engine == "auto" and device != "gpu")
    return BundledModel(analyser, engines, report, long_run)


def rows_of(report: EngineReport) -> tuple[tuple[str, str], ...]:
    """(name, value) of each engine for people."""
    return tuple((engine_name(row), engine_words(row)) for row in report.rows)


def in_use(report: EngineReport) -> str:
    """ "LiteRT, CPU, 2 threads" """
    return f"{report.chosen.place.title}, {tr(report.chosen.device)}"


def engine_name(row: EngineRow) -> str:
    """ "LiteRT, processor" """
    kind = tr("GPU") if row.place.kind == "gpu" else tr("CPU")
    return f"{row.place.title}, {kind}"


def engine_words(row: EngineRow) -> str:
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
