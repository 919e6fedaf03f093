"""Everything that takes the keyboard or a click says what it is, in the window and in every dialog that it opens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QMenu,
    QMenuBar,
    QProgressBar,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QTabWidget,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Series
from covidviewer.services.user_files.settings import WindowPreset
from covidviewer.ui.actions.table import ACTIONS
from covidviewer.ui.dialogs.tags import TagsDialog
from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.view.image_view import ImageView

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QKeySequenceEdit,
            QLineEdit, QProgressBar, QTextBrowser, ImageView)  # fmt: skip
INSIDE = (QScrollBar, QTabBar, QMenu, QMenuBar)
"""Qt's own, which name themselves or stand for their parent."""
ASKS_THE_SYSTEM = ("open-files", "open-folder", "export-picture", "report-slice", "report-series", "dicom-out", "quit")


def controls(top: QWidget) -> Iterator[QWidget]:
    """What a person can act on or read the state of, under `top`; parts of a combined control stand for nothing."""
    for widget in top.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and not isinstance(widget, INSIDE) and not is_qts(widget):
            yield widget


def is_part(widget: QWidget) -> bool:
    """It belongs to a control that has a name for both: the list of a combo box, the line of a number."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QComboBox | QAbstractSpinBox | QKeySequenceEdit | QTabBar | QLineEdit | QMenuBar):
            return True
        above = above.parentWidget()
    return above is not None and isinstance(above.parentWidget(), QComboBox)


def is_qts(widget: QWidget) -> bool:
    """Made by Qt inside another control: popups of lists, corner buttons, tool bar extensions, heads of tables."""
    return widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView) or is_part(widget)


def nameless(top: QWidget) -> list[str]:
    found = []
    for widget in controls(top):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if not (name or widget.accessibleName()).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def test_every_control_of_the_window_has_a_name(shown: MainWindow, qtbot: QtBot) -> None:
    shown.board["beside"].trigger()
    for name in ("heat-map", "hull", "box"):
        shown.board[name].trigger()
    shown.centre.banner.tell("Something happened.", "Do it", lambda: None)
    assert nameless(shown) == []
    shown.files.close_all()
    assert nameless(shown) == []


@pytest.mark.parametrize("action", [row.id for row in ACTIONS if row.text.endswith("…") and row.id not in
                                    ASKS_THE_SYSTEM])  # fmt: skip
def test_every_control_of_every_dialog_has_a_name_and_is_reached_by_tab(
    shown: MainWindow, action: str, qtbot: QtBot
) -> None:
    from covidviewer.imaging.slices import Unread

    shown.session.add([], [Unread(shown.session.opened[0].series.headers[0].source.path, "It is empty.")])
    shown.custom_presets.change((WindowPreset("Liver", 60.0, 150.0),))
    shown.board["tool-rectangle"].trigger()
    draw(shown)
    shown.board[action].trigger()
    opened = dialogs()
    assert opened, "this action opens no dialog: name it in ASKS_THE_SYSTEM"
    for dialog in opened:
        if isinstance(dialog, TagsDialog):
            qtbot.waitUntil(dialog.note.isVisible, timeout=20_000)
        assert nameless(dialog) == []
        dialog.activateWindow()
        qtbot.waitUntil(partial(has_focus, dialog))
        pages = dialog.findChild(QTabWidget)
        for page in range(pages.count() if pages is not None else 1):
            if pages is not None:
                pages.setCurrentIndex(page)
            assert passed_over(dialog) == [], page
        dialog.close()


def has_focus(dialog: QDialog) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and dialog.isAncestorOf(focused)


def passed_over(dialog: QDialog) -> list[str]:
    """Controls that can be used now, and that the Tab key does not come by on its way round."""
    wanted = {
        widget: f"{type(widget).__name__} {widget.accessibleName()}"
        for widget in controls(dialog)
        if widget.isVisible() and widget.isEnabled() and not isinstance(widget, QProgressBar | QRadioButton)
    }
    for _ in range(len(wanted) + 20):
        focused = QApplication.focusWidget() or dialog
        for widget in (focused, focused.parentWidget()):  # or a part of a combined control
            if widget is not None:
                wanted.pop(widget, None)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return list(wanted.values())


def test_what_can_be_clicked_can_be_reached_with_the_tab_key(shown: MainWindow) -> None:
    unreachable = [
        f"{type(widget).__name__} {widget.accessibleName()}"
        for widget in controls(shown)
        if isinstance(widget, QAbstractButton | QAbstractSlider | QComboBox)
        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []


def draw(window: MainWindow) -> None:
    from PySide6.QtCore import QPoint

    at = window.view.rect().center()
    QTest.mousePress(window.view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(window.view, at + QPoint(50, 40))
    QTest.mouseRelease(window.view, Qt.MouseButton.LeftButton, pos=at + QPoint(50, 40))


def test_a_screen_reader_hears_the_result(shown: MainWindow, series: Series) -> None:
    words = shown.result_panel.head.accessibleDescription()
    assert "COVID-19 likeness" in words
    assert "%" in words
