"""The card of a shipped model, filled in by its evaluation."""

from __future__ import annotations

from pathlib import Path

from covidviewer.inference.bundle import load_bundle
from covidviewer.inference.card_text import card_rows
from tests.unit.inference.small_model import small_bundle
from tests.unit.training.reporting.made_up_metrics import made_up_metrics
from training.export.package_model import refill_fields
from training.reporting.card_fields import card_fields


def test_an_evaluation_fills_in_facts_and_figures_and_nothing_else(tmp_path: Path) -> None:
    before = small_bundle(tmp_path).card
    metrics = made_up_metrics()
    refill_fields(tmp_path / "model_card.json", card_fields(metrics))
    after = load_bundle(tmp_path).card
    assert dict(card_rows(after))["Seed"] == str(metrics["run"].get("seed", "not recorded"))
    assert dict(card_rows(after))["Grouped test"].startswith(f"AUC {metrics['columns']['grouped']['auroc'][0]:.3f}")
    kept = ("version", "sha256", "self_check", "temperature", "offset", "threshold", "bands")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
