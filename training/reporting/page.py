"""The report as one HTML file that needs no other, and as PDF. Knows blocks, not metrics."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from pathlib import Path

from training.reporting.blocks import Figure, Section, Table, Text
from training.reporting.items import CLAIM_ITEMS, TRIPOD_ITEMS, answered_in, items_in_words

TEMPLATES = Path(__file__).parents[1] / "templates"


def html(title: str, summary: str, sections: Sequence[Section]) -> str:
    """The page, pictures inside it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["picture"] = lambda png: "data:image/png;base64," + base64.b64encode(png).decode()
    environment.filters["items"] = items_in_words
    checklists = [
        ("CLAIM 2024", [(item, answered_in(item, "claim")) for item in range(1, CLAIM_ITEMS + 1)]),
        ("TRIPOD+AI", [(item, answered_in(item, "tripod")) for item in range(1, TRIPOD_ITEMS + 1)]),
    ]
    return environment.get_template("report.html.j2").render(
        title=title, summary=summary, sections=sections, checklists=checklists
    )


def pdf(title: str, summary: str, sections: Sequence[Section]) -> bytes:
    """The same blocks as an A4 document."""
    from xml.sax.saxutils import escape

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.lib.units import mm
    from reportlab.platypus import Image, Paragraph, Preformatted, SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as Grid

    styles = getSampleStyleSheet()
    body, small, cell = styles["BodyText"], styles["Italic"], styles["BodyText"].clone("cell", fontSize=7.5, leading=9)
    width = A4[0] - 40 * mm
    flow = [Paragraph(escape(title), styles["Title"]), Paragraph(escape(summary), body), Spacer(1, 4 * mm)]
    for number, section in enumerate(sections, start=1):
        flow.append(Paragraph(f"{number}. {escape(section.part.title)}", styles["Heading2"]))
        flow.append(Paragraph(items_in_words(section.part), small))
        for block in section.blocks:
            if isinstance(block, Text):
                made = (
                    Preformatted(block.words, styles["Code"], maxLineLength=95)
                    if block.code
                    else Paragraph(escape(block.words), body)
                )
                flow.append(made)
            elif isinstance(block, Table):
                rows = [[Paragraph(escape(one.replace("**", "")), cell) for one in row] for row in block.rows]
                grid = Grid(rows, colWidths=[width / len(rows[0])] * len(rows[0]), repeatRows=1)
                grid.setStyle(
                    [("GRID", (0, 0), (-1, -1), 0.3, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke)]
                )
                flow += [Spacer(1, 2 * mm), grid, Paragraph(escape(block.caption), small)]
            elif isinstance(block, Figure):
                picture = Image(io.BytesIO(block.png))
                scale = min(1.0, width / picture.drawWidth, 110 * mm / picture.drawHeight)
                picture.drawWidth, picture.drawHeight = picture.drawWidth * scale, picture.drawHeight * scale
                flow += [Spacer(1, 2 * mm), picture, Paragraph(escape(block.caption), small)]
    stream = io.BytesIO()
    margin = 20 * mm
    SimpleDocTemplate(
        stream, pagesize=A4, title=title, leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
    ).build(flow)
    return stream.getvalue()
