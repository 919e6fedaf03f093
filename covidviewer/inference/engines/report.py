"""The engines on each kind of device, and what is known of them, as a table for people and for `bench`.

Values alone: opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from covidviewer.inference.engines.measurements import Measured
from covidviewer.inference.engines.names import ENGINE_NAMES
from covidviewer.inference.selfcheck import CheckOutcome


class Kind(StrEnum):
    """Kinds of device; the self-check's tolerances are by these names."""

    CPU = "cpu"
    GPU = "gpu"


@dataclass(frozen=True)
class Place:
    """An engine on a kind of device."""

    engine: str
    kind: Kind

    @property
    def title(self) -> str:
        """The engine's name for people."""
        return ENGINE_NAMES[self.engine]


LITERT_CPU = Place("litert", Kind.CPU)
OPENVINO_CPU = Place("openvino", Kind.CPU)
LITERT_GPU = Place("litert", Kind.GPU)
PLACES: Final = (LITERT_CPU, OPENVINO_CPU, LITERT_GPU)


@dataclass(frozen=True)
class EngineRow:
    """One line of the table of engines.

    Attributes
    ----------
    place
        Engine and kind of device.
    device
        What computes, for people.
    measured
        Self-check and times, or None when the engine was not tried.
    problem
        Why it is not used, a sentence, or ''.
    chosen
        It computes the next slice.
    """

    place: Place
    device: str = ""
    measured: Measured | None = None
    problem: str = ""
    chosen: bool = False

    def as_json(self) -> Mapping[str, object]:
        """The row of `bench --json`."""
        found = self.measured
        return {
            "name": self.place.engine,
            "device": self.device or self.place.kind.upper(),
            "load_ms": found.load_ms if found else None,
            "per_slice_ms": {"1": found.one_ms, "16": found.sixteen_ms} if found else None,
            "self_check": check_as_json(found.check, self.device) if found else None,
            "problem": self.problem,
            "chosen": self.chosen,
        }


@dataclass(frozen=True)
class EngineReport:
    """All engines, and a sentence for people when another device took the place of the wanted one ('' otherwise)."""

    rows: tuple[EngineRow, ...]
    notice: str = ""

    @property
    def chosen(self) -> EngineRow:
        """The engine that computes."""
        return next(row for row in self.rows if row.chosen)


def check_as_json(outcome: CheckOutcome, device: str) -> Mapping[str, object]:
    """`"self_check"` of `bench --json`."""
    return {
        "device": device,
        "max_probability_error": outcome.max_probability_error,
        "max_feature_error": outcome.max_feature_error,
        "passed": outcome.passed,
    }
