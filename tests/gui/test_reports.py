"""Reports from the window: HTML and PDF of a slice and of a series."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from covidviewer.errors import OutputUnwritable
from covidviewer.phantom.files import write_phantom_series
from covidviewer.services.report.content import Report, Section
from covidviewer.services.report.html import check_report, html_of
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.workers.pdf import keep_sections_whole, pdf_of
from covidviewer.ui.workers.reports import REPORT_WRITERS
from tests.unit.services.fakes import fake_bundle

PAGE = 900.0


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), "PDF (*.pdf)"))


@pytest.mark.parametrize("action", ["report-slice", "report-series"])
@pytest.mark.parametrize("name", ["r.html", "r.pdf", "r"])
def test_a_report_is_saved_as_what_its_name_says(
    shown: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, name: str
) -> None:
    chosen(monkeypatch, tmp_path / name)
    shown.board[action].trigger()
    qtbot.waitUntil(lambda: shown.reports.stop(0), timeout=20_000)
    qtbot.waitUntil(lambda: "has been saved" in shown.centre.banner.text.text(), timeout=20_000)
    (written,) = tmp_path.iterdir()
    content = written.read_bytes()
    assert content.startswith(b"<!doctype html>" if name == "r.html" else b"%PDF")
    assert b"Doe" not in re.sub(rb"base64,[A-Za-z0-9+/=]+", b"", content)  # images may hold any three letters
    check_report(written, REPORT_WRITERS)


def test_a_pdf_of_somebody_else_is_kept(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.4 somebody's own")
    with pytest.raises(OutputUnwritable, match="not a report of this program"):
        check_report(tmp_path / "r.pdf", REPORT_WRITERS)


def long_report() -> Report:
    return Report("T", "lead", tuple(Section(f"Part {k}", words=("word " * 60,) * 7) for k in range(12)))


def test_no_section_that_fits_on_a_page_is_cut(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setHtml(html_of(long_report()))
    document.setPageSize(QSizeF(640, PAGE))
    assert cut(document)
    keep_sections_whole(document, PAGE)
    assert not cut(document)


def cut(document: QTextDocument) -> list[str]:
    """Sections whose head is on another page than their last line."""
    found, head, at = [], "", 0.0
    block = document.begin()
    while block.isValid():
        place = document.documentLayout().blockBoundingRect(block)
        if block.blockFormat().headingLevel() == 2:
            head, at = block.text(), place.top()
        elif head and block.text().startswith("word") and (place.bottom() - 1) // PAGE != at // PAGE:
            found.append(head)
        block = block.next()
    return found


def test_a_long_report_has_as_many_pages_as_it_needs(qapp: QApplication) -> None:
    pages = re.findall(rb"/Type /Page\b", pdf_of(long_report()))
    assert len(pages) >= 4


def test_scores_of_a_series_are_saved_as_dicom_without_the_patient(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_phantom_series(tmp_path / "scan", seed=3, slices=2, lesions=3, size=128)
    window.files.open([tmp_path / "scan"])
    qtbot.waitUntil(lambda: window.analysis.shown_result is not None, timeout=20_000)
    monkeypatch.setattr(window.analysis, "card", fake_bundle().card)
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    window.board["dicom-out"].trigger()
    qtbot.waitUntil(lambda: "are written" in window.centre.banner.text.text(), timeout=20_000)
    written = list((tmp_path / "out").iterdir())
    assert sorted(path.name.partition(".")[0] for path in written) == ["heat-map", "scores"]
    assert not any(b"PHANTOM-3" in path.read_bytes() for path in written)
