"""How often the test slices and the external lists were looked at, and by which versions.

A test set that steers development is a development set: a report says how often that could have happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from training.evaluation.metrics_file import Metrics
from training.network.run import read_json
from training.reporting.blocks import Block, Table, Text
from training.reporting.results_table import number

HISTORY = "history.json"
"""Beside the folders of reports."""
TEST = "random test"
History = Mapping[str, Any]
"""{"versions": one a shipped or measured version, "other": looks that no report tells of}."""


def read_history(file: Path) -> dict[str, Any]:
    """What was looked at before; empty where nothing is written down. Raises `UnreadableFile`."""
    return dict(read_json(file)) if file.exists() else {"versions": [], "other": []}


def look(version: str, content: Metrics, when: date) -> dict[str, Any]:
    """What one evaluation looked at, from its metrics: of JSON types."""
    sets = content["sets"]
    test = sets[TEST]
    outside = {name: row["auroc"][0] for name, row in sets.items() if "column" in row}
    grouped = content["columns"].get("grouped")
    return {
        "version": version,
        "date": when.isoformat(),
        "test": {"right": test["right"], "n": test["n"], "auc": test["auroc"][0]},
        "external": outside,
        "grouped": grouped["auroc"][0] if grouped else None,
    }


def with_look(history: History, one: Mapping[str, Any]) -> dict[str, Any]:
    """The history with one more look; the same version is told once, as it was measured last, with its first date."""
    before = [row for row in history["versions"] if row["version"] != one["version"]]
    same = [row for row in history["versions"] if row["version"] == one["version"]]
    told = dict(one) | ({"date": same[0]["date"]} if same else {})
    return dict(history) | {"versions": [*before, told]}


def version_of(content: Metrics, card: Mapping[str, Any] | None) -> str:
    """What the measured thing is called: the exported model's version, or the run's config and checkpoint."""
    model = content["model"]
    if card and model.get("measured") == "the shipped file":
        return str(card["version"])
    return f"{content['run'].get('config', 'run')} {model['checkpoint_sha256'][:8]}"


def history_blocks(history: History) -> list[Block]:
    """The history in words and tables; says so where none is kept."""
    versions: Sequence[Mapping[str, Any]] = history["versions"]
    if not versions:
        return [Text("How often these test slices were looked at before is not written down.")]
    tested = [row for row in versions if row["test"]]
    outside = [row for row in versions if row["external"]]
    grouped = [row for row in versions if row["grouped"] is not None]
    words = (
        f"The same {tested[-1]['test']['n']} random test slices were measured with {len(tested)} versions, the "
        f"external lists with {len(outside)}, the grouped folds with {len(grouped)}. Each version was trained on from "
        "what was learnt of the ones before, so test slices and lists steered development and are no longer "
        "untouched: a figure of slices that nobody has looked at would be lower, by how much is not known."
    )
    rows = [["version", "date", "random test: right", "AUC", "grouped AUC", "external AUC, in the lists' order"]]
    for row in versions:
        test = row["test"]
        rows.append(
            [
                row["version"],
                row["date"],
                f"{test['right']} of {test['n']}",
                number([test["auc"], None, None]),
                "" if row["grouped"] is None else number([row["grouped"], None, None]),
                ", ".join(number([value, None, None]) for value in row["external"].values()),
            ]
        )
    blocks: list[Block] = [Text(words), Table(rows, "Every version that was measured, in order.")]
    if history["other"]:
        others = [["what was looked at", "what for", "where it is told"]]
        others += [[one["lists"], one["what"], one["where"]] for one in history["other"]]
        blocks.append(Table(others, "Looks beside those of whole versions."))
    return blocks
