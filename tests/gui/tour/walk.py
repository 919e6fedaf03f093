"""The walk: every entry of the menus, of the right-click menu and of the tool bar by mouse, then every key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMenu

from covidviewer.ui.actions.table import ACTIONS, MENUS, NO_ACTIONS, SEPARATOR, TOOL_BAR, by_id
from covidviewer.ui.main_window import MENU_ENTRIES, MainWindow
from covidviewer.ui.translation import tr
from tests.gui.tour.album import Album
from tests.gui.tour.doorkeeper import Doorkeeper
from tests.gui.tour.hands import Hands
from tests.gui.tour.situations import Situations

LAST: Final = "quit"
HEARD_WITHIN_S: Final = 10.0
SUBMENUS: Final = (("&File", "Open &recent"), ("&Image", "The &file's windows"), ("&Image", "&Custom presets"))
"""Menus in menus that are filled while the program runs: where they are, and their titles."""


class Route(StrEnum):
    """The ways to an action."""

    MENU = "menu"
    RIGHT_CLICK = "right click"
    TOOL_BAR = "tool bar"
    KEY = "key"


@dataclass(frozen=True)
class Step:
    """One way to one action; `where` is the menu's title or the key."""

    route: Route
    action: str
    where: str = ""


def steps_by_mouse() -> Iterator[Step]:
    """All but the end, then the end."""
    for title, entries in MENUS:
        for entry in entries:
            if entry not in NO_ACTIONS and entry != LAST:
                yield Step(Route.MENU, entry, title)
    for entry in MENU_ENTRIES:
        if entry != SEPARATOR:
            yield Step(Route.RIGHT_CLICK, entry)
    for entry in TOOL_BAR:
        if entry != SEPARATOR:
            yield Step(Route.TOOL_BAR, entry)
    yield Step(Route.MENU, LAST, MENUS[0][0])


def steps_by_key() -> Iterator[Step]:
    """All but the end, then the end."""
    for row in sorted(ACTIONS, key=lambda row: row.id == LAST):
        for key in row.keys:
            yield Step(Route.KEY, row.id, key)


class Walk:
    """One window, walked through.

    Attributes
    ----------
    heard
        What was triggered: (route, name of the action, its key or "").
    missed
        Steps that triggered nothing, and tools that did nothing.
    """

    def __init__(self, window: MainWindow, scans: Sequence[Path], bad: Sequence[Path], album: Album) -> None:
        self.window, self.album = window, album
        self.hands = Hands(window)
        self.situations = Situations(self.hands, scans, bad)
        self.heard: set[tuple[Route, str, str]] = set()
        self.missed: list[str] = []
        self._triggered: list[str] = []
        for action in window.actions():
            self._listen(action)

    def take_all(self, steps: Iterator[Step], saved: Path) -> None:
        """One after another; `saved` is a folder for what is saved on the way."""
        keeper = Doorkeeper(self.album, saved)
        for step in steps:
            keeper.step = step.action
            self._take(step, keeper)
        keeper.leave()

    def take_changing_entries(self) -> None:
        """The entries that no table names: recent files, the file's and the person's windows, the panels."""
        window = self.window
        self.situations.show_a_slice()
        window.custom_presets.keep("Liver", 60, 150)
        for title, name in SUBMENUS:
            self.situations.show_a_slice()
            menu = self.hands.open_menu(title)
            submenu = next(action for action in menu.actions() if action.text() == tr(name))
            self.hands.choose(menu, submenu)
            inner = submenu.menu()
            assert isinstance(inner, QMenu)
            before = (len(window.session.opened), window.view.scene.window)
            self.hands.choose(inner, inner.actions()[-1])
            self.hands.wait(lambda: not window.files.opening)
            self.hands.settle()
            if (len(window.session.opened), window.view.scene.window) == before:
                self.missed.append(f"{name}: nothing happened")
        for dock in window.findChildren(QDockWidget):
            for _ in range(2):
                toggle = dock.toggleViewAction()
                shown = toggle.isChecked()
                self.hands.choose(self.hands.open_menu("&View"), toggle)
                if toggle.isChecked() == shown:
                    self.missed.append(f"{toggle.text()}: nothing happened")

    def _take(self, step: Step, keeper: Doorkeeper) -> None:
        row = by_id(step.action)
        self.situations.bring(row.context)
        if not self.window.board[row.id].isEnabled():
            self.missed.append(f"{step}: not to be had")
            return
        self._go(step)
        keeper.close_pages()
        if row.group == "tool":
            self._use(step)
        if row.checkable and not row.group:
            self._go(step)

    def _go(self, step: Step) -> None:
        action = self.window.board[step.action]
        self._triggered.clear()
        if step.route is Route.MENU:
            menu = self.hands.open_menu(step.where)
            self.album.take(f"menu-{step.where.strip('&').lower()}", menu)
            self.hands.choose(menu, action)
        elif step.route is Route.RIGHT_CLICK:
            menu = self.hands.context_menu()
            self.album.take("menu-right-click", menu)
            self.hands.choose(menu, action)
        elif step.route is Route.TOOL_BAR:
            self.hands.tool_button(action)
        else:
            self.hands.press(step.where)
        if self.hands.wait(lambda: step.action in self._triggered, HEARD_WITHIN_S):
            self.heard.add((step.route, step.action, step.where if step.route is Route.KEY else ""))
        else:
            self.missed.append(f"{step}: nothing happened")
        window = self.window
        self.hands.wait(lambda: not (window.mpr.reading or window.files.opening or window.reports._thread))

    def _use(self, step: Step) -> None:
        """Two drags and a click finish what any tool draws."""
        before = self._state()
        self.hands.drag((0.4, 0.4), (0.6, 0.45), (0.5, 0.6))
        self.hands.drag((0.42, 0.6), (0.58, 0.62))
        self.hands.click((0.5, 0.7))
        if self._state() == before:
            self.missed.append(f"{step}: the tool did nothing")

    def _state(self) -> tuple[object, ...]:
        one, scene = self.window.session.shown, self.window.view.scene
        assert one is not None
        return one.index, scene.window, scene.view_transform, len(one.measurements.get(one.index, ()))

    def _listen(self, action: QAction) -> None:
        name = action.objectName() or action.text()
        action.triggered.connect(lambda _=False: self._triggered.append(name))
