"""Our own icons: SVG files drawn in the theme's colours, sharp at any scale. GUI thread only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from covidviewer.ui.theme.tokens import Tokens

SIZE = 20
"""Device-independent pixels, in which tool bar and buttons show them."""


def icon(folder: Path, name: str, tokens: Tokens, checkable: bool = False) -> QIcon:
    """The icon `name` in the theme's text colour, dimmed when disabled, in the accent when checked.

    Raises
    ------
    FileNotFoundError
        There is no such icon: a mistake in a table, found by a test.
    """
    shape = pixmap(folder, name, tokens.text, SIZE)
    made = QIcon()
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, tokens.text),
        (QIcon.Mode.Disabled, QIcon.State.Off, tokens.line),
        (QIcon.Mode.Normal, QIcon.State.On, tokens.accent),
    )[: 3 if checkable else 2]:
        made.addPixmap(tinted(shape, colour), mode, state)
    return made


def tinted(shape: QPixmap, colour: str) -> QPixmap:
    """The same shape in another colour, without drawing it again."""
    picture = QPixmap(shape)
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), QColor(colour))
    painter.end()
    return picture


def pixmap(folder: Path, name: str, colour: str, size: int) -> QPixmap:
    """One drawing of the icon in one colour, `size` device-independent pixels square."""
    drawing = (folder / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return drawn(QSvgRenderer(QByteArray(drawing.encode())), size)


def drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    """The drawing at the screen's pixel density."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
