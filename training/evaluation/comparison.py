"""A network against each floor on the same slices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from training.network.run import Run
from training.statistics.metrics import mcnemar


def against_floors(content: Mapping[str, Any], run: Run, floors: Mapping[str, Any]) -> dict[str, Any]:
    """McNemar's test of our calls on the random test slices against each floor's."""
    mistakes = {row["name"] for row in content["wrong"]}
    ours = np.array([name not in mistakes for name in run.split.test])
    rows = {}
    for name, missed in floors.get("wrong", {}).items():
        theirs = np.array([one not in set(missed) for one in run.split.test])
        rows[name] = mcnemar(ours, theirs)
    return rows
