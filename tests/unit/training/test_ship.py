"""The card of a shipped model, filled again after a later evaluation."""

from __future__ import annotations

from pathlib import Path

from covidviewer.inference.bundle import load_bundle
from tests.unit.inference.small_model import small_bundle
from training.ship import Facts, refill


def test_a_later_evaluation_changes_the_words_and_figures_and_nothing_else(tmp_path: Path) -> None:
    before = small_bundle(tmp_path).card
    metrics = {"grouped": {"n": 10, "auc": {"value": 0.9, "low": 0.8, "high": 0.95}}}
    refill(tmp_path / "model_card.json", Facts("other", 2.25, 0.44, {"Data": "new"}, metrics))
    after = load_bundle(tmp_path).card
    assert (after.temperature, after.threshold) == (2.25, 0.44)
    assert dict(after.rows())["Grouped test"].startswith("AUC 0.900")
    assert (after.version, after.sha256, after.self_check) == (before.version, before.sha256, before.self_check)
