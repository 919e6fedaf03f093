"""Pictures of what is seen on the way, numbered in their order; some of them are the user guide's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QWidget

from tests.gui.tour.hands import pause


class Album:
    """Keeps pictures in a folder; without one it keeps none, and costs nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.count = 0
        self._seen: set[str] = set()

    def take(self, name: str, widget: QWidget) -> None:
        """What is seen now of a window or a part of it; a name is taken once."""
        if self._folder is None or name in self._seen:
            return
        pause(0.15)
        self._seen.add(name)
        self.count += 1
        widget.grab().save(str(self._folder / f"{self.count:03d}-{name}.png"))

    def page(self, name: str, page: QWidget) -> None:
        """A page, every tab of it."""
        tabs = page.findChild(QTabWidget)
        if tabs is None or self._folder is None:
            self.take(name, page)
            return
        for index in range(tabs.count()):
            if tabs.isTabEnabled(index):
                tabs.setCurrentIndex(index)
                self.take(name if index == 0 else f"{name}-{index + 1}", page)
