"""Write the model card as a page of the documentation."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="docs/model-card.md in a checkout")
    parser.add_argument(
        "--model", type=Path, default=Path("resources/models"), metavar="DIR", help="the folder that holds the card"
    )


def run(arguments: argparse.Namespace) -> None:
    """Read the card and write the page."""
    from covidviewer.inference.card import CARD_FILE, read_card
    from training.reporting.card_page import card_page

    arguments.out.write_text(card_page(read_card(arguments.model / CARD_FILE)), encoding="utf-8")
    print(arguments.out)
