"""What is measured of an engine on this computer, and a small file of it, so that a start need not measure again.

A damaged, foreign or unwritable file is as good as none: the file never raises, and any thread may use it. Knows no
engine.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from covidviewer.errors import OutputUnwritable
from covidviewer.files import atomic_write, make_folder, read_bounded
from covidviewer.inference.classifier import Classifier
from covidviewer.inference.selfcheck import CheckOutcome

KEPT = 32
"""Measurements that stay, newest last."""
LARGEST_FILE = 1_000_000
"""Bytes."""
FORM = 1
WORTH_CHANGING: Final = 0.9
"""A long run changes to an engine that needs at most this share of the time."""


@dataclass(frozen=True)
class Measured:
    """What is known of one engine on one device: the self-check, and milliseconds (None where not measured)."""

    check: CheckOutcome
    load_ms: float | None = None
    one_ms: float | None = None
    sixteen_ms: float | None = None

    def is_worth_changing_to(self, current: Measured) -> bool:
        """Whether this engine is right, and clearly faster for many slices than the one that computes now."""
        return (
            self.check.passed
            and self.sixteen_ms is not None
            and current.sixteen_ms is not None
            and self.sixteen_ms <= WORTH_CHANGING * current.sixteen_ms
        )


@dataclass(frozen=True)
class EngineMemory:
    """The file. Keys name model, engine, version, device and driver, so that a change of any of them is another key."""

    file: Path

    def recall(self, key: str) -> Measured | None:
        """What is remembered under the key, or None."""
        entry = self._entries().get(key)
        try:
            if entry is None:
                return None
            check = entry["check"]
            outcome = CheckOutcome(
                float(check["max_probability_error"]), float(check["max_feature_error"]), check["passed"] is True
            )
            times = (
                None if entry[name] is None else float(entry[name]) for name in ("load_ms", "one_ms", "sixteen_ms")
            )
            return Measured(outcome, *times)
        except (KeyError, TypeError, ValueError):
            return None

    def remember(self, key: str, measured: Measured) -> None:
        """Keep what was measured; quietly does nothing where it cannot write."""
        entries = self._entries()
        entries.pop(key, None)
        entries[key] = asdict(measured)
        kept = dict(list(entries.items())[-KEPT:])
        with contextlib.suppress(OutputUnwritable):
            make_folder(self.file.parent)
            atomic_write(self.file, json.dumps({"form": FORM, "engines": kept}, indent=1).encode())

    def _entries(self) -> dict[str, Any]:
        try:
            content = json.loads(read_bounded(self.file, LARGEST_FILE))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(content, dict) or content.get("form") != FORM or not isinstance(content.get("engines"), dict):
            return {}
        return dict(content["engines"])


def milliseconds_per_slice(classifier: Classifier, inputs: NDArray[np.float32], rounds: int) -> float:
    """Median milliseconds per slice of (n, ...) inputs over so many runs, after one that does not count.

    On the classifier's thread.
    """
    classifier.predict(inputs[:1])
    times = []
    for _ in range(rounds):
        started = perf_counter()
        classifier.predict(inputs)
        times.append((perf_counter() - started) * 1000 / len(inputs))
    return median(times)
