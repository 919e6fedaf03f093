"""What was measured of the engines on this computer, kept in a small file, so that a start need not measure again.

A damaged, foreign or unwritable file is as good as none. Knows no engine; any thread; never raises.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from covidviewer.errors import OutputUnwritable
from covidviewer.files import atomic_write
from covidviewer.inference.selfcheck import CheckOutcome

KEPT = 32
"""Measurements that stay, newest last."""
FORM = 1


@dataclass(frozen=True)
class Measured:
    """What is known of one engine on one device: the self-check, and milliseconds (None where not measured)."""

    check: CheckOutcome
    load_ms: float | None = None
    one_ms: float | None = None
    sixteen_ms: float | None = None


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
        with contextlib.suppress(OSError, OutputUnwritable):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(self.file, json.dumps({"form": FORM, "engines": kept}, indent=1).encode())

    def _entries(self) -> dict[str, Any]:
        try:
            content = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(content, dict) or content.get("form") != FORM or not isinstance(content.get("engines"), dict):
            return {}
        return dict(content["engines"])
