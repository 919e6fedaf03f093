"""docs/model-card.md is the card that is shipped, figure by figure."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from covidviewer.inference.card import CARD_FILE, read_card
from training.__main__ import main
from training.reporting.card_page import card_page

ROOT = Path(__file__).resolve().parents[4]
CARD = ROOT / "resources" / "models" / CARD_FILE
PAGE = ROOT / "docs" / "model-card.md"


def test_the_page_in_the_documentation_is_the_one_of_the_shipped_card(tmp_path: Path) -> None:
    assert main(["card", "--model", str(CARD.parent), "--out", str(tmp_path / "page.md")]) == 0
    written = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written, "python -m training card --out docs/model-card.md"


@pytest.mark.parametrize("protocol", list(json.loads(CARD.read_text(encoding="utf-8"))["metrics"]))
def test_every_measured_figure_of_the_card_stands_on_the_page_with_its_interval(protocol: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    metrics = json.loads(CARD.read_text(encoding="utf-8"))["metrics"][protocol]
    low, value, high = (f"{metrics['auc'][bound]:.3f}" for bound in ("low", "value", "high"))
    (row,) = (line for line in page.splitlines() if f"{value} ({low} to {high})" in line)
    assert f"| {metrics['n']} | {metrics['refused']} |" in row
    for figure in ("accuracy", "sensitivity", "specificity"):
        assert f"{metrics[figure]['value'] * 100:.1f} %" in row


def test_a_test_that_was_not_made_is_said_to_be_missing() -> None:
    page = card_page(replace(read_card(CARD), metrics={}))
    assert page.count("| not measured |") == 4
    assert "AUC" in page


def test_a_folder_without_a_card_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "--model", str(tmp_path), "--out", str(tmp_path / "page.md")]) == 1
    assert "model card is missing" in capsys.readouterr().err
    assert not (tmp_path / "page.md").exists()
