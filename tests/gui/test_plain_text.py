"""Names and descriptions that look like HTML are shown as they are: nowhere is a tag of theirs obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, QUrl
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Series, Unread
from covidviewer.inference.results import Outcome
from covidviewer.services.batch.progress import FileOutcome
from covidviewer.ui.dialogs.unread import UnreadDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.panels.outcome_table import OutcomeModel
from covidviewer.ui.plain_text import PageBrowser, plain_label, plain_tip
from covidviewer.ui.view.image_view import ImageView
from tests.gui.conftest import show

TAG = "<img src='file:///dev/zero'><b>CT</b>"


def obeyed(text: str) -> bool:
    """Whether a widget that takes HTML for HTML would find a tag of ours in `text`."""
    return RichText.mightBeRichText(text) and "<img" in text


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """Every cell of a model."""
    parent = parent or QModelIndex()
    if isinstance(model, QAbstractListModel):  # has one column and no children, and hides the functions that say so
        yield from (model.index(row, 0) for row in range(model.rowCount()))
        return
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            yield model.index(row, column, parent)
        yield from cells(model, model.index(row, 0, parent))


def offenders(top: QWidget) -> list[str]:
    """What of a widget and all in it would obey the tag, by hovering or by showing."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        found += [f"{widget}: tip" for text in (widget.toolTip(), widget.whatsThis()) if obeyed(text)]
        found += [f"{action}: tip" for action in widget.actions() if obeyed(action.toolTip()) and action.menu() is None]
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText and obeyed(widget.text()):
            found.append(f"{widget}: text")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            tips = (cell.data(Qt.ItemDataRole.ToolTipRole) for cell in cells(widget.model()))
            found += [f"{widget}: cell" for tip in tips if isinstance(tip, str) and obeyed(tip)]
    return found


def test_tags_in_names_and_descriptions_are_shown_as_they_are(window: MainWindow, series: Series, qtbot: QtBot) -> None:
    headers = tuple(
        replace(one, source=replace(one.source, path=Path(f"/{TAG}")), description=TAG) for one in series.headers
    )
    show(window, replace(series, title=TAG, headers=headers, notes=(TAG,)), qtbot)
    dialog = UnreadDialog([Unread(Path(f"/{TAG}"), TAG)], window)
    qtbot.addWidget(dialog)
    tops = [one for one in QApplication.topLevelWidgets() if not isinstance(one, ImageView)]
    assert [offender for top in tops for offender in offenders(top)] == []


def test_the_table_of_a_batch_tips_with_the_files_own_name() -> None:
    model = OutcomeModel()
    model.add([FileOutcome(TAG, Outcome.FAILED, 1, None, TAG)])
    for cell in cells(model):
        assert not obeyed(str(cell.data(Qt.ItemDataRole.ToolTipRole)))
    assert model.index(0, 0).data(Qt.ItemDataRole.DisplayRole) == TAG


@pytest.mark.parametrize("text", ["plain", TAG, "a < b & c", "<table>"])
def test_a_tip_shows_any_text_as_it_is(text: str) -> None:
    tip = plain_tip(text)
    document = QTextDocument()
    if RichText.mightBeRichText(tip):
        document.setHtml(tip)
        assert document.toPlainText() == text
    else:
        assert tip == text


def test_a_label_keeps_to_plain_text(qtbot: QtBot) -> None:
    made = plain_label(TAG)
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText


def test_a_page_reads_no_file(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("secret", encoding="utf-8")
    browser = PageBrowser()
    qtbot.addWidget(browser)
    place = QUrl.fromLocalFile(str(tmp_path / "a.txt"))
    assert browser.loadResource(QTextDocument.ResourceType.ImageResource.value, place) is None
