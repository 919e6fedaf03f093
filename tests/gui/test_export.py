"""The picture as a file: what is on the screen and nothing that is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from covidviewer.ui.main_window import MainWindow


def choose(monkeypatch: pytest.MonkeyPatch, path: str, form: str = "PNG (*.png)") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, form))


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.JPEG", "JPEG"), ("d", "PNG")])
def test_the_picture_is_the_view_in_the_form_of_its_name(
    shown: MainWindow, tmp_path: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose(monkeypatch, str(tmp_path / name))
    view = shown.centre.picture.grab().toImage()
    shown.board["export-picture"].trigger()
    qtbot.waitUntil(shown.centre.banner.isVisible)
    (file,) = tmp_path.iterdir()
    assert file.name in shown.centre.banner.text.text()
    with Image.open(file) as image:
        assert image.format == kind
        assert image.width == view.width()
        strip = image.convert("L").crop((0, view.height(), image.width, image.height))
        assert strip.height > 8
        assert strip.getextrema() == pytest.approx((0, 176), abs=24), "light words on black stand below the view"
        middle = view.width() // 2, view.height() // 2
        pixel = image.convert("RGB").getpixel(middle)
    assert isinstance(pixel, tuple)
    assert pixel[0] == pytest.approx(view.pixelColor(*middle).red(), abs=0 if kind == "PNG" else 12)


def test_a_hidden_name_is_not_in_the_picture(
    shown: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    corner = (0, 0, 160, 24)
    drawn = []
    for name in ("named.png", "hidden.png"):
        choose(monkeypatch, str(tmp_path / name))
        shown.board["export-picture"].trigger()
        qtbot.waitUntil(lambda name=name: (tmp_path / name).exists())  # type: ignore[misc]
        with Image.open(tmp_path / name) as image:
            drawn.append(image.crop(corner).tobytes())
        if name == "named.png":
            shown.board["patient-text"].trigger()
    assert drawn[0] != drawn[1]


def test_a_folder_that_is_not_there_is_said(
    shown: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose(monkeypatch, str(tmp_path / "gone" / "a.png"))
    shown.board["export-picture"].trigger()
    qtbot.waitUntil(lambda: "cannot be written" in shown.centre.banner.text.text())


def test_a_name_that_was_completed_replaces_no_file(
    shown: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(b"mine")
    choose(monkeypatch, str(tmp_path / "a"))
    shown.board["export-picture"].trigger()
    assert "already exists" in shown.centre.banner.text.text()
    assert (tmp_path / "a.png").read_bytes() == b"mine"
