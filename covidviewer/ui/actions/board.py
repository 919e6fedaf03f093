"""The table of actions made alive: a QAction for each row, bound to its slot, enabled while it makes sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from covidviewer.ui.actions.shortcuts import PORTABLE, keys_in_force, native
from covidviewer.ui.actions.table import ACTIONS, TOOL_BAR, Action, Context
from covidviewer.ui.plain_text import set_tip
from covidviewer.ui.theme.look import Look
from covidviewer.ui.translation import plain, tr


class ActionBoard(QObject):
    """Owns every QAction of the window; they act once they are bound.

    Parameters
    ----------
    custom_keys
        The person's own keys, as the settings hold them.
    """

    def __init__(self, window: QWidget, look: Look, custom_keys: Mapping[str, str]) -> None:
        super().__init__(window)
        self._look = look
        self._made: dict[str, QAction] = {}
        self._contexts: frozenset[Context] | None = None
        self._find_contexts: Callable[[], frozenset[Context]] = lambda: frozenset({Context.ALWAYS})
        groups: dict[str, QActionGroup] = {}
        for row in ACTIONS:
            action = self._make(row, window)
            if row.group:
                groups.setdefault(row.group, QActionGroup(window)).addAction(action)
            self._made[row.id] = action
        self.use_keys(custom_keys)
        look.changed.connect(self._draw_icons)
        self._draw_icons()
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def bind(self, receivers: Mapping[str, object], contexts: Callable[[], frozenset[Context]]) -> None:
        """Let every action act, once.

        Parameters
        ----------
        receivers
            What the table's slots are resolved on: "files.open_files" is `receivers["files"].open_files`.
        contexts
            Those that hold now; asked at every `refresh`.
        """
        for row in ACTIONS:
            self._connect(row, slot_of(row, receivers))
        self._find_contexts = contexts
        self.refresh()

    def refresh(self) -> None:
        """Enable what makes sense now."""
        contexts = self._find_contexts()
        if contexts == self._contexts:
            return
        self._contexts = contexts
        for row in ACTIONS:
            self._made[row.id].setEnabled(row.context in contexts)

    def use_keys(self, custom: Mapping[str, str]) -> None:
        """Give every action its keys: the table's, or the person's own."""
        self.keys = keys_in_force(custom)
        for row in ACTIONS:
            action, keys = self._made[row.id], self.keys[row.id]
            action.setShortcuts([QKeySequence(key, PORTABLE) for key in keys])
            name = plain(row.text)
            set_tip(action, f"{name}  ({native(keys)})" if keys else name)

    def check(self, name: str, checked: bool) -> None:
        """Show a state without acting on it."""
        action = self._made[name]
        was = action.blockSignals(True)
        action.setChecked(checked)
        action.blockSignals(was)

    def _make(self, row: Action, window: QWidget) -> QAction:
        action = QAction(tr(row.text), window)
        action.setObjectName(row.id)
        action.setIconText(plain(row.text))
        action.setCheckable(row.checkable)
        window.addAction(action)
        return action

    def _connect(self, row: Action, slot: Callable[..., None]) -> None:
        if row.checkable and not row.group:
            self._made[row.id].toggled.connect(slot)
        else:
            self._made[row.id].triggered.connect(lambda _=False: slot())

    def _draw_icons(self) -> None:
        for row in ACTIONS:
            if row.id in TOOL_BAR:
                self._made[row.id].setIcon(self._look.icon(row.icon, row.checkable))
                self._made[row.id].setIconVisibleInMenu(False)


def slot_of(row: Action, receivers: Mapping[str, object]) -> Callable[..., None]:
    """The method that a row names, with its argument; `KeyError` or `AttributeError` for a mistake in the table."""
    receiver, method = row.slot.split(".")
    found: Callable[..., None] = getattr(receivers[receiver], method)
    return found if row.argument is None else partial(found, row.argument)
