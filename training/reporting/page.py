"""The report as one HTML file that needs no other. Knows blocks, not metrics."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from training.reporting.blocks import Section
from training.reporting.items import CLAIM_ITEMS, TRIPOD_ITEMS, answered_in, items_text

TEMPLATES = Path(__file__).parents[1] / "templates"


def html(title: str, summary: str, sections: Sequence[Section]) -> str:
    """The page, pictures inside it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["picture"] = lambda png: "data:image/png;base64," + base64.b64encode(png).decode()
    environment.filters["items"] = items_text
    checklists = [
        ("CLAIM 2024", [(item, answered_in(item, "claim")) for item in range(1, CLAIM_ITEMS + 1)]),
        ("TRIPOD+AI", [(item, answered_in(item, "tripod")) for item in range(1, TRIPOD_ITEMS + 1)]),
    ]
    return environment.get_template("report.html.j2").render(
        title=title, summary=summary, sections=sections, checklists=checklists
    )
