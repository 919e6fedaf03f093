"""A report as PDF, through Qt's own printing of rich text: A4, the strip and the page number on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from covidviewer.disclaimer import DISCLAIMER
from covidviewer.files import atomic_write
from covidviewer.services.report.content import SOFTWARE, Report
from covidviewer.services.report.html import html_of

DOTS_PER_INCH: Final = 96
"""That of CSS pixels, so that the page's sizes hold; letters and pictures keep their own fineness."""
FOOTER_PIXELS: Final = 36
SECTION_LEVEL: Final = 2
"""Of the headings of a report's parts."""


def write_pdf(report: Report, path: Path) -> None:
    """Write the report whole. Any thread. Raises `OutputUnwritable`."""
    atomic_write(path, pdf_of(report))


def pdf_of(report: Report) -> bytes:
    """The PDF file. Any thread, while there is an application."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator(SOFTWARE)
    writer.setTitle(report.title)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(16, 14, 16, 12),
            QPageLayout.Unit.Millimeter,
        )
    )
    page = QRectF(0, 0, writer.width(), writer.height() - FOOTER_PIXELS)
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font(10))
    document.documentLayout().setPaintDevice(writer)
    document.setHtml(html_of(report))
    document.setPageSize(QSizeF(page.size()))
    keep_sections_whole(document, page.height())
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, page.translated(0, number * page.height()))
        painter.restore()
        draw_footer(painter, QRectF(0, page.height(), page.width(), FOOTER_PIXELS), number + 1, document.pageCount())
    painter.end()
    buffer.close()
    return bytes(content.data())


def keep_sections_whole(document: QTextDocument, page_height: float) -> None:
    """Begin a page before each section that would be cut and fits on one."""
    block, heads = document.begin(), []
    while block.isValid():
        if block.blockFormat().headingLevel() == SECTION_LEVEL:
            heads.append(block.position())
        block = block.next()
    for head, following in zip(heads, [*heads[1:], None]):
        layout = document.documentLayout()
        top = layout.blockBoundingRect(document.findBlock(head)).top()
        end = document.size().height()
        if following is not None:
            end = layout.blockBoundingRect(document.findBlock(following)).top()
        if top // page_height != (end - 1) // page_height and end - top <= page_height:
            form = QTextBlockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor = QTextCursor(document)
            cursor.setPosition(head)
            cursor.mergeBlockFormat(form)


def font(points: int) -> QFont:
    """The desktop's own letters."""
    made = QGuiApplication.font()
    made.setPointSize(points)
    return made


def draw_footer(painter: QPainter, place: QRectF, number: int, pages: int) -> None:
    """The strip at the left, the page at the right."""
    painter.save()
    painter.setFont(font(8))
    painter.setPen(QColor("#545c67"))
    below = Qt.AlignmentFlag.AlignBottom
    painter.drawText(place, int(below | Qt.AlignmentFlag.AlignLeft), DISCLAIMER)
    painter.drawText(place, int(below | Qt.AlignmentFlag.AlignRight), f"{number} / {pages}")
    painter.restore()
