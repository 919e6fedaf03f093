"""Menu bar and tool bar, laid out from the tables."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from covidviewer.ui.actions.board import ActionBoard
from covidviewer.ui.actions.table import CUSTOM_PRESETS, FILE_PRESETS, MENUS, RECENT, SEPARATOR, TOOL_BAR, WORDED
from covidviewer.ui.translation import tr


def fill_menu_bar(window: QMainWindow, board: ActionBoard, panels: list[QWidget]) -> dict[str, QMenu]:
    """Every menu of the table; the docks' toggles end the View menu. Returns the menus that are filled elsewhere."""
    filled = {
        RECENT: QMenu(tr("Open &recent"), window),
        CUSTOM_PRESETS: QMenu(tr("&Custom presets"), window),
        FILE_PRESETS: QMenu(tr("The &file's windows"), window),
    }
    for title, entries in MENUS:
        menu = window.menuBar().addMenu(tr(title))
        for entry in entries:
            if entry == SEPARATOR:
                menu.addSeparator()
            elif entry in filled:
                menu.addMenu(filled[entry])
            else:
                menu.addAction(board[entry])
        if title == "&View":
            menu.addSeparator()
            for panel in panels:
                menu.addAction(panel.toggleViewAction())  # type: ignore[attr-defined]
    return filled


def make_tool_bar(window: QMainWindow, board: ActionBoard) -> QToolBar:
    """The tool bar; what does not fit stays reachable through its extension button."""
    bar = QToolBar(tr("Tools"), window)
    bar.setObjectName("tools")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for entry in TOOL_BAR:
        if entry == SEPARATOR:
            bar.addSeparator()
            continue
        bar.addAction(board[entry])
        button = bar.widgetForAction(board[entry])
        if isinstance(button, QToolButton):
            button.setAccessibleName(board[entry].toolTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if entry in WORDED:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return bar
