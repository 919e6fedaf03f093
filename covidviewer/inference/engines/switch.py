"""A long run goes on with a faster engine: looked for once, between two requests."""

from __future__ import annotations

from typing import Final

from covidviewer.inference.analyser import Analyser
from covidviewer.inference.engines.choice import Engines
from covidviewer.inference.engines.report import EngineReport

LONG_RUN: Final = 48
"""Scored slices after which a run is long enough to look for a faster engine."""


class EngineSwitch:
    """Counts scored slices, and changes the analyser's engine once, to one that is right and clearly faster.

    Parameters
    ----------
    engines, analyser
        The engines of this computer, and the analyser with one of them.
    may_change
        False when the person chose engine or device.

    Use on the analyser's thread.
    """

    def __init__(self, engines: Engines, analyser: Analyser, may_change: bool) -> None:
        self._engines = engines
        self._analyser = analyser
        self._may_change = may_change
        self._scored = 0

    def scored(self, count: int) -> EngineReport | None:
        """So many more slices have their results; the engines' report when the engine was changed. May take seconds."""
        self._scored += count
        if not self._may_change or self._scored < LONG_RUN:
            return None
        self._may_change = False
        found = self._engines.faster(self._analyser.classifier)
        if found is None:
            return None
        classifier, report = found
        self._analyser.change_to(classifier)
        return report
