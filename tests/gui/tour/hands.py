"""What a person's hands do with the window: menus, tool buttons, keys, the mouse on the picture. No slot is called."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolBar, QWidget

from covidviewer.ui.main_window import MainWindow
from covidviewer.ui.translation import tr

PATIENCE_S: Final = 120.0
"""A whole series is analysed meanwhile, on a busy machine too."""
LEFT: Final = Qt.MouseButton.LeftButton
NO_KEY: Final = Qt.KeyboardModifier.NoModifier
Place = tuple[float, float]
"""A point of a widget as shares of its width and height."""


class Hands:
    """They wait for what they began, and never longer than `PATIENCE_S`."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE_S) -> bool:
        """Let the window work until something is so; False when it took too long."""
        return wait(until, seconds)

    def settle(self) -> None:
        """Let what was begun be painted."""
        pause(0.02)

    # Menus, buttons, keys

    def menu_of(self, title: str) -> tuple[QAction, QMenu]:
        """A menu of the menu bar, by the table's title."""
        for action in self.window.menuBar().actions():
            menu = action.menu()
            if action.text() == tr(title) and isinstance(menu, QMenu):
                return action, menu
        raise LookupError(title)

    def open_menu(self, title: str) -> QMenu:
        """Press on the menu bar; what is still open is closed first."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        action, menu = self.menu_of(title)
        bar = self.window.menuBar()
        QTest.mouseClick(bar, LEFT, NO_KEY, bar.actionGeometry(action).center())
        if not self.wait(menu.isVisible):
            raise TimeoutError(title)
        return menu

    def choose(self, menu: QMenu, action: QAction) -> None:
        """Click an entry of an open menu."""
        menu.setActiveAction(action)  # scrolls to it where the menu is taller than the screen
        QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(action).center())
        self.settle()

    def press(self, keys: str) -> None:
        """Type a key sequence where the keyboard is."""
        self.be_active()
        combination = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)[0]  # type: ignore[index]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self.settle()

    def be_active(self) -> None:
        """Bring the keyboard to the window, and to the picture if there is one."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, 2)
        if self.window.view.isVisible():
            self.window.view.setFocus()

    def tool_button(self, action: QAction) -> None:
        """Click a button of the tool bar."""
        for bar in self.window.findChildren(QToolBar):
            button = bar.widgetForAction(action)
            if button is not None:
                QTest.mouseClick(button, LEFT)
                self.settle()
                return
        raise LookupError(action.objectName())

    def context_menu(self) -> QMenu:
        """Right click on the picture."""
        self.click((0.5, 0.5), Qt.MouseButton.RightButton)
        if not self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu)):
            raise TimeoutError("context menu")
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        return popup

    # The mouse on the picture

    def click(self, at: Place, button: Qt.MouseButton = LEFT, on: QWidget | None = None) -> None:
        """Press and let go."""
        view = on or self.window.view
        QTest.mouseMove(view, spot(view, at))
        QTest.mouseClick(view, button, NO_KEY, spot(view, at))
        self.settle()

    def double_click(self, at: Place) -> None:
        """Twice, fast."""
        QTest.mouseDClick(self.window.view, LEFT, NO_KEY, spot(self.window.view, at))
        self.settle()

    def drag(
        self,
        *path: Place,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = NO_KEY,
        on: QWidget | None = None,
    ) -> None:
        """Press at the first place, move over the others, let go at the last."""
        view = on or self.window.view
        QTest.mouseMove(view, spot(view, path[0]))
        QTest.mousePress(view, button, keys, spot(view, path[0]))
        for start, end in pairwise(path):
            for part in (0.25, 0.5, 0.75, 1.0):
                between = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
                QTest.mouseMove(view, spot(view, between))
        QTest.mouseRelease(view, button, keys, spot(view, path[-1]))
        self.settle()

    def wheel(self, notches: int, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        """Turn it over the middle of the picture; towards oneself is positive."""
        view = self.window.view
        at = QPointF(view.rect().center())
        place, turned = QPointF(view.mapToGlobal(at)), QPoint(0, -120 * notches)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(view, QWheelEvent(at, place, QPoint(), turned, none, keys, phase, False))
        self.settle()


def wait(until: Callable[[], object], seconds: float) -> bool:
    """Let Qt work until something is so; False when it took too long."""
    if until():
        return True
    loop, look, end = QEventLoop(), QTimer(), QTimer()  # QTest.qWait would keep Python's lock from the threads
    look.timeout.connect(lambda: loop.quit() if until() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    look.start(5)
    end.start(int(seconds * 1000))
    loop.exec()
    return bool(until())


def pause(seconds: float) -> None:
    """Let Qt work that long."""
    wait(lambda: False, seconds)


def spot(widget: QWidget, at: Place) -> QPoint:
    """The pixel of a widget at a place."""
    return QPoint(round(at[0] * widget.width()), round(at[1] * widget.height()))
