"""The look in force: which theme, which colours, which icons. One object, given to whoever paints."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from covidviewer.ui.theme import icons
from covidviewer.ui.theme.sheet import palette, style_sheet
from covidviewer.ui.theme.tokens import DARK, LIGHT, Theme, Tokens


class Look(QObject):
    """Owns the application's style; `changed` comes after every switch, and widgets that paint then repaint."""

    changed = Signal()

    def __init__(self, application: QApplication, icon_folder: Path, theme: Theme = Theme.DARK) -> None:
        super().__init__(application)
        self._application = application
        self._folder = icon_folder
        self._theme = theme
        self._size = application.font().pointSizeF()
        if self._size <= 0:
            self._size = application.font().pixelSize() * 0.75
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self.tokens = DARK
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """What was chosen, SYSTEM included."""
        return self._theme

    def use(self, theme: Theme) -> None:
        """Switch to `theme` now."""
        self._theme = theme
        self.tokens = tokens_of(theme)
        self._application.setPalette(palette(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens, self._size, self._folder))
        self.changed.emit()

    def icon(self, name: str, checkable: bool = False) -> QIcon:
        """An icon of ours in the present colours."""
        return icons.icon(self._folder, name, self.tokens, checkable)

    def pixmap(self, name: str, colour: str, size: int) -> QPixmap:
        """A drawing of an icon in one colour; drawn once."""
        key = (name, colour, size)
        if key not in self._pixmaps:
            self._pixmaps[key] = icons.pixmap(self._folder, name, colour, size)
        return self._pixmaps[key]

    def _follow_system(self) -> None:
        if self._theme is Theme.SYSTEM and self.tokens != tokens_of(Theme.SYSTEM):
            self.use(Theme.SYSTEM)


def tokens_of(theme: Theme) -> Tokens:
    """The colour table of a theme; SYSTEM asks the desktop, and dark is meant when it does not say."""
    if theme is Theme.LIGHT:
        return LIGHT
    if theme is Theme.SYSTEM and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light:
        return LIGHT
    return DARK
