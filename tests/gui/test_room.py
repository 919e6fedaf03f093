"""Every dialog fits the smallest screen that we know: full HD at 200 %, with a task bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QScrollArea
from pytestqt.qtbot import QtBot

from covidviewer.imaging.slices import Unread
from covidviewer.ui.main_window import MainWindow

SMALLEST = QSize(960, 500)


def opened(window: MainWindow, action: str) -> QDialog:
    window.board[action].trigger()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    return dialog


@pytest.fixture
def cramped(shown: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: SMALLEST)
    shown.session.add([], [Unread(Path("bad.dcm"), "It is empty.")])
    return shown


@pytest.mark.parametrize(
    "action",
    [
        "about",
        "batch",
        "computer",
        "keys",
        "meaning",
        "model-card",
        "receive",
        "settings",
        "show-unread",
        "tags",
        "window-typed",
    ],
)
def test_a_dialog_is_no_larger_than_the_screen_and_its_foot_is_in_sight(
    cramped: MainWindow, action: str, qtbot: QtBot
) -> None:
    dialog = opened(cramped, action)
    assert dialog.height() < SMALLEST.height()  # there is a title bar too
    assert dialog.width() <= SMALLEST.width()
    for button in dialog.findChildren(QAbstractButton):
        if button.parentWidget() is dialog and button.isVisible():
            assert dialog.rect().contains(button.geometry()), button.text()
    dialog.close()


@pytest.mark.parametrize("action", ["batch", "receive"])
def test_a_dialog_that_gets_more_to_say_scrolls_and_does_not_grow(
    cramped: MainWindow, action: str, qtbot: QtBot
) -> None:
    dialog = opened(cramped, action)
    was = dialog.size()
    dialog._say("This sentence is far too long for one line. " * 40)  # type: ignore[attr-defined]
    (area,) = dialog.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert dialog.size() == was
    assert dialog.minimumSizeHint().height() < SMALLEST.height()
    dialog.close()


def test_where_there_is_room_a_dialog_is_as_large_as_wanted(shown: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(2560, 1440))
    dialog = opened(shown, "batch")
    assert dialog.size() == QSize(1080, 720)
    dialog.close()
