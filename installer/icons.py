"""The program's icon in the forms that systems want, drawn from `resources/icons/covidviewer.svg`."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from installer.metadata import ROOT

DRAWING = ROOT / "resources" / "icons" / "covidviewer.svg"
PNG_SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIDES = (16, 24, 32, 48, 64, 128, 256)


def png(side: int) -> bytes:
    """The icon as PNG, `side` pixels square, transparent around it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    picture = QImage(side, side, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the types know file names alone
    del application
    return bytes(content.data())


def write_ico(place: Path) -> Path:
    """All of `ICO_SIDES` in one file for Windows."""
    return write_all(place, "ICO", ICO_SIDES, sizes=[(side, side) for side in ICO_SIDES])


def write_icns(place: Path) -> Path:
    """All of `PNG_SIDES` that macOS knows in one file."""
    return write_all(place, "ICNS", PNG_SIDES)


def write_all(place: Path, form: str, sides: tuple[int, ...], **options: object) -> Path:
    """The sides, each drawn anew and not scaled, through Pillow."""
    from PIL import Image

    drawn = [Image.open(BytesIO(png(side))) for side in sides]
    place.parent.mkdir(parents=True, exist_ok=True)
    drawn[-1].save(place, form, append_images=drawn[:-1], **options)
    return place


def write_hicolor(folder: Path, name: str) -> None:
    """The icon theme `hicolor` below `folder`: a PNG for each side, and the drawing."""
    for side in PNG_SIDES:
        place = folder / f"{side}x{side}" / "apps" / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(png(side))
    place = folder / "scalable" / "apps" / f"{name}.svg"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(DRAWING.read_bytes())
